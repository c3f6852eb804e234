import { privateKeyToAccount } from 'viem/accounts';
import type { Hex } from '../core/evm/hex.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { openNetworkLedger } from '../services/node/networkLedger.ts';
import { NetworkReader } from '../services/node/networkReader.ts';
import { awaitResponse } from '../services/node/vm/awaitResponse.ts';
import { initiateAttestation } from '../services/node/vm/initiateAttestation.ts';
import { readArgs, wrongCall } from './args.ts';
import type { ExitCode, Io } from './io.ts';
import { networkPin, readEvidence, readVmId, sayResponse } from './networkAsked.ts';
import { networkUsage } from './networkUsage.ts';
import { readTrust } from './readTrust.ts';

const optionKinds = {
  trust: 'value',
  node: 'values',
  vm: 'value',
  with: 'values',
  account: 'value',
  json: 'flag',
} as const;

/** `network request`: as a machine asks, and believes nobody's answer. */
export async function networkRequest(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, optionKinds, networkUsage);
  if (options.trust === undefined || options.node.length === 0) {
    throw wrongCall('A trust file and the address of a node are needed.', networkUsage);
  }
  const { pin, contract, rpc } = networkPin(await readTrust(io.folder, options.trust, io.signal));
  const evidence = await readEvidence(rest, options.with, io);
  const vmId = readVmId(options.vm);
  const ledger = openNetworkLedger({ rpc, pin, contract, account: accountOf(options.account) });
  const nodes = options.node.map((url) => url.replace(/\/$/, ''));
  const asked = await initiateAttestation(ledger, { evidence, nodes, ...(vmId === undefined ? {} : { vmId }) });
  if (!options.json) io.say(`Request ${asked.requestId} is in block ${asked.block}: waiting for its record.`);
  const reader = new NetworkReader({ rpc, pin, contract, signal: io.signal });
  return sayResponse(await awaitResponse(ledger, reader, asked), asked.requestId, options.json, io);
}

function accountOf(address: string | undefined) {
  const key = process.env['AFFIDAVIT_ACCOUNT_KEY'];
  if (address !== undefined) {
    if (/^0x[0-9a-f]{40}$/i.test(address)) return address as Hex;
    throw new AuditorError('usage', 'NETWORK_ACCOUNT', '--account is an address: 0x and 40 hex digits.');
  }
  if (key !== undefined && /^0x[0-9a-f]{64}$/i.test(key)) return privateKeyToAccount(key as Hex);
  const words =
    'Whose transaction is it? Name an account of the node with --account, or give a private key in AFFIDAVIT_ACCOUNT_KEY.';
  throw new AuditorError('usage', 'NETWORK_ACCOUNT', words);
}
