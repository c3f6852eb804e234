import { parseTraceFile } from '../core/trace/traceFile.ts';
import { maximumFileLength } from '../core/kinds/content.ts';
import { AuditorError, FormatError } from '../core/verdict/auditorError.ts';
import { readArgs, wrongCall } from './args.ts';
import { readGivenFile } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { readTrust } from './readTrust.ts';
import { openTraceLedger } from './traceLedger.ts';
import { traceUsage } from './traceUsage.ts';

/** `trace anchor`: the metadata and signature of a trace, sent to the contract that they were signed for. */
export async function traceAnchor(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, { trust: 'value', account: 'value' }, traceUsage);
  const [name] = rest;
  if (options.trust === undefined || name === undefined || rest.length > 1) {
    throw wrongCall('A trust file and one trace are needed.', traceUsage);
  }
  const trust = await readTrust(io.folder, options.trust, io.signal);
  const ledger = openTraceLedger(trust, options.account);
  const bytes = await readGivenFile(io.folder, name, maximumFileLength, io.signal);
  const { metadata, domain, signed } = readFile(name, bytes);
  const { chainId, verifyingContract } = ledger.domain;
  if (!signed || domain.chainId !== chainId || domain.verifyingContract !== verifyingContract) {
    const words = signed
      ? `${name} was signed for the contract ${domain.verifyingContract} of ledger ${domain.chainId}, the trust file names ${verifyingContract} of ${chainId}.`
      : `${name} is not signed: run the program with --trust.`;
    throw new AuditorError('usage', 'TRACE_SIGNED', words);
  }
  const { id, block, transaction } = await ledger.anchor(metadata, signed.signature);
  io.line({ file: name, id, block, transaction, chainId, contract: verifyingContract });
  io.say(`${name} is anchored in block ${block} of ledger ${chainId}.`);
  return 0;
}

function readFile(name: string, bytes: Uint8Array) {
  try {
    return parseTraceFile(bytes);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AuditorError('usage', 'TRACE_FILE', `${name} is no trace: ${cause.message}`, { cause });
  }
}
