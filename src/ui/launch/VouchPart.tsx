import type { Vouched } from '../../audit/host/collectVouches.ts';
import type { Status } from '../../core/verdict/status.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import form from '../host/Host.module.css';
import { SeatRow } from '../host/SeatRow.tsx';
import { shortDid } from '../host/shortDid.ts';
import lists from '../parts/lists.module.css';
import { launch } from '../words/launch.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import type { LaunchState } from './launchSession.ts';

const { vouch: words } = launch;

type SeatState = keyof typeof words.states;

const marks: Readonly<Record<SeatState, Status | 'pending'>> = {
  vouched: 'pass',
  refused: 'fail',
  junk: 'fail',
  silent: 'unknown',
  'not-needed': 'pending',
  waiting: 'pending',
  unreachable: 'pending',
  idle: 'pending',
};

/** Seats that fill while the validators answer: those that signed come first. */
export function VouchPart({ state: { steps, policy, run } }: { readonly state: LaunchState }) {
  if (!policy) return null;
  const answers = new Map<string, Vouched>();
  for (const step of steps) if (step.step === 'vouched') answers.set(step.vouched.did, step.vouched);
  const isAsked = steps.some(({ step }) => step === 'judged') && run.state === 'running';
  const seats = policy.validators
    .map(({ did, operator }) => {
      const answer = answers.get(did);
      const seat: SeatState = answer?.state ?? (isAsked ? 'waiting' : 'idle');
      return { did, operator, seat, reason: answer?.reason ?? '' };
    })
    .toSorted((a, b) => Number(b.seat === 'vouched') - Number(a.seat === 'vouched'));
  const counted = seats.filter(({ seat }) => seat === 'vouched').length;
  return (
    <section className={lists.section} aria-labelledby="vouched">
      <h2 id="vouched">{words.title}</h2>
      <p role="status">
        <strong className={form.tally}>
          {fill(words.line, {
            counted: number(counted),
            selected: number(seats.length),
            threshold: number(policy.threshold),
          })}
        </strong>
      </p>
      <SeatRow
        seats={seats.map(({ did, operator, seat }) => ({
          key: did,
          mark: marks[seat],
          name: operator ?? shortDid(did),
          text: words.states[seat],
        }))}
        threshold={policy.threshold}
      />
      <details className={form.more}>
        <summary>{words.table}</summary>
        <table className={`${lists.facts} ${lists.rows}`}>
          <thead>
            <tr>
              <th scope="col">{words.columns.validator}</th>
              <th scope="col">{words.columns.operator}</th>
              <th scope="col">{words.columns.state}</th>
            </tr>
          </thead>
          <tbody>
            {seats.map(({ did, operator, seat, reason }) => (
              <tr key={did}>
                <th scope="row">
                  <code title={did}>{shortDid(did)}</code>
                </th>
                <td data-name={words.columns.operator}>{operator ?? '–'}</td>
                <td>
                  <span className={form.state}>
                    <StatusMark of={marks[seat]} size={18} /> {words.states[seat]}
                  </span>
                  {reason !== '' && <span className={lists.hint}> {reason}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
