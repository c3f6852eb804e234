import { useContext, useState } from 'react';
import type { Check } from '../../core/verdict/check.ts';
import { actionOf, fill, sentence, type Messages } from '../../core/verdict/messages.ts';
import { statusWords } from '../words/outcome.en.ts';
import { humane } from '../format/humane.ts';
import { Button } from '../parts/Button.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { usePrinting } from '../parts/usePrinting.ts';
import { verdict as words } from '../words/verdict.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { EvidenceBytes } from './EvidenceBytes.tsx';
import { ActionText } from './ActionText.tsx';
import { useAddFile } from './addFile.ts';
import type { EvidenceSource } from './evidence.ts';
import { ExpandAllContext } from './expandAll.ts';
import { isForAFile } from './missingFiles.ts';
import type { TreeCheck, TreePath } from './tree.ts';
import styles from './CheckTree.module.css';

interface Props {
  readonly check: TreeCheck;
  readonly messages: Messages;
  readonly evidence: EvidenceSource;
  /** The rest of the way to the check that decided, where it leads through here. */
  readonly decisive: TreePath | undefined;
}

/** One check: claim, outcome in words, then on demand evidence, rule and children. */
export function CheckItem({ check, messages, evidence, decisive }: Props) {
  const all = useContext(ExpandAllContext);
  // What was done to this one counts until all are opened or closed at once.
  const [own, setOwn] = useState<{ readonly turn: number; readonly open: boolean }>();
  const printing = usePrinting();
  const untouched = all.turn === 0 ? decisive !== undefined : all.open;
  const isOpen = printing || (own?.turn === all.turn ? own.open : untouched);
  const { status, code, children = [] } = check;
  const message = messages[code];
  const params = status === undefined ? undefined : check.params;
  const title = humane(fill(message?.title ?? code, params));
  const outcome = status === undefined ? undefined : humane(sentence(check, messages));
  return (
    <li>
      <details
        className={styles.check}
        open={isOpen}
        onToggle={(event) => {
          event.stopPropagation();
          const { open } = event.currentTarget;
          if (!printing && open !== isOpen) setOwn({ turn: all.turn, open });
        }}
      >
        <summary
          data-code={code}
          data-status={status ?? 'pending'}
          data-decisive={decisive?.length === 0 ? '' : undefined}
        >
          <StatusMark of={status ?? 'pending'} />
          <span className={styles.words}>
            <span className={styles.title}>{title}</span>
            {outcome !== undefined && outcome !== title && <span className={styles.outcome}>{outcome}</span>}
          </span>
          <span className={`${styles.word} ${styles[status ?? 'pending']}`}>
            {status === undefined ? words.notChecked : statusWords[status]}
          </span>
          <Icon of="chevron" className={styles.chevron} />
        </summary>
        {isOpen && (
          <div className={styles.body}>
            {status !== undefined && <CheckBody check={check} messages={messages} evidence={evidence} />}
            {children.length > 0 && (
              <ul role="list" className={styles.tree}>
                {children.map((child, index) => (
                  <CheckItem
                    key={index}
                    check={child}
                    messages={messages}
                    evidence={evidence}
                    decisive={decisive?.[0] === index ? decisive.slice(1) : undefined}
                  />
                ))}
              </ul>
            )}
          </div>
        )}
      </details>
    </li>
  );
}

function CheckBody({
  check,
  messages,
  evidence,
}: {
  readonly check: Check;
  readonly messages: Messages;
  readonly evidence: EvidenceSource;
}) {
  const action = actionOf(check, messages);
  const addFile = useAddFile();
  return (
    <>
      {action !== undefined && (
        <p className={styles.action}>
          <strong>{words.todo}:</strong> <ActionText text={action} />{' '}
          {addFile && isForAFile(check, messages) && (
            <Button look="quiet" onClick={addFile}>
              {words.addFile}
            </Button>
          )}
        </p>
      )}
      {check.notes?.map((note, index) => (
        <p key={index} className={styles.note}>
          <strong>{words.note}:</strong> {humane(fill(messages[note.code]?.title ?? note.code, note.params))}
        </p>
      ))}
      {check.evidence?.map((entry, index) => (
        <EvidenceBytes key={index} entry={entry} bytes={evidence(entry.digest)} />
      ))}
      <p className={styles.foot}>
        {check.spec && (
          <span>
            {words.spec}: {check.spec}
          </span>
        )}
        <span>
          {words.code}: <code>{check.code}</code>
        </span>
        <CopyButton text={JSON.stringify(check, null, 2)} what={words.copyCheck} />
      </p>
    </>
  );
}
