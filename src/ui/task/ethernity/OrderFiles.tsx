import { challengeIn } from '../../../core/task/ethernity/enclaveSigner.ts';
import { readContent } from '../../../core/kinds/content.ts';
import type { Check } from '../../../core/verdict/check.ts';
import { sentence } from '../../../core/verdict/messages.ts';
import { DropZone } from '../../files/DropZone.tsx';
import type { ReadFault, ReadFile } from '../../files/readFiles.ts';
import { humane, withoutDigests } from '../../format/humane.ts';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { common } from '../../words/common.en.ts';
import { orderWords } from '../../words/order.en.ts';
import { StatusMark } from '../../zipper/StatusMark.tsx';
import { allMessages } from '../taskMessages.ts';
import styles from '../Task.module.css';

const { files: words } = orderWords;

interface Props {
  readonly files: readonly ReadFile[];
  readonly faults: readonly ReadFault[];
  /** What judging said, with these files beside. */
  readonly checks: readonly Check[];
  readonly onFiles: (chosen: readonly File[]) => void;
  readonly onRemove: (id: number) => void;
}

/** Files held against the SHA-256 of program, input and result, and the client's challenge. Nothing of them is sent anywhere. */
export function OrderFiles({ files, faults, checks, onFiles, onRemove }: Props) {
  return (
    <section className={lists.section} aria-labelledby="files">
      <h2 id="files">{words.title}</h2>
      {faults.map((fault) => (
        <Notice key={fault.name} urgent title={fault.title} next={fault.next} />
      ))}
      {files.length > 0 && (
        <ul className={`${lists.lines} ${styles.files}`} role="list">
          {files.map((file) => (
            <li key={file.id} className={styles.file}>
              <div>
                <h3>{file.name}</h3>
                <Said file={file} checks={checks} />
              </div>
              <p className={lists.actions}>
                <Button look="quiet" onClick={() => onRemove(file.id)} aria-label={`${common.remove}: ${file.name}`}>
                  {common.remove}
                </Button>
              </p>
            </li>
          ))}
        </ul>
      )}
      <DropZone title={words.zone} hint={words.hint} multiple compact opens onFiles={onFiles} />
    </section>
  );
}

function Said({ file, checks }: { readonly file: ReadFile; readonly checks: readonly Check[] }) {
  const isChallenge = isChallengeFile(file);
  const check = isChallenge
    ? checks.find(({ code }) => code === 'ORDER_ENCLAVE')
    : checks.find(({ code, params }) => code.startsWith('TASK_') && params?.['name'] === file.name);
  const said = check ? withoutDigests(humane(sentence(check, allMessages))) : words.other;
  return (
    <p className={styles.outcome}>
      <StatusMark of={check?.status ?? 'unknown'} size={20} />
      <span>{isChallenge ? `${words.challenge} ${said}` : said}</span>
    </p>
  );
}

export function isChallengeFile({ name, bytes }: ReadFile): boolean {
  return bytes.length < 1024 && challengeIn([readContent(name, bytes)]) !== undefined;
}
