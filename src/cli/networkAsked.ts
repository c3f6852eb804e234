import { isHex } from '../core/bytes/hex.ts';
import type { Hex } from '../core/evm/hex.ts';
import { maximumFileLength } from '../core/kinds/content.ts';
import { encodeEvidence } from '../core/network/evidenceFile.ts';
import type { RecordJudged } from '../core/network/judgeRecord.ts';
import type { EvmPin, Trust } from '../core/trust/trust.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { wrongCall } from './args.ts';
import { readGivenFile } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { networkUsage } from './networkUsage.ts';

/** The ledger of a trust file that has the network's contract. @throws AuditorError `usage` NETWORK_LEDGER */
export function networkPin({ evm = [] }: Pick<Trust, 'evm'>): { pin: EvmPin; contract: Hex; rpc: readonly string[] } {
  const found = evm.filter(({ contracts }) => contracts?.['AttestationNetwork'] !== undefined);
  const [pin] = found;
  if (found.length === 1 && pin)
    return { pin, contract: pin.contracts?.['AttestationNetwork'] as Hex, rpc: pin.rpc ?? [] };
  const words = `The trust file has ${found.length === 0 ? 'no ledger' : 'several ledgers'} with a contract AttestationNetwork (evm[].contracts).`;
  throw new AuditorError('usage', 'NETWORK_LEDGER', words);
}

/** The evidence as it is given to nodes: one document, and what it is judged with. */
export async function readEvidence(
  files: readonly string[],
  companions: readonly string[],
  io: Io,
): Promise<Uint8Array<ArrayBuffer>> {
  const [name] = files;
  if (name === undefined || files.length > 1) throw wrongCall('One attestation document is needed.', networkUsage);
  const [evidence] = await readAllEvidence([name], companions, io);
  return evidence as Uint8Array<ArrayBuffer>;
}

/** Each of several documents with the same companions. */
export async function readAllEvidence(
  files: readonly string[],
  companions: readonly string[],
  io: Io,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const read = async (each: string) =>
    new Uint8Array(await readGivenFile(io.folder, each, maximumFileLength, io.signal));
  const others: Uint8Array[] = [];
  for (const each of companions) others.push(await read(each));
  const found: Uint8Array<ArrayBuffer>[] = [];
  for (const each of files) found.push(new Uint8Array(encodeEvidence(await read(each), others)));
  return found;
}

export function readVmId(text: string): Hex {
  if (text.startsWith('0x') && isHex(text.slice(2), 32)) return text as Hex;
  throw wrongCall('--vm is 0x and 64 hex digits, in lower case.', networkUsage);
}

const words: Readonly<Record<RecordJudged['outcome'], string>> = {
  attested: 'Attested',
  refused: 'Not attested',
  pending: 'Not final',
  unproven: 'Not proven',
};

/** @returns 0 for what is attested, 1 for everything else */
export function sayResponse(
  { outcome, reasons, record, signers, needed }: RecordJudged,
  requestId: number,
  json: boolean,
  io: Io,
): ExitCode {
  if (json) io.line({ outcome, requestId, reasons, record: record ?? null, signers, needed });
  else {
    const lines = record
      ? [`record ${record.hash}`, `${signers.length} trust nodes signed it, ${needed} were needed`]
      : [];
    io.say(`${words[outcome]}: request ${requestId}\n${[...lines, ...reasons].map((line) => `  ${line}\n`).join('')}`);
  }
  return outcome === 'attested' ? 0 : 1;
}
