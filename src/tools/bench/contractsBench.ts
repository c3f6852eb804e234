import type { Address } from 'viem';
import { startAnvil } from '../contracts/anvil.ts';
import type { Outcome } from '../contracts/deployContract.ts';
import { deployTaskContract } from '../contracts/taskContract.ts';
import { type Bench, figure } from './figure.ts';

/** Typical text of a task or an offer. */
const metadata = JSON.stringify({ title: 'Cohort study, second wave', program: 'https://example.org/study.wasm' });
const word = (byte: number): `0x${string}` => `0x${byte.toString(16).padStart(2, '0').repeat(32)}`;

/** Gas of each step of a task, calldata and the transaction's own 21,000 included, under the rules of istanbul. */
export const contractsBench: Bench = {
  name: 'contracts',
  about: 'gas of each step of a task on the ProofOfExecution contract',
  run: async ({ emit }) => {
    const anvil = await startAnvil();
    try {
      const contract = await deployTaskContract(anvil.rpc);
      const gas = (step: string, amount: number) => emit([figure(`contracts.gas.${step}`, amount, 'gas')]);
      gas('deploy', contract.deployGas);
      const [owner, processor] = contract.accounts as [Address, Address];
      const later = BigInt(contract.now() + 100_000);
      const take = async (outcome: Promise<Outcome>): Promise<bigint> => {
        const { error, args, gas: used } = await outcome;
        if (error !== undefined) throw new Error(error);
        last = used;
        return (args?.['id'] ?? args?.['offer']) as bigint;
      };
      let last = 0;
      const submit = () =>
        take(contract.send(owner, 'submitTask', [word(1), word(2), word(3), word(4), later, metadata]));
      const advertise = () => take(contract.send(processor, 'advertise', [word(5), later, metadata]));
      // The first of all also fills the two slots of the counter, which every other one finds filled.
      await submit();
      gas('submitTask.first', last);

      const ready = async () => {
        const [id, offer] = [await submit(), await advertise()];
        await take(contract.send(processor, 'matchTask', [id, offer]));
        await take(contract.send(owner, 'approve', [id, offer]));
        return id;
      };
      const now = () => BigInt(contract.now());
      const start = (id: bigint) => contract.send(processor, 'start', [id, word(6), now()]);

      const id = await submit();
      gas('submitTask', last);
      const offer = await advertise();
      gas('advertise', last);
      await take(contract.send(processor, 'matchTask', [id, offer]));
      gas('matchTask', last);
      await take(contract.send(processor, 'withdraw', [id]));
      gas('withdraw', last);
      await take(contract.send(processor, 'matchTask', [id, offer]));
      await take(contract.send(owner, 'approve', [id, offer]));
      gas('approve', last);
      await take(start(id));
      gas('start', last);
      await take(contract.send(processor, 'complete', [id, word(7), word(8), word(9), now()]));
      gas('complete', last);
      await take(contract.send(owner, 'annotate', [id, word(10), `0x${'ab'.repeat(128)}`]));
      gas('annotate.128bytes', last);
      await take(contract.send(processor, 'fail', [await ready(), word(11)]));
      gas('fail', last);
      await take(contract.send(owner, 'cancel', [await submit()]));
      gas('cancel', last);
      const late = await ready();
      await take(contract.send(owner, 'expire', [late], 200_000));
      gas('expire', last);
    } finally {
      await anvil.stop();
    }
  },
};
