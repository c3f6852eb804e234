import { decodeCbor, encodeCbor, type CborValue } from '../../bytes/cbor.ts';
import { sha3 } from '../../bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../evm/hex.ts';
import { FormatError } from '../../verdict/auditorError.ts';

/** The domain string that the statement of a machine's environment begins with (DESIGN §5: whatever of ours goes into a `user_data` has its own). */
export const vmStatementDomain = 'affidavit/trace-vm/1';

/** What an environment says of the machine that runs in it. */
export interface VmStatement {
  /** Identifier of the machine, 32 bytes: `vm` of the metadata. */
  readonly vm: Hex;
  /** H of the SPKI of its key. */
  readonly key: Hex;
}

/** The `user_data` of the environment's attestation document: deterministic CBOR of `["affidavit/trace-vm/1", vm: bstr32, H(key): bstr32]`, 90 bytes. */
export function encodeVmStatement({ vm, key }: VmStatement): Uint8Array<ArrayBuffer> {
  return encodeCbor([vmStatementDomain, fromHex0x(vm), fromHex0x(key)]);
}

/** What stands in 64 bytes of report data (SEV-SNP, SGX, TDX), which the statement itself does not fit into: its H, and zeros. */
export function vmReportData(statement: VmStatement): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(64);
  data.set(sha3(encodeVmStatement(statement)));
  return data;
}

/** Reads a statement. @throws FormatError */
export function parseVmStatement(bytes: Uint8Array): VmStatement {
  const value = decodeCbor(bytes, { maximumLength: 128, maximumDepth: 1, maximumItems: 8 });
  const [domain, vm, key, ...rest] = Array.isArray(value) ? (value as readonly CborValue[]) : [];
  if (domain !== vmStatementDomain || rest.length > 0) throw fault(`a list of three, "${vmStatementDomain}" first`);
  return { vm: hexOf(vm), key: hexOf(key) };
}

function hexOf(value: CborValue | undefined): Hex {
  if (!(value instanceof Uint8Array) || value.length !== 32) throw fault('32 bytes for machine and key');
  return toHex0x(value);
}

function fault(expected: string): FormatError {
  return new FormatError(`Statement of a machine: expected ${expected}.`, 0);
}
