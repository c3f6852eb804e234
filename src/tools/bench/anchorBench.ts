import type { Address, Hex } from 'viem';
import { traceAnchorAbi as abi } from '../../contracts/traceAnchor.ts';
import { keccak256 } from '../../core/bytes/hash.ts';
import { toHex0x } from '../../core/evm/hex.ts';
import { inclusionProof } from '../../core/merkle/inclusion.ts';
import { rootOf } from '../../core/merkle/rootOf.ts';
import { toContractMetadata } from '../../core/trace/anchor/contractMetadata.ts';
import { testMachine, testMetadata } from '../../core/trace/anchor/machine.fixture.ts';
import { traceDigest } from '../../core/trace/metadata.ts';
import { startAnvil } from '../contracts/anvil.ts';
import { deployTraceContract } from '../contracts/traceContract.ts';
import { type Bench, figure } from './figure.ts';

const zero: Hex = `0x${'00'.repeat(32)}`;
const name: Hex = `0x${'a1'.repeat(32)}`;

/** Gas of keys, anchors and proofs on chain: secp256k1 under the rules of istanbul, P-256 under those of osaka, where calldata costs more. */
export const anchorBench: Bench = {
  name: 'anchors',
  about: 'gas of registering machines, anchoring traces and checking inclusion on the TraceAnchor contract',
  run: async ({ emit }) => {
    for (const [algorithm, hardfork] of [
      ['secp256k1', 'istanbul'],
      ['p256', 'osaka'],
    ] as const) {
      const anvil = await startAnvil(hardfork);
      try {
        const contract = await deployTraceContract(anvil.rpc);
        const gas = (step: string, amount: number) => emit([figure(`anchors.gas.${algorithm}.${step}`, amount, 'gas')]);
        gas('deploy', contract.deployGas);
        const [owner] = contract.accounts as [Address];
        const machine = testMachine(algorithm, 'bench');
        const { x, y } = machine.key;
        const number = algorithm === 'p256' ? 1 : 2;
        const set = () => contract.send(owner, 'setKey', [name, number, toHex0x(x), toHex0x(y), zero, zero]);
        gas('setKey.first', (await set()).gas);
        gas('setKey.exchanged', (await set()).gas);
        const vm = (await contract.view('vmId', [owner, name])) as Hex;
        let previous = zero;
        for (const step of ['anchor.first', 'anchor']) {
          const metadata = testMetadata({ vm: vm.slice(2), previous: previous.slice(2), time: contract.now() });
          const domain = { chainId: contract.chainId, verifyingContract: contract.address };
          const signature = await machine.sign(traceDigest(metadata, domain));
          const [r, s] = [toHex0x(signature.subarray(0, 32)), toHex0x(signature.subarray(32))];
          const outcome = await contract.send(owner, 'anchor', [toContractMetadata(metadata), r, s]);
          if (outcome.error !== undefined) throw new Error(outcome.error);
          gas(step, outcome.gas);
          previous = outcome.args?.['id'] as Hex;
        }
        gas('retireKey', (await contract.send(owner, 'retireKey', [name])).gas);
        for (const depth of [10, 20]) {
          const path = Array.from({ length: depth }, (_, index) => keccak256(Uint8Array.of(index)));
          const count = 2 ** depth;
          const args = [zero, BigInt(count), 5n, zero, path.map(toHex0x)] as const;
          const { client, address } = contract;
          // The whole call costs what its execution, its calldata and a transaction's own 21,000 do.
          const call = { abi, address, functionName: 'included', args, account: owner } as const;
          gas(`included.depth${depth}`, Number(await client.estimateContractGas(call as never)));
        }
        const leaves = Array.from({ length: 8 }, (_, index) => keccak256(Uint8Array.of(0, index)));
        const path = inclusionProof(leaves, 3, keccak256).map(toHex0x);
        const holds = await contract.view('included', [
          toHex0x(rootOf(leaves, keccak256)),
          8n,
          3n,
          toHex0x(leaves[3] as Uint8Array),
          path,
        ]);
        if (holds !== true) throw new Error('A proof that holds was refused.');
      } finally {
        await anvil.stop();
      }
    }
  },
};
