import { fromHex, toHex } from '../../bytes/hex.ts';

/** Order of the scalar field of BN254 (EIP-197, `curve_order`): what the circuits compute with. */
export const fieldOrder = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;
/** Modulus of its coordinates (EIP-196, `p`). */
export const coordinateOrder = 21888242871839275222246405745257275088696311157297823662689037894645226208583n;

/** 31 bytes of a hash as an element of the field: fewer than 254 bits are below the order whatever they are. */
export function elementOf(hash: Uint8Array): bigint {
  return BigInt(`0x${toHex(hash.subarray(0, 31))}`);
}

/** 32 bytes, big endian, as 64 lower-case hex digits. */
export function wordHex(value: bigint): string {
  return value.toString(16).padStart(64, '0');
}

export function wordBytes(value: bigint): Uint8Array<ArrayBuffer> {
  return fromHex(wordHex(value)) as Uint8Array<ArrayBuffer>;
}
