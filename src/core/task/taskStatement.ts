import { decodeCbor, encodeCbor, type CborValue } from '../bytes/cbor.ts';
import { sha3 } from '../bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../evm/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** The domain string that the runner's statement begins with (DESIGN §5: whatever of ours goes into a `user_data` has its own). */
export const taskStatementDomain = 'affidavit/task/1';

/** What an enclave says of the task that it ran: which one, and what went in and came out. Hashes are of 32 bytes, zero where there is none. */
export interface TaskStatement {
  readonly chainId: number;
  /** Of 20 bytes. */
  readonly contract: Hex;
  readonly id: bigint;
  readonly program: Hex;
  readonly dataSet: Hex;
  /** As in `start`: the key that the enclave made for this task. */
  readonly runnerKey: Hex;
  readonly result: Hex;
  readonly output: Hex;
}

const hashes = ['program', 'dataSet', 'runnerKey', 'result', 'output'] as const;

/**
 * The `user_data` of the runner's attestation document: deterministic CBOR of
 * `["affidavit/task/1", chainId: uint, contract: bstr20, id: uint, program: bstr32, dataSet: bstr32, runnerKey: bstr32, result: bstr32, output: bstr32]`.
 * At most 227 bytes, so it fits into a Nitro document (512).
 * @throws AuditorError (internal) for a chain id or an id above 2⁵³−1.
 */
export function encodeTaskStatement(statement: TaskStatement): Uint8Array<ArrayBuffer> {
  return encodeCbor([
    taskStatementDomain,
    statement.chainId,
    sized(statement.contract, 20, 'contract'),
    Number(statement.id),
    ...hashes.map((name) => sized(statement[name], 32, name)),
  ]);
}

/** What stands in 64 bytes of report data (SEV-SNP, SGX, TDX), which the statement itself does not fit into: its H, and zeros. */
export function taskReportData(statement: TaskStatement): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(64);
  data.set(sha3(encodeTaskStatement(statement)));
  return data;
}

/** Reads a statement. @throws FormatError with the offset or the member at fault. */
export function parseTaskStatement(bytes: Uint8Array): TaskStatement {
  const value = decodeCbor(bytes, { maximumLength: 512, maximumDepth: 1, maximumItems: 16 });
  if (!Array.isArray(value)) throw fault('a list');
  const list = value as readonly CborValue[];
  const [domain, chainId, contract, id, ...rest] = list;
  if (domain !== taskStatementDomain) throw fault(`"${taskStatementDomain}" at its beginning`);
  if (list.length !== 4 + hashes.length) throw fault(`${4 + hashes.length} elements, found ${list.length}`);
  if (typeof chainId !== 'number') throw fault('the chain id as a number');
  if (typeof id !== 'number') throw fault('the task’s id as a number');
  const read = Object.fromEntries(hashes.map((name, index) => [name, hexOf(rest[index], 32, name)]));
  return {
    chainId,
    contract: hexOf(contract, 20, 'contract'),
    id: BigInt(id),
    ...(read as Record<(typeof hashes)[number], Hex>),
  };
}

function sized(hex: Hex, length: number, name: string): Uint8Array {
  const bytes = fromHex0x(hex);
  if (bytes.length !== length) throw fault(`${length} bytes for ${name}, found ${bytes.length}`);
  return bytes;
}

function hexOf(value: CborValue | undefined, length: number, name: string): Hex {
  if (!(value instanceof Uint8Array) || value.length !== length) throw fault(`${length} bytes for ${name}`);
  return toHex0x(value);
}

function fault(expected: string): FormatError {
  return new FormatError(`Task statement: expected ${expected}.`, 0);
}
