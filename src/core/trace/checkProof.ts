import { equalBytes, utf8 } from '../bytes/bytes.ts';
import { canonicalJson } from '../bytes/jcs.ts';
import type { JsonObject } from '../bytes/json.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { keccak256, sha3Hex } from '../bytes/hash.ts';
import type { Content } from '../kinds/content.ts';
import type { Checker, Context, Judgement } from '../kinds/kind.ts';
import { verifyConsistency } from '../merkle/consistency.ts';
import { rootFromInclusion } from '../merkle/inclusion.ts';
import { leafHash } from '../merkle/hashes.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check, type Plan } from '../verdict/check.ts';
import { anchoredPlan, checkAnchored } from './checkAnchored.ts';
import { countedRoot } from './countedRoot.ts';
import type { SymbolLookup } from './eventJson.ts';
import { functionIndexFrom, type FunctionProof } from './functionIndex.ts';
import { leafCount, traceStructHash, type TraceMetadata } from './metadata.ts';
import { rootFromBatch } from './proof.ts';
import { lookupProved, matchesEvent, readShownLeaf, type ShownEvent } from './shownEvents.ts';
import { isTraceRequest } from './requestForm.ts';
import { parseTraceRequest } from './traceRequest.ts';
import { checkTraceSignature } from './traceSignature.ts';
import { parseTraceProof, type TraceProof } from './traceProof.ts';
import { isOfWholeTrace } from './wholeTrace.ts';
import { judgeZk, zkPlan, type ZkExpectation } from './zk/judgeZk.ts';

const spec = 'src/core/trace/README (proofs)';

/** What a proof says of a function. */
export interface ShownFunction {
  readonly function: number;
  readonly name: string;
  readonly count: number;
  readonly isTraced: boolean;
}

/** What the view draws. */
export interface TraceProofDetails {
  readonly proof: TraceProof;
  /** EIP-712 struct hash of the metadata: the identifier of the anchor. */
  readonly id: string;
  readonly events: readonly ShownEvent[];
  readonly functions: readonly ShownFunction[];
  /** Bytes of the file. */
  readonly length: number;
}

/** What whoever asked for a proof wants to see in it. */
export interface Asked {
  /** H of the program. */
  readonly code?: string | undefined;
  /** Members that one of the events must have, see `matchesEvent`. */
  readonly event?: JsonObject | undefined;
  /** Of a proof without disclosure: the statement, and the nonce that it was to be made for. */
  readonly zk?: Omit<ZkExpectation, 'keys'> | undefined;
  /** The proof may be about the trace as a whole and show nothing of it, as in a certificate; a file that shows nothing is no proof. */
  readonly ofWhole?: boolean;
}

export interface ProofJudged {
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  readonly details: TraceProofDetails | undefined;
}

export const proofChecker: Checker = {
  plan: (content) => {
    try {
      return planOf(parseTraceProof(content.text ?? ''));
    } catch (error) {
      if (error instanceof FormatError) return [{ code: 'TRACE_FORM' }];
      throw error;
    }
  },
  check: async (content: Content, context: Context): Promise<Judgement> => {
    const asked = readRequest(context.companions);
    const judged = await judgeTraceProof(content.text ?? '', context, asked?.asked);
    const { labels, details } = judged;
    const checks = [...judged.checks, ...(asked ? [checkRequest(asked, details)] : [])];
    const evidence = [
      { digest: sha3Hex(content.fileBytes), offset: 0, length: content.fileBytes.length, name: content.name },
    ];
    const [form, ...rest] = checks as [Check, ...Check[]];
    const signedAt = details ? details.proof.metadata.time * 1000 : null;
    return {
      checks: [{ ...form, evidence }, ...rest],
      labels,
      at: context.givenTime ?? signedAt,
      timeSource: context.givenTime === undefined ? 'signed' : 'given',
      details,
    };
  },
};

interface RequestRead {
  readonly name: string;
  readonly asked: Asked | undefined;
  readonly reason: string;
}

/** What the person has asked for, where that is beside the proof. */
function readRequest(companions: readonly Content[]): RequestRead | undefined {
  const content = companions.find(isTraceRequest);
  if (!content) return undefined;
  const { name } = content;
  try {
    return { name, asked: parseTraceRequest(content.text ?? ''), reason: '' };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { name, asked: undefined, reason: error.message };
  }
}

/** That the proof speaks of what was asked at all; whether it says the same, its own checks tell. */
function checkRequest({ name, asked, reason }: RequestRead, details: TraceProofDetails | undefined): Check {
  const code = 'TRACE_REQUEST';
  if (!asked) return unknown(code, { spec, params: { name, reason } });
  if (!details) return unknown(code, { spec, params: { name, reason: 'The proof cannot be read.' } });
  if (details.proof.zk !== undefined) return pass(code, { spec, params: { name } });
  return fail(code, { spec, params: { name, reason: 'It proves nothing without disclosure, which was asked for.' } });
}

function planOf(proof: TraceProof, asked: Asked = {}): Plan[] {
  return [
    { code: 'TRACE_FORM' },
    ...(asked.code === undefined ? [] : [{ code: 'TRACE_CODE' } as const]),
    { code: 'TRACE_SYMBOLS' },
    ...(proof.leaves.length > 0 ? ([{ code: 'TRACE_EVENT' }, { code: 'TRACE_INCLUSION' }] as const) : []),
    ...(proof.functions.length > 0 ? [{ code: 'TRACE_FUNCTIONS' } as const] : []),
    ...(proof.prefix ? [{ code: 'TRACE_PREFIX' } as const] : []),
    ...(proof.zk === undefined ? [] : zkPlan),
    { code: 'TRACE_SIGNATURE' },
    ...anchoredPlan(proof.domain),
  ];
}

/**
 * Judges a proof that somebody was given: what it shows is in the tree that the machine signed. Whether the machine ran the program rightly is claimed
 * by it alone, and said so; only a whole trace can be run again.
 */
export async function judgeTraceProof(
  text: string,
  context: Pick<Context, 'trust' | 'trace'>,
  asked: Asked = {},
): Promise<ProofJudged> {
  let proof: TraceProof;
  let lookup: SymbolLookup;
  try {
    proof = parseTraceProof(text);
    lookup = lookupProved(proof.symbols);
    const isIdle = proof.nodes.length + proof.symbols.length > 0;
    if (isOfWholeTrace(proof) && (isIdle || !asked.ofWhole)) throw new FormatError('The proof shows nothing.', 0);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const params = { reason: error.message, offset: error.offset };
    return { checks: [fail('TRACE_FORM', { params, spec })], labels: [], details: undefined };
  }
  const { metadata, domain } = proof;
  const shown = readLeaves(proof, lookup);
  const functions = proof.functions.map((entry) => functionOf(entry, lookup));
  const anchored = await checkAnchored(metadata, domain, context);
  const zk =
    proof.zk === undefined
      ? undefined
      : judgeZk(proof.zk, metadata, { ...asked.zk, keys: context.trust.zk?.keys ?? [] });
  const checks: Check[] = [
    pass('TRACE_FORM', { params: { code: metadata.code, count: metadata.count }, spec }),
    ...(asked.code === undefined ? [] : [checkCode(metadata, asked.code)]),
    checkSymbols(proof),
    ...(proof.leaves.length > 0 ? [checkEvents(shown, asked.event), checkInclusion(proof, shown)] : []),
    ...(functions.length > 0 ? [checkFunctions(proof, functions)] : []),
    ...(proof.prefix ? [checkPrefix(proof)] : []),
    ...(zk?.checks ?? []),
    checkTraceSignature(metadata, domain, proof.signed, context.trust, anchored.found),
    ...anchored.checks,
  ];
  const details = {
    proof,
    id: toHex(traceStructHash(metadata)),
    events: shown.events,
    functions: functions.map(({ shown: each }) => each),
    length: utf8(text).length,
  };
  return { checks, labels: [...anchored.labels, ...(zk?.labels ?? [])], details };
}

interface ShownLeaves {
  readonly leaves: readonly { readonly index: number; readonly hash: Uint8Array }[];
  readonly events: readonly ShownEvent[];
  /** Why something of it cannot be read. */
  readonly fault: string | undefined;
}

function readLeaves({ leaves, metadata }: TraceProof, lookup: SymbolLookup): ShownLeaves {
  const read: { index: number; hash: Uint8Array }[] = [];
  const events: ShownEvent[] = [];
  try {
    for (const leaf of leaves) {
      const found = readShownLeaf(leaf, metadata, lookup);
      read.push({ index: leaf.index, hash: found.hash });
      events.push(...found.events);
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { leaves: read, events, fault: error.message };
  }
  return { leaves: read, events, fault: undefined };
}

function checkCode({ code }: TraceMetadata, asked: string): Check {
  return (code === asked ? pass : fail)('TRACE_CODE', { params: { code: asked, found: code } });
}

/** The names that are shown are those that the machine signed. */
function checkSymbols({ symbols, metadata }: TraceProof): Check {
  const code = 'TRACE_SYMBOLS';
  const wanted = fromHex(metadata.symbols);
  for (const { line, index, count, path } of symbols) {
    try {
      const root = rootFromInclusion(leafHash(utf8(line), keccak256), index, count, path, keccak256);
      if (equalBytes(countedRoot(count, root), wanted)) continue;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
    return fail(code, { spec, params: { reason: `Line ${index} is not among the symbols that were signed.`, line } });
  }
  return pass(code, { spec, params: { symbols: symbols.length } });
}

/** What is shown are events of this program; and what was asked for is among them. */
function checkEvents({ events, fault }: ShownLeaves, asked: JsonObject | undefined): Check {
  const code = 'TRACE_EVENT';
  if (fault !== undefined) return fail(code, { spec, params: { reason: fault } });
  const [first] = events as [ShownEvent, ...ShownEvent[]];
  const found = asked ? events.find(({ event }) => matchesEvent(event, asked)) : first;
  if (!found) {
    const reason = `None of the ${events.length} events shown is ${canonicalJson(asked as JsonObject)}.`;
    return fail(code, { spec, params: { reason } });
  }
  const params = { events: events.length, index: found.index, event: canonicalJson(found.event).slice(0, 2000) };
  return pass(code, { spec, params });
}

function checkInclusion({ metadata, nodes }: TraceProof, { leaves, fault }: ShownLeaves): Check {
  const code = 'TRACE_INCLUSION';
  const params = { root: metadata.root, leaves: leaves.length, nodes: nodes.length };
  if (fault !== undefined)
    return unknown(code, { spec, params: { ...params, reason: 'What is shown could not be read.' } });
  try {
    const found = toHex(rootFromBatch(leaves, leafCount(metadata), nodes));
    if (found === metadata.root) return pass(code, { spec, params });
    return fail(code, {
      spec,
      params: { ...params, reason: `It leads to the root ${found}, not to ${metadata.root}.` },
    });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return fail(code, { spec, params: { ...params, reason: error.message } });
  }
}

interface FunctionRead {
  readonly proof: FunctionProof;
  readonly shown: ShownFunction;
  readonly isNamed: boolean;
}

function functionOf(proof: FunctionProof, lookup: SymbolLookup): FunctionRead {
  const symbol = lookup.functionAt(proof.function);
  const { function: index, count, isTraced } = proof;
  return {
    proof,
    isNamed: symbol !== undefined,
    shown: { function: index, name: symbol?.name ?? '', count, isTraced },
  };
}

/** How often functions were called; that one was not, only where the policy would have shown it. */
function checkFunctions({ metadata }: TraceProof, functions: readonly FunctionRead[]): Check {
  return all(
    'TRACE_FUNCTIONS',
    functions.map(({ proof, shown, isNamed }) => {
      const code = shown.count === 0 ? 'TRACE_NOT_CALLED' : 'TRACE_CALLS';
      const params = { ...shown };
      if (!isNamed) return fail(code, { spec, params: { ...params, reason: 'The symbols with it do not name it.' } });
      let root: Uint8Array | undefined;
      try {
        root = functionIndexFrom(proof);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
      const holds = root !== undefined && toHex(root) === metadata.functionIndex;
      if (!holds)
        return fail(code, { spec, params: { ...params, reason: 'It does not lead to the index that was signed.' } });
      const reason = 'The policy does not have every call of it recorded.';
      return shown.isTraced ? pass(code, { spec, params }) : unknown(code, { spec, params: { ...params, reason } });
    }),
    { spec },
  );
}

function checkPrefix({ metadata, prefix }: TraceProof): Check {
  const { root, leaves, path } = prefix as NonNullable<TraceProof['prefix']>;
  const newer = { count: leafCount(metadata), root: fromHex(metadata.root) };
  const holds = verifyConsistency({ count: leaves, root: fromHex(root) }, newer, path, keccak256);
  const params = { root, leaves, of: newer.count };
  return (holds ? pass : fail)('TRACE_PREFIX', { spec: 'RFC 9162 §2.1.4.2', params });
}
