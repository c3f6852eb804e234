import { toBase64Url } from '../bytes/base64.ts';
import { concatBytes, equalBytes } from '../bytes/bytes.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import type { Trust } from '../trust/trust.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../verdict/check.ts';
import { verifyTraceSignature } from './anchor/verifySignature.ts';
import { parseVmKey, type VmAlgorithm } from './anchor/vmKey.ts';
import { isAnchorable } from './checkAnchored.ts';
import type { AnchorFound } from './helpers.ts';
import { traceDigest, vmIdentifier, type TraceDomain, type TraceMetadata } from './metadata.ts';
import type { TraceSignature } from './traceFile.ts';

const orders: Readonly<Record<VmAlgorithm, bigint>> = {
  p256: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  secp256k1: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
};

/**
 * Of a signature and its twin (n − s), which anybody can make of it and which verifies as well, the one with s in the lower half: files hold only that, so
 * that no other bytes stand for the same. Contracts take it as well. @param signature r ‖ s
 */
export function lowerSignature(signature: Uint8Array, algorithm: VmAlgorithm): Uint8Array {
  const order = orders[algorithm];
  const s = BigInt(`0x${toHex(signature.subarray(32, 64))}`);
  if (s <= order / 2n || s >= order) return signature;
  return concatBytes(signature.subarray(0, 32), fromHex((order - s).toString(16).padStart(64, '0')));
}

/** What goes into a file: signers, tokens above all, give either of the two. A key that is none is left to whoever judges. */
export function canonicalSigned({ key, signature }: TraceSignature): TraceSignature {
  try {
    return {
      key,
      signature: signature.length === 64 ? lowerSignature(signature, parseVmKey(key).algorithm) : signature,
    };
  } catch (error) {
    if (error instanceof FormatError) return { key, signature };
    throw error;
  }
}

const spec = 'EIP-712; src/core/trace/README (metadata)';

/**
 * Whether the machine that the metadata names has signed it: with the key that the checker has pinned for it, or with one that its owner has exchanged that for, which only the ledger can
 * tell. @param anchored what the ledger says, where it was asked
 */
export function checkTraceSignature(
  metadata: TraceMetadata,
  domain: TraceDomain,
  signed: TraceSignature | undefined,
  { vms = [] }: Pick<Trust, 'vms'>,
  anchored: AnchorFound | undefined,
): Check {
  const code = 'TRACE_SIGNATURE';
  const { vm, time } = metadata;
  const params = { vm, time, key: signed ? toBase64Url(signed.key) : '' };
  if (!signed) return unknown(code, { spec, params: { ...params, reason: 'It carries no signature.' } });
  const wrong = signatureFault(metadata, domain, signed);
  if (wrong !== undefined) return fail(code, { spec, params: { ...params, reason: wrong } });
  const pinned = vms.find(({ id }) => vmIdentifier(id) === vm);
  if (!pinned) {
    const reason = 'The signature is that of the key beside it, but your trust file does not name the machine.';
    return unknown(code, { spec, params: { ...params, reason } });
  }
  if (pinned.key === params.key) {
    return pass(code, { spec, params: { ...params, name: pinned.id }, notes: [{ code: 'TRACE_CLAIMED' }] });
  }
  const more = { ...params, name: pinned.id };
  const isRegistered = anchored?.machine?.key === params.key;
  if (!isAnchorable(domain) || anchored?.machine?.status === 'fail') {
    return fail(code, { spec, params: { ...more, reason: 'You have pinned another key for this machine.' } });
  }
  if (isRegistered && anchored?.check.status === 'pass') {
    return pass(code, { spec, params: more, notes: [{ code: 'TRACE_CLAIMED' }, { code: 'TRACE_KEY_LATER' }] });
  }
  const reason =
    'You have pinned another key for this machine; whether its owner has exchanged it, only the ledger can tell.';
  return unknown(code, { spec, params: { ...more, reason } });
}

function signatureFault(
  metadata: TraceMetadata,
  domain: TraceDomain,
  { key, signature }: TraceSignature,
): string | undefined {
  try {
    const parsed = parseVmKey(key);
    if (signature.length !== 64) return `A signature has 64 bytes, not ${signature.length}.`;
    if (!equalBytes(lowerSignature(signature, parsed.algorithm), signature))
      return 'It is not in the one form that a signature may have.';
    return verifyTraceSignature(traceDigest(metadata, domain), signature, parsed)
      ? undefined
      : 'The key beside it did not sign this.';
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
}
