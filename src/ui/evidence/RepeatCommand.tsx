import type { Report } from '../../core/kinds/judge.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { saveFile } from '../files/saveFile.ts';
import { Button } from '../parts/Button.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import lists from '../parts/lists.module.css';
import { evidence } from '../words/evidence.en.ts';
import { commandOf, trustName } from './commandOf.ts';
import styles from './RepeatCommand.module.css';

const { repeat: words } = evidence;

interface Props {
  readonly name: string;
  readonly report: Report;
  readonly trust: Trust;
  /** Names of the files that were judged beside it. */
  readonly companions: readonly string[];
}

/** The exact call that makes this check again without the page, with everything that it needs. */
export function RepeatCommand({ name, report, trust, companions }: Props) {
  const isPinned = trustEntries(trust).length > 0;
  const command = commandOf(name, report, trust, companions);
  return (
    <section className={lists.section} aria-labelledby="repeat">
      <h2 id="repeat">{words.title}</h2>
      <p>
        {words.hint} {words.folder}
      </p>
      <p className={styles.command}>
        <code>{command}</code>
        <CopyButton text={command} what={words.copy} />
      </p>
      {isPinned && (
        <p className={styles.trust}>
          <span>{fill(words.trust, { name: trustName })}</span>
          <Button look="quiet" onClick={() => saveFile(trustName, serializeTrust(trust))}>
            {fill(words.trustDo, { name: trustName })}
          </Button>
        </p>
      )}
    </section>
  );
}
