import { all, fail, pass, unknown, type Check, type Note } from '../../verdict/check.ts';
import type { ChainPin } from '../../trust/trust.ts';
import type { ChainAudit } from '../types.ts';

/** What the comparison of several chains needs of each one's audit. */
export type SuccessionInput = Pick<
  ChainAudit,
  'chain' | 'genesis' | 'stop' | 'tip' | 'highest' | 'predecessor' | 'mainChain'
>;

/** What is added to one chain's audit: a check where its place in a succession could be compared, a note where it could not. */
export interface SuccessionFinding {
  readonly check?: Check;
  readonly note?: Note;
}

const spec = 'CHAIN.md 33';

/**
 * Compares chains that are pinned together (CHAIN.md 33): a successor's record against what its predecessor shows. A later number of the
 * predecessor, another end than the recorded one, or a second successor fail on both sides. That nothing later is shown is no proof
 * that there is nothing, and is said so.
 *
 * @param audits of the chains that were read, all judged on their own before
 * @param pins all chains of the trust file, read or not
 * @returns by genesis, only for chains that have something to say
 */
export function judgeSuccession(
  audits: readonly SuccessionInput[],
  pins: readonly ChainPin[],
): ReadonlyMap<string, SuccessionFinding> {
  const findings = new Map<string, SuccessionFinding>();
  const successors = new Map<string, SuccessionInput[]>();
  for (const audit of audits) {
    if (audit.genesis === null || !audit.predecessor) continue;
    const { genesis } = audit.predecessor;
    successors.set(genesis, [...(successors.get(genesis) ?? []), audit]);
  }
  for (const [genesis, named] of successors) {
    const pin = pins.find((each) => each.genesis === genesis);
    const predecessor = audits.find((audit) => audit.genesis === genesis);
    for (const successor of named) {
      findings.set(successor.genesis as string, judgeSuccessor(successor, named, pin, predecessor));
    }
  }
  // After the successors: a chain may be both, and is then judged as both.
  for (const predecessor of audits) {
    const named = successors.get(predecessor.genesis ?? '') ?? [];
    const contradicted = named.length === 0 ? undefined : contradictionsOf(predecessor, named);
    if (!contradicted || predecessor.genesis === null) continue;
    const own = findings.get(predecessor.genesis);
    const children = [...(own?.check?.children ?? []), ...contradicted];
    const params = { predecessor: named.map(({ chain }) => chain).join(', '), k: named[0]?.predecessor?.k ?? 0 };
    findings.set(predecessor.genesis, { ...own, check: all('CHAIN_SUCCESSOR', children, { params, spec }) });
  }
  return findings;
}

function judgeSuccessor(
  successor: SuccessionInput,
  rivals: readonly SuccessionInput[],
  pin: ChainPin | undefined,
  predecessor: SuccessionInput | undefined,
): SuccessionFinding {
  const record = successor.predecessor as NonNullable<SuccessionInput['predecessor']>;
  const { genesis, k, height } = record;
  const single = checkSingle(rivals);
  if (!pin || !predecessor) {
    const code = pin ? 'CHAIN_SUCCESSOR_UNREAD' : 'CHAIN_SUCCESSOR_UNPINNED';
    const note: Note = { code, params: { genesis, k, height, chain: pin?.name ?? '' } };
    // Two chains that claim one place contradict each other, whether or not anybody knows the place.
    if (single.status === 'pass') return { note };
    return { note, check: all('CHAIN_SUCCESSOR', [single], { params: { predecessor: genesis, k }, spec }) };
  }
  const key = (record.sequencerKey === pin.sequencerKey ? pass : fail)('CHAIN_SUCCESSOR_KEY', {
    params: { chain: pin.name },
    spec,
  });
  const children = [key, checkLater(record.k, predecessor), checkTail(record, predecessor), single];
  return { check: all('CHAIN_SUCCESSOR', children, { params: { predecessor: pin.name, k }, spec }) };
}

/** The failing comparisons that are the predecessor's own matter too; undefined where nothing contradicts it. */
function contradictionsOf(
  predecessor: SuccessionInput,
  named: readonly SuccessionInput[],
): readonly Check[] | undefined {
  const least = Math.min(...named.map((each) => each.predecessor?.k ?? 0));
  const failing = [checkLater(least, predecessor), checkSingle(named)].filter(({ status }) => status === 'fail');
  return failing.length > 0 ? failing : undefined;
}

function checkLater(k: number, { chain, highest }: SuccessionInput): Check {
  const params = { chain, k, highest };
  if (highest === null || highest < k) return unknown('CHAIN_SUCCESSOR_LATER', { params, spec });
  return (highest > k ? fail : pass)('CHAIN_SUCCESSOR_LATER', { params, spec });
}

/** The recorded end against the end as shown; open where the predecessor is not shown to its end. */
function checkTail(
  { height, timestampHash, k }: NonNullable<SuccessionInput['predecessor']>,
  predecessor: SuccessionInput,
): Check {
  const { tip, stop, chain, mainChain, highest } = predecessor;
  const params = { chain, height, found: tip?.height ?? null };
  const same = tip !== null && tip.height === height && tip.timestampHash === timestampHash;
  const whole = stop.reason === 'end as shown' && highest !== null && highest >= k;
  if (same) return (whole ? pass : unknown)('CHAIN_SUCCESSOR_TAIL', { params, spec });
  const atHeight = mainChain.find((block) => block.height === height);
  const another = atHeight !== undefined && atHeight.timestampHash !== timestampHash;
  return (whole || another ? fail : unknown)('CHAIN_SUCCESSOR_TAIL', { params, spec });
}

function checkSingle(named: readonly SuccessionInput[]): Check {
  const params = { count: named.length, names: named.map(({ chain }) => chain).join(', ') };
  return (named.length > 1 ? fail : pass)('CHAIN_SUCCESSOR_SINGLE', { params, spec });
}
