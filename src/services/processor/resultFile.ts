import { utf8 } from '../../core/bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../../core/bytes/cbor.ts';
import { fromHex0x } from '../../core/evm/hex.ts';
import type { TaskStatement } from '../../core/task/taskStatement.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';

/** What a program left behind. */
export interface TaskResult {
  readonly stdout: Uint8Array;
  /** Files of its output folder by their paths in it, in the order of the paths. */
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

const domain = 'affidavit/result/1';

/** The result as one file, the same bytes for the same result: its H is the `result` of the ledger. */
export function encodeResult({ stdout, files }: TaskResult): Uint8Array<ArrayBuffer> {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return encodeCbor([domain, stdout, sorted.map(({ path, bytes }) => [path, bytes])]);
}

/** @throws FormatError */
export function parseResult(bytes: Uint8Array): TaskResult {
  const value = decodeCbor(bytes, { maximumDepth: 3 });
  const [name, stdout, files] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (name !== domain || !(stdout instanceof Uint8Array) || !Array.isArray(files)) {
    throw new FormatError(`Expected a result that begins with "${domain}".`, 0);
  }
  return {
    stdout,
    files: files.map((entry: unknown) => {
      const [path, content] = Array.isArray(entry) ? (entry as readonly unknown[]) : [];
      if (typeof path === 'string' && staysInside(path) && content instanceof Uint8Array)
        return { path, bytes: content };
      throw new FormatError('Expected a path that stays inside of a folder, and a file of the result.', 0);
    }),
  };
}

/** Whoever writes these files down must not be led elsewhere, on any system. */
function staysInside(path: string): boolean {
  return !/[\\:\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

export const outputInfo = utf8('affidavit/output/1');

/** What the sealed result is bound to: the task that it is of. */
export function outputBinding(
  statement: Pick<TaskStatement, 'chainId' | 'contract' | 'id' | 'program' | 'dataSet' | 'result'>,
): Uint8Array<ArrayBuffer> {
  const { chainId, contract, id, program, dataSet, result } = statement;
  const hashes = [program, dataSet, result].map((hash) => fromHex0x(hash));
  return encodeCbor(['affidavit/output/1', chainId, fromHex0x(contract), Number(id), ...hashes]);
}
