import type { EventRow, ShownValue } from '../../../core/trace/view/eventRow.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { traceRun } from '../../words/traceRun.en.ts';

const { event: words } = traceRun;

/** What an event says, as short as a line of a table is: `(2, 9) → 0`, `@80 = 5`. */
export function valuesText({ kind, values, results, place, reason, operation }: EventRow): string {
  if (reason !== undefined) return reason;
  const given = texts(values);
  if (kind === 'call' || kind === 'hostCall')
    return `(${given}) → ${results.length > 0 ? texts(results) : words.nothing}`;
  if (kind === 'openCall') return `(${given})`;
  const at = place === undefined ? '' : ` @${place}`;
  const is = given === '' ? '' : ` = ${given}`;
  const gives = results.length > 0 ? ` → ${texts(results)}` : '';
  return `${operation ?? ''}${at}${is}${gives}`;
}

/** The event as a sentence. */
export function eventSentence(row: EventRow): string {
  const { kind, values, results, reason, operation = '' } = row;
  const name = row.function?.name ?? '';
  const given = texts(values);
  if (kind === 'call' || kind === 'hostCall') {
    return results.length > 0
      ? fill(words.call, { name, values: given, results: texts(results) })
      : fill(words.callNothing, { name, values: given });
  }
  if (kind === 'openCall') return fill(words.openCall, { name, values: given });
  if (kind === 'trap') return fill(words.trap, { reason: reason ?? '' });
  if (kind === 'budget') return words.budget;
  return fill(words.other, { operation, name });
}

function texts(values: readonly ShownValue[]): string {
  return values.map(({ text }) => text).join(', ');
}
