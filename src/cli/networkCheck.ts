import { sha3 } from '../core/bytes/hash.ts';
import { toHex0x } from '../core/evm/hex.ts';
import { describeEvidence } from '../core/network/judgeEvidence.ts';
import { validateResponse } from '../services/node/vm/validateResponse.ts';
import { readArgs, wrongCall } from './args.ts';
import type { ExitCode, Io } from './io.ts';
import { networkPin, readEvidence, readVmId, sayResponse } from './networkAsked.ts';
import { networkUsage } from './networkUsage.ts';
import { readTrust } from './readTrust.ts';

const optionKinds = { trust: 'value', request: 'value', vm: 'value', with: 'values', json: 'flag' } as const;

/** `network check`: a record that is there, held against the document that was asked about. */
export async function networkCheck(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, optionKinds, networkUsage);
  const requestId = Number(options.request);
  if (options.trust === undefined || !Number.isSafeInteger(requestId) || requestId < 1) {
    throw wrongCall('A trust file and the number of a request are needed.', networkUsage);
  }
  const { pin, contract, rpc } = networkPin(await readTrust(io.folder, options.trust, io.signal));
  const bytes = await readEvidence(rest, options.with, io);
  const { measurements, documentId } = await describeEvidence(bytes);
  const vmId = options.vm === undefined ? documentId : readVmId(options.vm);
  const evidence = toHex0x(sha3(bytes));
  const asked = { requestId, vmId, measurements, evidence, enclaveSignature: '0x' } as const;
  const found = await validateResponse({ rpc, pin, contract, signal: io.signal }, asked);
  return sayResponse(found, requestId, options.json, io);
}
