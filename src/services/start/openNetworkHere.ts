import { join } from 'node:path';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { startNetwork } from '../node/startNetwork.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import type { StackLedger } from './openLedger.ts';

/**
 * A node of the attestation network for each validator of the local ledger, in the background; says where they are when they answer, or why they are not there.
 * @param nameContract puts the network's contract into the stack's trust file, once there is one
 * @returns what stops them, also while they still start
 */
export function openNetworkHere(
  ledger: StackLedger,
  folder: string,
  log: (words: string) => void,
  shortPath: (path: string) => string,
  nameContract: (name: string, address: Hex) => Promise<void>,
): () => Promise<void> {
  const open = async () => {
    const network = await startNetwork({ ledger, pin: ledger.pin, folder, onTrouble: log });
    const trustFile = join(folder, 'trust.json');
    await writeFileDurably(trustFile, serializeTrust({ evm: [network.pin] }), 0o644);
    await nameContract('AttestationNetwork', network.contract);
    // One that nothing else here uses: whose transactions wait for nobody's.
    const account = (await ledger.call<readonly Hex[]>('eth_accounts')).at(-1) ?? '';
    return { network, trustFile, account };
  };
  const opening = open();
  opening.then(
    ({ network: { nodes, contract }, trustFile, account }) => {
      const node = nodes[0]?.url ?? '';
      log(
        `${nodes.length} nodes of the attestation network (simulated enclaves) answer, contract ${contract}:\n          npm run -s network -- status --node ${node}\n          npm run -s audit -- --trust ${shortPath(trustFile)} --network ${ledger.chainId}/${contract}\n          npm run -s network -- request --trust ${shortPath(trustFile)} --node ${node} --account ${account} public/samples/attestation.nitro.bin`,
      );
    },
    (error: Error) => log(`There is no attestation network: ${error.message}`),
  );
  return async () => (await opening.catch(() => undefined))?.network.stop();
}
