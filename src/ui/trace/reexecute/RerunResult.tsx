import type { ReexecutedAnswer } from '../../../audit/trace/traceRunner.ts';
import type { ComparedTraces } from '../../../audit/trace/compareTraces.ts';
import type { Comparison } from '../../../core/trace/run/reexecute.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { shortened } from '../../format/groups.ts';
import { count, list, number } from '../../format/quantity.ts';
import lists from '../../parts/lists.module.css';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { StatusMark } from '../../zipper/StatusMark.tsx';
import { Answer } from '../audit/Answer.tsx';
import { Difference } from '../compare/Difference.tsx';

const { rerun: words } = traceAudit;
const statuses = { same: 'pass', different: 'fail', unknown: 'unknown' } as const;

interface Props {
  readonly answer: ReexecutedAnswer;
  readonly compared: ComparedTraces | undefined;
  /** Events that were signed. */
  readonly events: number;
}

/** What running the program again says: the same root, or what differs and in which event first. */
export function RerunResult({ answer, compared, events }: Props) {
  const { outcome, comparisons } = answer;
  return (
    <>
      <Answer status={statuses[outcome]} sentence={rerunSentence(answer, events)} why={whyOf(answer)} />
      {compared && <Difference compared={compared} names={words.sides} />}
      <section className={lists.section} aria-labelledby="comparisons">
        <h2 id="comparisons">{words.comparisons}</h2>
        <table className={lists.facts}>
          <thead>
            <tr>
              <th scope="col">{words.columns.member}</th>
              <th scope="col">{words.columns.outcome}</th>
            </tr>
          </thead>
          <tbody>
            {comparisons.map((each) => (
              <tr key={each.member}>
                <th scope="row">{words.members[each.member] ?? each.member}</th>
                <td>
                  <StatusMark of={statuses[each.outcome]} size={18} /> {words.outcome[each.outcome]}
                  {each.outcome === 'different' && ` (${both(each)})`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

/** The answer in one sentence. */
export function rerunSentence({ outcome }: ReexecutedAnswer, events: number): string {
  return fill(words.verdict[outcome], { events: count(events, 'event') });
}

function whyOf({ outcome, comparisons, traced }: ReexecutedAnswer): string {
  if (outcome === 'same') return words.why.same;
  const differing = comparisons.filter((each) => each.outcome === 'different');
  const members = list(differing.map(({ member }) => words.members[member] ?? member));
  if (outcome === 'different') return fill(traced ? words.why.different : words.why.differentGiven, { members });
  if (differing.some(({ member }) => member === 'instrumenter')) return words.why.instrumenter;
  const end = traced?.result.end;
  return end?.kind === 'exhausted' ? fill(words.why.exhausted, { what: end.what }) : words.why.other;
}

function both({ claimed, found }: Comparison): string {
  const shown = (value: string | number | undefined): string =>
    typeof value === 'number' ? number(value) : shortened(value ?? '');
  return fill(words.both, { claimed: shown(claimed), found: shown(found) });
}
