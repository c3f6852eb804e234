import { equalBytes } from '../../core/bytes/bytes.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import type { Content } from '../../core/kinds/content.ts';
import { anchorSlot } from '../../core/trace/anchor/anchorSlot.ts';
import { judgeAnchored } from '../../core/trace/anchor/judgeAnchored.ts';
import {
  eventsOfTrace,
  makeAnchoredCertificate,
  type AnchoredRequest,
} from '../../core/trace/certificate/makeAnchoredCertificate.ts';
import { makeTraceCertificate } from '../../core/trace/certificate/traceCertificate.ts';
import { isAnchorable } from '../../core/trace/checkAnchored.ts';
import { traceStructHash } from '../../core/trace/metadata.ts';
import { parseTraceProof, type TraceProof } from '../../core/trace/traceProof.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { walk } from '../../core/verdict/check.ts';
import { inProcessEvmExecutor, type EvmExecutor } from '../evm/evmExecutor.ts';
import { gatherLedger } from '../evm/gatherLedger.ts';
import { anchorPin, readAnchors } from './readAnchors.ts';

export interface TraceToCertify {
  /** Text of a `trace-proof`. */
  readonly proof: string;
  /** The ledger with its contract and nodes, the machine, pins for its document. */
  readonly trust: Trust;
  /** The attestation document among them, where the machine's registration names one. */
  readonly companions: readonly Content[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly executor?: EvmExecutor;
  /** Judges what it makes before it gives it out; in a worker of the page (`certifyTraceInWorkers.ts`), or on this thread. */
  readonly make?: (request: AnchoredRequest, signal?: AbortSignal) => Promise<string>;
  readonly signal?: AbortSignal;
}

/**
 * The certificate of what a proof shows: with the ledger's evidence where the trace was signed for one, so that it is checked offline; judged before it is given out.
 * @throws AuditorError `usage` TRACE_PROOF, TRACE_CERTIFICATE, ANCHOR_LEDGER for what cannot be certified, `source` where no node gives what is needed; the signal's reason when aborted
 */
export async function certifyTrace(request: TraceToCertify): Promise<string> {
  const { trust, companions, now, executor = inProcessEvmExecutor, signal } = request;
  const { make: makeOf = makeAnchoredCertificate } = request;
  const proof = parse(request.proof);
  const { metadata, domain } = proof;
  if (!isAnchorable(domain)) return makeTraceCertificate(proof);
  const contract = domain.verifyingContract.toLowerCase() as Hex;
  const pin = anchorPin(trust, domain.chainId);
  const id = toHex0x(traceStructHash(metadata));
  const watch = { executor, ...(signal && { signal }) };
  const reading = await readAnchors({ pin, contract, ...watch }, { ids: [id] });
  const { check, judged } = await judgeAnchored(metadata, reading, { trust, companions, now });
  const { anchored } = judged;
  if (!anchored || check.status !== 'pass' || !reading.head) {
    const open = [...walk([check])].filter(({ status, children = [] }) => status !== 'pass' && children.length === 0);
    const words = `The trace is not shown to be anchored (${open.map(({ code }) => code).join(', ')}).`;
    throw new AuditorError('usage', 'TRACE_CERTIFICATE', words);
  }
  const document = documentOf(anchored.machineKey?.document, companions);
  const blocks = eventsOfTrace(proof, reading.events).map(({ block }) => block);
  const make = (gathered: Pick<AnchoredRequest, 'headers' | 'blocks' | 'account'>) =>
    makeOf({ ...gathered, proof, pin, trust, document, now }, signal);
  const asked = { pin, contract, slots: [anchorSlot(id)], blocks, executor, signal };
  // The fewest headers where a node still has the state of that block, which not every node keeps.
  const states = [...new Set([Math.max(...blocks), reading.head.number])];
  let last: unknown;
  for (const state of states) {
    try {
      return await gatherLedger({ ...asked, state }, make);
    } catch (error) {
      signal?.throwIfAborted();
      last = error;
    }
  }
  throw last;
}

function parse(text: string): TraceProof {
  try {
    return parseTraceProof(text);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AuditorError('usage', 'TRACE_PROOF', `It is no proof about a trace: ${cause.message}`, { cause });
  }
}

/** The bytes that the registration has the digest of. */
function documentOf(digest: Hex | undefined, companions: readonly Content[]): Uint8Array {
  if (digest === undefined) return new Uint8Array();
  const wanted = fromHex0x(digest);
  const all = companions.flatMap(({ bytes, fileBytes }) => [bytes, fileBytes]);
  return all.find((bytes) => equalBytes(sha3(bytes), wanted)) ?? new Uint8Array();
}
