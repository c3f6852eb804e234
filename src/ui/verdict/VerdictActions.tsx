import type { Report } from '../../core/kinds/judge.ts';
import { saveFile } from '../files/saveFile.ts';
import { useKeys } from '../keys/useKeys.ts';
import { Button } from '../parts/Button.tsx';
import { useCopied } from '../parts/useCopied.ts';
import { keys } from '../words/keys.en.ts';
import { verdict as words } from '../words/verdict.en.ts';
import styles from './VerdictActions.module.css';

interface Props {
  readonly name: string;
  readonly report: Report;
  /** The report as text; made only once somebody wants it. */
  readonly text: () => string;
  readonly comparing: boolean;
  readonly onCompare: () => void;
}

const copyWords = { idle: 'copyText', done: 'copiedText', failed: 'copyTextFailed' } as const;

/** What can be done with a verdict: taken along as text, as a file, on paper; laid beside another. */
export function VerdictActions({ name, report, text, comparing, onCompare }: Props) {
  const [copied, copy] = useCopied();
  const save = (): void => saveFile(`${name}.report.json`, `${JSON.stringify(printed(report), null, 2)}\n`);
  useKeys([
    { key: 'c', name: keys.copyText, run: () => void copy(text()) },
    { key: 'd', name: keys.saveReport, run: save },
    { key: 'm', name: keys.compare, run: onCompare },
  ]);
  return (
    <div className={styles.actions} role="group" aria-label={words.actions}>
      <Button className={styles.copy} onClick={() => void copy(text())}>
        {words[copyWords[copied]]}
        <span className="visually-hidden" role="status">
          {copied === 'idle' ? '' : words[copyWords[copied]]}
        </span>
      </Button>
      <Button onClick={save}>{words.saveReport}</Button>
      <Button onClick={() => window.print()}>{words.print}</Button>
      <Button aria-expanded={comparing} onClick={onCompare}>
        {words.compareDo}
      </Button>
    </div>
  );
}

/** The line that the command prints: the report without what only the view draws. */
function printed({ details: _, ...line }: Report): Omit<Report, 'details'> {
  return line;
}
