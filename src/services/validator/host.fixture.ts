import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { didRegistryBytecode } from '../../contracts/didRegistry.ts';
import { revocationRegistryBytecode } from '../../contracts/revocationRegistry.ts';
import { startLedger } from '../ledger/startLedger.ts';
import { openHostNetwork, type HostNetwork, type HostNetworkLedger } from './openHostNetwork.ts';

/** A network in a folder of its own, which is deleted when it is stopped; on a ledger of its own, of one validator, where that is asked for. */
export async function startHostNetwork(
  count = 5,
  threshold = 3,
  onLedger = false,
): Promise<HostNetwork & { readonly folder: string; readonly ledger: HostNetworkLedger | undefined }> {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-hosts-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const close of closers.toReversed()) await close();
  };
  try {
    const ledger = onLedger ? await startLedgerHere(join(folder, 'ledger'), closers) : undefined;
    const network = await openHostNetwork({ folder, count, threshold, ...(ledger && { ledger }) });
    closers.push(() => network.stop());
    return { ...network, folder, ledger, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startLedgerHere(folder: string, closers: (() => Promise<unknown>)[]): Promise<HostNetworkLedger> {
  const ledger = await startLedger({ folder, validators: 1 });
  closers.push(() => ledger.stop());
  const didRegistry = await ledger.deploy(didRegistryBytecode);
  const revocationRegistry = await ledger.deploy(revocationRegistryBytecode);
  const pin = ledger.pin({ DidRegistry: didRegistry, RevocationRegistry: revocationRegistry });
  return { call: ledger.call.bind(ledger), rpc: ledger.rpc, didRegistry, revocationRegistry, pin };
}
