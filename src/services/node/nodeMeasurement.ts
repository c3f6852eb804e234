import { utf8 } from '../../core/bytes/bytes.ts';
import { keccak256 } from '../../core/bytes/hash.ts';

/** What the simulated enclave of a node is said to measure, registers 0 to 2: made of their names, for nothing is measured here. */
export const nodeMeasurement = [0, 1, 2].map((register) => {
  const value = new Uint8Array(48);
  value.set(keccak256(utf8(`affidavit/network-node/1 simulated register ${register}`)));
  return value;
}) as unknown as readonly [Uint8Array, Uint8Array, Uint8Array];
