import { fill } from '../../core/verdict/messages.ts';
import { verdictWords } from '../words/outcome.en.ts';
import { list } from '../format/quantity.ts';
import { goesWith } from '../judging/companionsOf.ts';
import type { JudgedFile } from '../judging/useJudging.ts';
import { check as words } from '../words/check.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import styles from './CheckPage.module.css';

interface Props {
  readonly files: readonly JudgedFile[];
  readonly selected: number | undefined;
  readonly onSelect: (id: number) => void;
  readonly onRemove: (id: number) => void;
}

/** Every file that was dropped, with its verdict or with what it goes with; one is shown in full below. */
export function FileList({ files, selected, onSelect, onRemove }: Props) {
  return (
    <section className={styles.files} aria-labelledby="files">
      <h2 id="files">{words.filesTitle}</h2>
      <ul role="list">
        {files.map((file) => {
          const report = file.outcome && 'report' in file.outcome ? file.outcome.report : undefined;
          const beside = companionText(file, files);
          return (
            <li key={file.id}>
              <button
                type="button"
                className={styles.pick}
                aria-pressed={file.id === selected}
                onClick={() => onSelect(file.id)}
              >
                <StatusMark of={beside === undefined ? (report?.verdict ?? 'pending') : 'pending'} />
                <span>{file.name}</span>
                {beside === undefined ? (
                  <strong>{outcomeWord(file)}</strong>
                ) : (
                  <span className={styles.kind}>{beside}</span>
                )}
              </button>
              <button type="button" className={styles.remove} onClick={() => onRemove(file.id)}>
                <span aria-hidden="true">×</span>
                <span className="visually-hidden">{fill(words.removeFile, { name: file.name })}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What stands in place of a verdict for a file that is no evidence itself. */
function companionText(file: JudgedFile, files: readonly JudgedFile[]): string | undefined {
  if (file.kind !== 'unknown') return undefined;
  const names = goesWith(file, files).map(({ name }) => name);
  if (names.length > 0) return fill(words.companion.goesWith, { names: list(names) });
  return file.companion ? words.companion.alone : undefined;
}

function outcomeWord({ fault, outcome }: JudgedFile): string {
  if (fault) return words.unread;
  if (!outcome) return words.working;
  return 'report' in outcome ? verdictWords[outcome.report.verdict] : words.unread;
}
