import { all, fail, pass, unknown, type Check, type Evidence, type Plan } from '../verdict/check.ts';
import { combineThreshold } from '../verdict/status.ts';
import { meetsPins } from '../tee/nitro/policy.ts';
import type { ChainPin, Measurement } from '../trust/trust.ts';
import { noHolds, type HoldEvidence } from './hold/holdEvidence.ts';
import { asksForHolds, judgeHolds } from './hold/judgeHolds.ts';
import type { OmcResult, OmcState } from './omc.ts';
import type { AttestedSequence, BucketFindings, SequencedBlock, Stop } from './types.ts';

/** What the checks over a main chain are made from. Nothing here decides the main chain (DESIGN §3.7). */
export interface ChainEvidence {
  readonly pin: ChainPin;
  readonly state: OmcState;
  readonly result: OmcResult;
}

/** What only an audit from buckets knows beside the chain itself. */
export interface StorageEvidence {
  readonly buckets: readonly BucketFindings[];
  /** Names that some bucket holds something of, but fewer than three good shards. */
  readonly unreadable: readonly string[];
  /** Where the pin asks for them. */
  readonly holds?: HoldEvidence;
}

/** At most so many numbers are named in one check; the rest are counted. */
const namedAtMost = 8;

const sequencePlan: Plan = {
  code: 'CHAIN_SEQUENCE',
  children: [
    { code: 'CHAIN_GENESIS' },
    { code: 'CHAIN_SEQUENCE_GAP' },
    { code: 'CHAIN_SEQUENCE_INVALID' },
    { code: 'CHAIN_SEQUENCE_BLOCK' },
    { code: 'CHAIN_ORDER' },
    { code: 'CHAIN_EQUIVOCATION' },
  ],
};

/** The checks of a chain before they run: over any transcript, and over buckets where `storage`. */
export function planChain(pin: ChainPin, storage: boolean): Plan[] {
  return [
    { code: 'CHAIN_IDENTITY' },
    ...(pin.checkpoint ? [{ code: 'CHAIN_CHECKPOINT' } as const] : []),
    sequencePlan,
    { code: 'CHAIN_TIMESTAMP' },
    { code: 'CHAIN_ATTESTATION' },
    { code: 'CHAIN_MEASUREMENT' },
    { code: 'CHAIN_TIME_ORDER' },
    { code: 'CHAIN_TIME_ATTESTED' },
    ...(storage ? ([{ code: 'CHAIN_TREE' }, { code: 'CHAIN_STORAGE' }] as const) : []),
    ...(storage && asksForHolds(pin) ? [{ code: 'CHAIN_HOLD' } as const] : []),
  ];
}

/** The checks over a main chain, in the order of the plan; trees and storage only where they were read. */
export function judgeChain(evidence: ChainEvidence, storage?: StorageEvidence): Check[] {
  const { pin, result } = evidence;
  return [
    pass('CHAIN_IDENTITY', { params: { chain: pin.name }, spec: 'CHAIN.md 11' }),
    ...(pin.checkpoint ? [checkCheckpoint(pin.checkpoint, result)] : []),
    checkSequence(evidence),
    ...checkSignatures(result),
    ...checkDocuments(evidence),
    checkTimeOrder(result.main, pin.skewSeconds ?? 0),
    checkTimeAttested(evidence),
    ...(storage ? [checkTrees(result.main), checkStorage(storage, result)] : []),
    ...(storage && asksForHolds(pin)
      ? [judgeHolds(pin, [...result.order, ...result.orphans], storage.holds ?? noHolds)]
      : []),
  ];
}

/** The one check of a chain that is not pinned: the audit does not run (CHAIN.md 11). */
export function judgeNotPinned(part: string): Check[] {
  return [unknown('CHAIN_IDENTITY', { params: { part }, spec: 'CHAIN.md 11' })];
}

function checkCheckpoint(checkpoint: NonNullable<ChainPin['checkpoint']>, result: OmcResult): Check {
  const details = { params: { k: checkpoint.k, height: checkpoint.height }, spec: 'CHAIN.md 27' };
  const shown = [...result.order, ...result.orphans].filter((block) => block.k === checkpoint.k);
  const same = shown.some(
    (block) => block.timestampHash === checkpoint.timestampHash && block.height === checkpoint.height,
  );
  if (same) return pass('CHAIN_CHECKPOINT', details);
  return (shown.length > 0 ? fail : unknown)('CHAIN_CHECKPOINT', details);
}

function checkSequence({ state, result }: ChainEvidence): Check {
  const through = Math.min(state.filled, state.cut - 1);
  const params = { through };
  const first = result.main[0];
  const problem = (reason: Stop['reason']): Stop | undefined => result.stops.find((stop) => stop.reason === reason);
  // Nothing at all was shown: no later number either.
  const nothing = state.end < state.filled + 1 && through < 0;
  const number = (
    code: 'CHAIN_SEQUENCE_GAP' | 'CHAIN_SEQUENCE_INVALID' | 'CHAIN_SEQUENCE_BLOCK',
    stop?: Stop,
  ): Check =>
    stop?.k !== undefined && !nothing
      ? unknown(code, { params: { k: stop.k, through }, spec: 'CHAIN.md 7' })
      : (first ? pass : unknown)(code, { params, spec: 'CHAIN.md 7' });
  const order = problem('order');
  const [contradiction] = result.contradictions;
  return all(
    'CHAIN_SEQUENCE',
    [
      (first ? pass : unknown)('CHAIN_GENESIS', {
        params: { genesis: state.start.genesis },
        spec: 'patent figure 6, lines 3–8',
      }),
      number('CHAIN_SEQUENCE_GAP', problem('gap')),
      number('CHAIN_SEQUENCE_INVALID', problem('invalid')),
      number('CHAIN_SEQUENCE_BLOCK', problem('attestation without block')),
      order?.k !== undefined
        ? fail('CHAIN_ORDER', { params: { k: order.k }, spec: 'CHAIN.md 3' })
        : (first ? pass : unknown)('CHAIN_ORDER', { params, spec: 'CHAIN.md 3' }),
      contradiction
        ? fail('CHAIN_EQUIVOCATION', {
            params: { k: state.cut },
            evidence: [documentEvidence(contradiction.first), documentEvidence(contradiction.second)],
            spec: 'CHAIN.md 5',
          })
        : (first ? pass : unknown)('CHAIN_EQUIVOCATION', { params, spec: 'CHAIN.md 5' }),
    ],
    {
      params: nothing ? { reason: result.stop.reason } : { through, reason: result.stop.reason },
      spec: 'patent figure 6; CHAIN.md 8',
    },
  );
}

/** Main-chain tuples are fully valid by construction; the counts say how much that is. */
function checkSignatures({ main }: OmcResult): Check[] {
  const made = main.length > 0 ? pass : unknown;
  const params = { count: main.length };
  return [
    made('CHAIN_TIMESTAMP', { params, spec: 'CHAIN.md 14' }),
    made('CHAIN_ATTESTATION', { params, spec: 'CHAIN.md 23' }),
  ];
}

/** Some document for every number up to the tip, forks included, is by a pinned image (CHAIN.md 6). */
function checkDocuments({ pin, state, result }: ChainEvidence): Check[] {
  const tip = result.main.at(-1);
  const pins = pin.measurements ?? [];
  const spec = 'CHAIN.md 6';
  if (!tip) return [unknown('CHAIN_MEASUREMENT', { params: { count: 0 }, spec })];
  const isPinned = whichMeet(pins);
  const bad: AttestedSequence[] = [];
  let count = 0;
  let foreign = 0;
  for (const [k, { sequences }] of state.numbers) {
    if (k > tip.k || sequences.length === 0) continue;
    const meeting = sequences.filter(isPinned);
    count += 1;
    if (meeting.length === 0) bad.push(sequences[0] as AttestedSequence);
    else foreign += sequences.length - meeting.length;
  }
  const notes = foreign > 0 ? { notes: [{ code: 'CHAIN_FOREIGN_DOCUMENT' as const, params: { count: foreign } }] } : {};
  if (pins.length === 0) {
    return [unknown('CHAIN_MEASUREMENT', { params: { count, found: describePcrs(bad[0]) }, spec, ...notes })];
  }
  if (bad.length === 0) return [pass('CHAIN_MEASUREMENT', { params: { count }, spec, ...notes })];
  bad.sort((a, b) => a.k - b.k);
  return [
    fail('CHAIN_MEASUREMENT', {
      params: { count: bad.length, numbers: nameNumbers(bad), found: describePcrs(bad[0]) },
      evidence: bad.slice(0, namedAtMost).map(documentEvidence),
      spec,
      ...notes,
    }),
  ];
}

/** p never runs backwards by more than the pinned skew (CHAIN.md 12). */
function checkTimeOrder(main: readonly SequencedBlock[], skew: number): Check {
  const spec = 'CHAIN.md 12';
  if (main.length === 0) return unknown('CHAIN_TIME_ORDER', { params: { skew }, spec });
  let latest = Number.NEGATIVE_INFINITY;
  const bad: SequencedBlock[] = [];
  let worst = 0;
  for (const block of main) {
    if (block.time < latest - skew) {
      bad.push(block);
      worst = Math.max(worst, latest - block.time);
    }
    latest = Math.max(latest, block.time);
  }
  if (bad.length === 0) return pass('CHAIN_TIME_ORDER', { params: { skew }, spec });
  return fail('CHAIN_TIME_ORDER', { params: { skew, numbers: nameNumbers(bad), seconds: worst }, spec });
}

/** The enclave's document is not older than the timestamp that it follows, but for the skew; late is a note (CHAIN.md 6, 12). */
function checkTimeAttested({ pin, state, result }: ChainEvidence): Check {
  const skew = pin.skewSeconds ?? 0;
  const spec = 'CHAIN.md 12';
  if (result.main.length === 0) return unknown('CHAIN_TIME_ATTESTED', { params: { skew }, spec });
  const isPinned = whichMeet(pin.measurements ?? []);
  const bad: SequencedBlock[] = [];
  let late = 0;
  for (const block of result.main) {
    const sequences = state.numbers.get(block.k)?.sequences ?? [];
    const meeting = sequences.filter(isPinned);
    const documents = meeting.length > 0 ? meeting : sequences;
    const lag = Math.max(...documents.map(({ documentTime }) => Math.floor(documentTime / 1000) - block.time));
    if (lag < -skew) bad.push(block);
    late = Math.max(late, lag);
  }
  const notes = late > 60 ? { notes: [{ code: 'CHAIN_ATTESTED_LATE' as const, params: { seconds: late } }] } : {};
  if (bad.length === 0) return pass('CHAIN_TIME_ATTESTED', { params: { skew }, spec, ...notes });
  return fail('CHAIN_TIME_ATTESTED', { params: { skew, numbers: nameNumbers(bad) }, spec, ...notes });
}

function checkTrees(main: readonly SequencedBlock[]): Check {
  const spec = 'CHAIN.md 1';
  const missing = main.filter((block) => block.leaves === null);
  if (main.length === 0) return unknown('CHAIN_TREE', { params: { count: 0 }, spec });
  if (missing.length === 0) return pass('CHAIN_TREE', { params: { count: main.length }, spec });
  return unknown('CHAIN_TREE', { params: { count: missing.length, numbers: nameNumbers(missing) }, spec });
}

/** Every object that was needed stands on three good shards; the buckets inform and decide nothing (CHAIN.md 18). */
function checkStorage({ buckets, unreadable }: StorageEvidence, { main }: OmcResult): Check {
  const spec = 'CHAIN.md 18';
  const up = buckets.filter((bucket) => !bucket.down).length;
  const children = buckets.map((bucket): Check => {
    const { missing, wrong, copied, zero, dependent, malformed } = bucket;
    const lies = wrong + copied + zero + dependent + malformed;
    const params = { bucket: bucket.bucket, url: bucket.url, missing, wrong, copied, zero, dependent, malformed };
    if (bucket.down) return unknown('CHAIN_BUCKET', { params: { ...params, state: 'down' } });
    if (lies > 0) return fail('CHAIN_BUCKET', { params: { ...params, state: 'bad shards' } });
    return (missing > 0 ? unknown : pass)('CHAIN_BUCKET', {
      params: { ...params, state: missing > 0 ? 'incomplete' : 'good' },
    });
  });
  const whole = unreadable.length === 0 && main.length > 0;
  const threshold = combineThreshold(whole ? 3 : 0, 3, 3);
  return {
    code: 'CHAIN_STORAGE',
    status: threshold,
    params: {
      up,
      count: buckets.length,
      unreadable: unreadable.length,
      names: unreadable.slice(0, namedAtMost).join(', '),
    },
    spec,
    children,
  };
}

/** A document matches one pin in every register that the pin names; what is all zero is a debug enclave and matches nothing. */
export function meets(sequence: AttestedSequence, pins: readonly Measurement[]): boolean {
  return meetsPins(sequence.pcrs, pins);
}

/** `meets` for many documents: those of one enclave share their registers, which are compared once. */
function whichMeet(pins: readonly Measurement[]): (sequence: AttestedSequence) => boolean {
  const known = new Map<AttestedSequence['pcrs'], boolean>();
  return (sequence) => {
    let answer = known.get(sequence.pcrs);
    if (answer === undefined) known.set(sequence.pcrs, (answer = meets(sequence, pins)));
    return answer;
  };
}

function documentEvidence(sequence: AttestedSequence): Evidence {
  return { digest: sequence.object, offset: 0, length: sequence.length, name: `seq/${sequence.k}` };
}

function nameNumbers(items: readonly { readonly k: number }[]): string {
  const named = items.slice(0, namedAtMost).map(({ k }) => String(k));
  const more = items.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function describePcrs(sequence: AttestedSequence | undefined): string {
  if (!sequence) return '';
  return ['0', '1', '2'].map((register) => `PCR${register} ${sequence.pcrs[register] ?? 'none'}`).join(', ');
}
