import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { keccak256 } from '../../bytes/hash.ts';
import { fromHex, isHex, toHex } from '../../bytes/hex.ts';
import { fromHex0x, type Hex } from '../../evm/hex.ts';
import { elementOf, fieldOrder, wordHex } from '../../trace/zk/field.ts';
import { membershipCommitment } from '../../trace/zk/membership.ts';
import { commitMeasurements } from '../commitment.ts';
import type { MeasuredPair } from '../measurementsDigest.ts';
import { wordOfHex, wordOfNumber } from '../words.ts';

/** The name under which a hidden commitment to a register stands among the measurements that a request commits to. */
export function memberName(register: string): string {
  return `membership/1 ${register}`;
}

const blindingTag = keccak256(utf8('affidavit/membership-blinding/1'));

/** An element of the field that nobody finds without the salt key, another one for each register. */
export function blindingOf(saltKey: Uint8Array, register: string): bigint {
  const name = keccak256(utf8(register));
  const halves = [0, 1].map((half) => keccak256(concatBytes(blindingTag, saltKey, name, Uint8Array.of(half))));
  return BigInt(`0x${toHex(concatBytes(...halves))}`) % fieldOrder;
}

/**
 * What a request that hides its measurements commits to: the measurements, and behind them, for each of 32 or 48 bytes, a commitment that proofs in zero knowledge can speak of (Poseidon over
 * the value and a blinding). All of it follows from the document and the salt key, so whoever is shown both, as the network's nodes are, makes it again.
 */
export function memberPairs(measured: readonly MeasuredPair[], saltKey: Uint8Array): readonly MeasuredPair[] {
  const provable = measured.filter(([, value]) => isHex(value, 32) || isHex(value, 48));
  const commitments = provable.map(([register, value]): MeasuredPair => {
    const commitment = membershipCommitment(fromHex(value), blindingOf(saltKey, register));
    return [memberName(register), wordHex(commitment)];
  });
  return [...measured, ...commitments];
}

/** What a commitment was made from. */
export interface MemberOpening {
  /** Of the document. */
  readonly kind: string;
  /** All of its registers, in its order. */
  readonly measured: readonly MeasuredPair[];
  /** 32 random bytes, kept secret. */
  readonly saltKey: Uint8Array;
}

/** The `measurements` of a request. */
export function commitForMembership({ kind, measured, saltKey }: MemberOpening): Hex {
  return commitMeasurements(kind, memberPairs(measured, saltKey), saltKey);
}

/** A request on its ledger, as far as proofs are bound to it. */
export interface MemberRequest {
  readonly chainId: number;
  readonly verifyingContract: Hex;
  readonly requestId: number;
  readonly vmId: Hex;
  /** The request's commitment. */
  readonly measurements: Hex;
}

const tag = keccak256(utf8('affidavit/zk-membership/1'));

/** What a proof is bound to: the request, and 32 bytes from whoever asked for it. */
export function memberContext(request: MemberRequest, nonce: Uint8Array): bigint {
  const { chainId, verifyingContract, requestId, vmId, measurements } = request;
  const words = [wordOfNumber(chainId), wordOfHex(verifyingContract), wordOfNumber(requestId)];
  return elementOf(keccak256(concatBytes(tag, ...words, fromHex0x(vmId), fromHex0x(measurements), nonce)));
}
