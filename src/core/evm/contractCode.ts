import { equalBytes } from '../bytes/bytes.ts';
import type { EvmPin } from '../trust/trust.ts';
import { fail, pass, unknown, type Check } from '../verdict/check.ts';
import { emptyCodeHash, type ProvenAccount } from './accountProof.ts';
import { toHex0x, type Hex } from './hex.ts';
import { contractWithCode, knownContracts } from './knownContracts.ts';

const spec = 'Ethereum Yellow Paper §4.1 (codeHash); EIP-1186';

/** The code that is expected at an address: as the caller says (a known contract's name, or a hash), else by the name under which the trust file pins the address. */
export function expectedCode(
  address: Hex,
  pin: EvmPin,
  said?: string,
): { readonly name: string; readonly codeHash: Hex | undefined } | undefined {
  if (said !== undefined && /^0x[0-9a-f]{64}$/.test(said)) return { name: said, codeHash: said as Hex };
  const name =
    said ??
    Object.entries(pin.contracts ?? {}).find(([, pinned]) => pinned.toLowerCase() === address.toLowerCase())?.[0];
  if (name === undefined) return undefined;
  return { name, codeHash: Object.hasOwn(knownContracts, name) ? knownContracts[name]?.codeHash : undefined };
}

/** That the contract is what it is said to be: the hash of its code, proven against the state of block `number`. */
export function checkCode(
  address: Hex,
  number: number,
  account: ProvenAccount | undefined,
  expected: ReturnType<typeof expectedCode>,
): Check {
  const params = { address, number, name: expected?.name ?? '' };
  if (!account) {
    return unknown('EVM_CODE', { spec, params: { ...params, reason: 'No proof of the account could be had.' } });
  }
  const hash = account.account?.codeHash;
  if (!hash || equalBytes(hash, emptyCodeHash)) {
    const reason = account.account ? 'The address is an account without code.' : 'There is no account at this address.';
    return fail('EVM_CODE', { spec, params: { ...params, reason } });
  }
  const found = toHex0x(hash);
  if (expected?.codeHash !== undefined) {
    if (expected.codeHash === found) return pass('EVM_CODE', { spec, params: { ...params, codeHash: found } });
    const reason = `Its code has the hash ${found}, ${expected.name} has ${expected.codeHash}.`;
    return fail('EVM_CODE', { spec, params: { ...params, codeHash: found, reason } });
  }
  const known = contractWithCode(found);
  if (known && expected === undefined) {
    return pass('EVM_CODE', { spec, params: { ...params, name: known.name, codeHash: found } });
  }
  const reason = `Its code has the hash ${found}; what code is expected there is not known.`;
  return unknown('EVM_CODE', { spec, params: { ...params, codeHash: found, reason } });
}
