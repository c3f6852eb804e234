import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { privateKeyToAccount } from 'viem/accounts';
import type { Hex } from '../core/evm/hex.ts';
import { batchProof, encodeBatchProof } from '../core/network/batch.ts';
import { encodeOpening } from '../core/network/opening.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { openNetworkLedger, type NetworkLedger } from '../services/node/networkLedger.ts';
import { NetworkReader } from '../services/node/networkReader.ts';
import { awaitResponse } from '../services/node/vm/awaitResponse.ts';
import {
  initiateAttestation,
  initiateBatch,
  type AttestationAsked,
  type AttestationRequested,
} from '../services/node/vm/initiateAttestation.ts';
import { readersOf } from '../services/node/vm/readersOf.ts';
import { stateFolder } from '../services/process/stateFolder.ts';
import { writeFileDurably } from '../services/process/writeFileDurably.ts';
import { readArgs, wrongCall } from './args.ts';
import type { ExitCode, Io } from './io.ts';
import { networkPin, readAllEvidence, readEvidence, readVmId, sayResponse } from './networkAsked.ts';
import { networkUsage } from './networkUsage.ts';
import { readTrust } from './readTrust.ts';

const optionKinds = {
  trust: 'value',
  node: 'values',
  vm: 'values',
  hide: 'value',
  batch: 'value',
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
  const vmIds = options.vm.map(readVmId);
  const ledger = openNetworkLedger({ rpc, pin, contract, account: accountOf(options.account) });
  const nodes = options.node.map((url) => url.replace(/\/$/, ''));
  const reader = new NetworkReader({ rpc, pin, contract, signal: io.signal });
  let asked: AttestationRequested;
  if (options.batch === undefined) {
    const evidence = await readEvidence(rest, options.with, io);
    const [vmId] = vmIds;
    const hidden = options.hide === undefined ? undefined : await hide(options.hide, evidence, reader, ledger, io);
    const machine = { ...(vmId === undefined ? {} : { vmId }), ...(hidden && { hidden }) };
    asked = await initiateAttestation(ledger, { evidence, nodes, ...machine });
  } else {
    if (options.hide !== undefined) throw wrongCall('A batch shows its measurements: --hide is for one.', networkUsage);
    const all = await readAllEvidence(rest, options.with, io);
    if (vmIds.length > 0 && vmIds.length !== all.length) {
      throw wrongCall('Give --vm once for each document, in their order, or not at all.', networkUsage);
    }
    const machines = all.map((evidence, index) => ({ evidence, ...(vmIds[index] && { vmId: vmIds[index] }) }));
    asked = await askTogether(options.batch, machines, nodes, ledger, io);
  }
  if (!options.json) io.say(`Request ${asked.requestId} is in block ${asked.block}: waiting for its record.`);
  return sayResponse(await awaitResponse(ledger, reader, asked), asked.requestId, options.json, io);
}

/** The opening is in a file before anything is asked: who loses it can show none of the measurements any more. */
async function hide(
  file: string,
  evidence: Uint8Array,
  reader: NetworkReader,
  ledger: NetworkLedger,
  io: Io,
): Promise<NonNullable<AttestationAsked['hidden']>> {
  const saltKey = new Uint8Array(randomBytes(32));
  await writeFileDurably(resolve(io.folder, file), encodeOpening({ saltKey, evidence }));
  return { saltKey, readers: await readersOf(reader, ledger) };
}

/** The list, from which `certify` makes certificates, and for each machine the proof that shows it alone. */
async function askTogether(
  folder: string,
  machines: Parameters<typeof initiateBatch>[1],
  nodes: readonly string[],
  ledger: NetworkLedger,
  io: Io,
): Promise<AttestationRequested> {
  const place = await stateFolder(resolve(io.folder, folder));
  const { leaves, list, ...asked } = await initiateBatch(ledger, machines, nodes);
  await writeFileDurably(join(place, 'batch.json'), list, 0o644);
  for (const index of leaves.keys()) {
    const proof = encodeBatchProof(batchProof(asked.requestId, leaves, index));
    await writeFileDurably(join(place, `machine-${index + 1}.json`), proof, 0o644);
  }
  return asked;
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
