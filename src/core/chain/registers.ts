import { equalBytes } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';

type Registers = ReadonlyMap<number, Uint8Array>;

/** PCR number → hex, as findings carry it. */
export type RegisterText = Readonly<Record<string, string>>;

const recent = new WeakMap<object, { readonly registers: Registers; readonly text: RegisterText }>();

/**
 * The registers of a document in hex. Documents of one enclave have the same ones, so what the last document under `owner` had is given again,
 * the very same object: it is not made anew, a message with a batch of findings carries it once, and an audit keeps it once.
 */
export function registerText(owner: object, registers: Registers): RegisterText {
  const last = recent.get(owner);
  if (last && isSame(last.registers, registers)) return last.text;
  const text: Record<string, string> = {};
  const own = new Map<number, Uint8Array>();
  for (const [register, value] of registers) {
    text[String(register)] = toHex(value);
    // A copy: a view would keep the whole document, and could change with it.
    own.set(register, value.slice());
  }
  recent.set(owner, { registers: own, text });
  return text;
}

function isSame(one: Registers, other: Registers): boolean {
  if (one.size !== other.size) return false;
  for (const [register, value] of one) {
    const found = other.get(register);
    if (!found || !equalBytes(found, value)) return false;
  }
  return true;
}
