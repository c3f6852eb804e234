import type { JsonValue } from '../../../core/bytes/json.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { fact, plain, timeFact } from '../facts.ts';
import { momentOf, number } from '../format.ts';
import { words } from '../language.ts';
import type { Fact, SystemSays } from '../systemPage.ts';

/** More events are for the check page. */
const mostShown = 50;

/** What a certificate of this system says, in a sentence and in lines. */
export const traceSays: SystemSays = {
  headline: ({ claim }, report) => {
    const { trace, wholeTrace } = words().headlines;
    const said = claim.events === undefined ? wholeTrace : trace;
    const params = { at: momentOf(claim.signedAt), count: number(claim.count) };
    return fill(report?.verdict === 'verified' ? said.verified : said.says, params);
  },
  facts: ({ claim, subject }) => [
    ...timeFact('signedAt', claim.signedAt),
    ...listOf(claim.events).flatMap(({ index, event }) => eventFact(index, event)),
    ...listOf(claim.functions).map(functionFact),
    ...fact('code', subject.code),
    ...fact('vm', claim.vm),
    ...fact('root', claim.root),
    ...fact('count', claim.count),
    ...fact('policy', claim.policy),
    ...fact('signedFor', claim.signedFor),
    ...anchoredFact(claim.anchored),
  ],
};

type Member = Readonly<Record<string, JsonValue>>;

function listOf(value: JsonValue | undefined): readonly Member[] {
  return Array.isArray(value) ? (value.slice(0, mostShown).filter(isMember) as readonly Member[]) : [];
}

function isMember(value: unknown): value is Member {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function eventFact(index: JsonValue | undefined, event: JsonValue | undefined): readonly Fact[] {
  return event === undefined ? [] : [[fill(words().facts.event, { index: String(index) }), plain(event)]];
}

function functionFact({ function: index, name, count, traced }: Member): Fact {
  const { facts } = words();
  const called = typeof name === 'string' && name !== '' ? name : `func[${String(index)}]`;
  const template = traced === true ? facts.functionText : facts.atLeast;
  return [fill(facts.function, { name: called }), fill(template, { count: number(count) })];
}

function anchoredFact(anchored: JsonValue | undefined): readonly Fact[] {
  if (!isMember(anchored)) return [];
  const { facts } = words();
  const params = { block: number(anchored['block']), time: momentOf(anchored['time']) };
  return [[facts.anchored, fill(facts.anchoredText, params)]];
}
