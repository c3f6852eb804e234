import type { Check } from '../../../core/verdict/check.ts';
import { sentence, type Messages } from '../../../core/verdict/messages.ts';
import type { Status } from '../../../core/verdict/status.ts';
import { humane, withoutDigests } from '../../format/humane.ts';
import lists from '../../parts/lists.module.css';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { StatusMark } from '../../zipper/StatusMark.tsx';
import styles from './TraceLines.module.css';

const { lines: words } = traceAudit;

interface Line {
  readonly name: string;
  readonly status: Status;
  readonly text: string;
}

interface Props {
  readonly checks: readonly Check[];
  readonly messages: Messages;
  /** What running the program again has said where the evidence itself cannot be run. */
  readonly rerun?: { readonly status: Status; readonly text: string };
  /** Below what says the same already. */
  readonly brief?: boolean;
}

/** Signed, included, run again: three things that are easily taken for one another, so each has its own line and none speaks for another. */
export function TraceLines({ checks, messages, rerun, brief = false }: Props) {
  const lineOf = (name: string, ...codes: readonly string[]): readonly Line[] => {
    const check = codes.flatMap((code) => checks.find((each) => each.code === code) ?? [])[0];
    return check ? [{ name, status: check.status, text: withoutDigests(humane(sentence(check, messages))) }] : [];
  };
  const reexecuted = lineOf(words.reexecuted, 'TRACE_REEXECUTED');
  const lines: readonly Line[] = [
    ...lineOf(words.signed, 'TRACE_SIGNATURE'),
    ...lineOf(words.anchored, 'TRACE_ANCHOR'),
    ...lineOf(words.included, 'TRACE_INCLUSION', 'TRACE_ROOT', 'TRACE_FUNCTIONS', 'TRACE_PREFIX', 'ZK_PROOF'),
    ...(reexecuted.length > 0
      ? reexecuted
      : [{ name: words.reexecuted, ...(rerun ?? ({ status: 'unknown', text: words.proofAlone } as const)) }]),
  ];
  return (
    <section className={brief ? undefined : lists.section} aria-label={words.title}>
      {!brief && <h2>{words.title}</h2>}
      {!brief && <p className={lists.hint}>{words.hint}</p>}
      <ul role="list" className={`${lists.lines} ${styles.lines}`}>
        {lines.map(({ name, status, text }) => (
          <li key={name} data-line={name} data-status={status}>
            <StatusMark of={status} size={24} />
            <strong>{name}</strong>
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
