import { sha3Hex } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import { utf8 } from '../bytes/bytes.ts';
import type { Content } from '../kinds/content.ts';
import type { Checker, Context, Judgement } from '../kinds/kind.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { all, fail, pass, planned, unknown, type Check, type Plan } from '../verdict/check.ts';
import { checkAnchored } from './checkAnchored.ts';
import { checkReexecuted } from './checkReexecuted.ts';
import type { Committed } from './commitment.ts';
import { traceStructHash, zeroDigest, type TraceDomain, type TraceMetadata } from './metadata.ts';
import { parsePolicy } from './policy.ts';
import { saltCommitment } from './salt.ts';
import { TimelineBuilder, type Timeline } from './timeline.ts';
import { TraceReader } from './traceReader.ts';
import { checkTraceSignature } from './traceSignature.ts';

const spec = 'src/core/trace/README (files)';

/** What the view draws; events are read from the file itself (`TraceReader`), where they are looked at. */
export interface TraceDetails {
  readonly metadata: TraceMetadata;
  readonly domain: TraceDomain;
  /** EIP-712 struct hash of the metadata. */
  readonly id: string;
  /** Canonical JSON. */
  readonly policy: string;
  /** Called ones first, most calls first. */
  readonly functions: readonly {
    readonly function: number;
    readonly name: string;
    readonly count: number;
    readonly isTraced: boolean;
  }[];
  readonly timeline: Timeline;
  /** Bytes of the file, and of all records in it. */
  readonly length: number;
  readonly recordBytes: number;
  /** What the file has beside the events. */
  readonly has: { readonly tape: boolean; readonly inputs: boolean; readonly saltKey: boolean };
}

/** Functions that the details list at most. */
const mostFunctions = 2000;

const rest: readonly Plan[] = [
  { code: 'TRACE_PARTS' },
  { code: 'TRACE_ROOT' },
  { code: 'TRACE_SIGNATURE' },
  { code: 'TRACE_REEXECUTED' },
];

export const traceChecker: Checker = { plan: () => [{ code: 'TRACE_FORM' }, ...rest], check };

async function check(content: Content, context: Context): Promise<Judgement> {
  const evidence = [
    { digest: sha3Hex(content.fileBytes), offset: 0, length: content.fileBytes.length, name: content.name },
  ];
  let reader: TraceReader;
  try {
    reader = await TraceReader.open(content.bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const params = { reason: error.message, offset: error.offset };
    const form = fail('TRACE_FORM', { params, evidence, spec });
    return { checks: [form, ...planned(rest)], labels: [], at: null, timeSource: 'signed' };
  }
  const { file } = reader;
  const { metadata, domain } = file;
  const form = pass('TRACE_FORM', { params: { code: metadata.code, count: metadata.count }, evidence, spec });
  const root = await checkRoot(reader, context);
  const anchored = await checkAnchored(metadata, domain, context);
  const signature = checkTraceSignature(metadata, domain, file.signed, context.trust, anchored.found);
  const checks = [
    form,
    checkParts(reader),
    root.check,
    signature,
    ...anchored.checks,
    await checkReexecuted(file, context),
  ];
  return {
    checks,
    labels: anchored.labels,
    at: context.givenTime ?? metadata.time * 1000,
    timeSource: context.givenTime === undefined ? 'signed' : 'given',
    details: root.committed && detailsOf(reader, root.committed, root.timeline, content.fileBytes.length),
  };
}

/** What is beside the events is what the metadata has the digests of. */
function checkParts({ file, symbols }: TraceReader): Check {
  const { metadata, policy, tape, inputs, saltKey } = file;
  const compare = (
    code: 'TRACE_POLICY' | 'TRACE_TAPE' | 'TRACE_INPUTS' | 'TRACE_SALT_KEY',
    found: string,
    expected: string,
  ): Check => (found === expected ? pass : fail)(code, { spec, params: { found, expected } });
  const children: Check[] = [checkPolicy(policy, metadata)];
  if (tape) children.push(compare('TRACE_TAPE', sha3Hex(tape), metadata.tape));
  if (inputs) children.push(compare('TRACE_INPUTS', sha3Hex(inputs), metadata.inputs));
  if (saltKey) children.push(compare('TRACE_SALT_KEY', saltCommitment(saltKey), metadata.saltCommitment));
  return all('TRACE_PARTS', children, {
    spec,
    params: { functions: symbols.functions.length, sites: symbols.sites.length },
  });
}

function checkPolicy(text: string, { policy }: TraceMetadata): Check {
  const found = sha3Hex(utf8(text));
  const params = { found, expected: policy };
  try {
    parsePolicy(text);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return fail('TRACE_POLICY', { spec, params: { ...params, reason: error.message } });
  }
  return (found === policy ? pass : fail)('TRACE_POLICY', { spec, params });
}

interface RootChecked {
  readonly check: Check;
  readonly committed?: Committed;
  readonly timeline: Timeline;
}

const recomputed = ['count', 'records', 'root', 'symbols', 'functionIndex', 'selection'] as const;

/** Everything that follows from the events is computed again. */
async function checkRoot(reader: TraceReader, context: Context): Promise<RootChecked> {
  const code = 'TRACE_ROOT';
  const { metadata, saltKey } = reader.file;
  const timeline = new TimelineBuilder(metadata.count);
  const params = { root: metadata.root, count: metadata.count };
  const none = { timeline: timeline.timeline() };
  if (metadata.saltCommitment !== zeroDigest && !saltKey) {
    const reason = 'Leaves are salted, and the file does not have the salt key.';
    return { ...none, check: unknown(code, { spec, params: { ...params, reason } }) };
  }
  if (metadata.saltCommitment === zeroDigest && saltKey) {
    const reason = 'The file has a salt key, the metadata none.';
    return { ...none, check: fail(code, { spec, params: { ...params, reason } }) };
  }
  let committed: Committed;
  try {
    committed = await reader.commit((done, total, events) => {
      context.signal?.throwIfAborted();
      for (const event of events) timeline.add(event);
      context.onProgress?.({ done, total, unit: 'bundles' });
    });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { ...none, check: fail(code, { spec, params: { ...params, reason: error.message } }) };
  }
  const differs = recomputed.find((name) => committed.metadata[name] !== metadata[name]);
  const found = { committed, timeline: timeline.timeline() };
  if (differs === undefined) return { ...found, check: pass(code, { spec, params }) };
  const reason = `The events give the ${differs} ${committed.metadata[differs]}, the metadata says ${metadata[differs]}.`;
  return { ...found, check: fail(code, { spec, params: { ...params, reason } }) };
}

function detailsOf(reader: TraceReader, { functions }: Committed, timeline: Timeline, length: number): TraceDetails {
  const { metadata, domain, policy, tape, inputs, saltKey } = reader.file;
  return {
    metadata,
    domain,
    id: toHex(traceStructHash(metadata)),
    policy,
    functions: functions
      .map(({ function: index, count, isTraced }) => ({
        function: index,
        name: reader.symbols.functions[index]?.name ?? '',
        count,
        isTraced,
      }))
      .sort((a, b) => b.count - a.count || a.function - b.function)
      .slice(0, mostFunctions),
    timeline,
    length,
    recordBytes: metadata.records * 16,
    has: { tape: tape !== undefined, inputs: inputs !== undefined, saltKey: saltKey !== undefined },
  };
}
