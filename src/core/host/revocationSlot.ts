import { revocationRegistrySlots } from '../../contracts/revocationRegistry.ts';
import { concatBytes } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../evm/hex.ts';

/** The slot in which RevocationRegistry keeps since when (seconds) an address has taken a subject back; zero where it has not (Solidity, layout of mappings). */
export function revocationSlot(subject: Hex, by: Hex): Hex {
  const inner = keccak256(concatBytes(fromHex0x(subject), word(revocationRegistrySlots.revokedSince)));
  return toHex0x(keccak256(concatBytes(new Uint8Array(12), fromHex0x(by), inner)));
}

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(32);
  bytes[31] = value;
  return bytes;
}
