import type { Address } from 'viem';
import { voteKey } from '../../core/network/signVote.fixture.ts';
import type { SignedVote } from '../../core/network/vote.ts';
import { startAnvil } from '../contracts/anvil.ts';
import { deployNetworkContract } from '../contracts/networkContract.ts';

const word = (byte: number): `0x${string}` => `0x${byte.toString(16).padStart(2, '0').repeat(32)}`;

/** Gas of each step of an AttestationNetwork of seven trust nodes, calldata and the transaction's own 21,000 included, under the rules of istanbul. */
export async function networkGas(say: (step: string, gas: number) => void): Promise<void> {
  const anvil = await startAnvil();
  try {
    const contract = await anvilNetwork(anvil.rpc);
    const { founders, domain, keys } = contract;
    say('deploy', contract.deployGas);
    const take = async (from: Address, name: string, args: readonly unknown[] = []) => {
      const { error, gas } = await contract.send(from, name, args);
      if (error !== undefined) throw new Error(`${name}: ${error}`);
      return gas;
    };
    const joins: number[] = [];
    for (const [at, founder] of founders.entries())
      joins.push(await take(founder, 'join', [word(at + 1), keys[at]?.address]));
    say('join', joins[1] as number);
    say('join.last', joins[6] as number);
    const [sender] = founders as [Address];
    const ask = () => take(sender, 'request', [word(1), word(2), word(3), '0x']);
    await ask();
    say('request', await ask());
    say('requestBatch', await take(sender, 'requestBatch', [word(4), 100, word(5)]));
    const signed = (at: number, requestId: number, measurements: `0x${string}`): SignedVote => {
      const vote = { requestId, measurements, criteria: word(9), valid: true, epoch: 1 };
      return (keys[at] as (typeof keys)[number]).sign(vote, domain);
    };
    const plain = ({ vote }: SignedVote) => ({ ...vote, requestId: BigInt(vote.requestId), epoch: BigInt(vote.epoch) });
    const votes: number[] = [];
    for (let at = 0; at < 7; at += 1) {
      const each = signed(at, 1, word(2));
      votes.push(await take(sender, 'vote', [plain(each), each.signature]));
    }
    say('vote', votes[1] as number);
    say('vote.final', votes[4] as number);
    say('vote.after', votes[6] as number);
    const all = founders.map((_, at) => signed(at, 2, word(2)));
    say('submitVotes.7', await take(sender, 'submitVotes', [all.map(plain), all.map(({ signature }) => signature)]));
    await contract.pass(64);
    say('openEpoch', await take(sender, 'openEpoch'));
    const [first, second] = [true, false].map((valid) => {
      const vote = { requestId: 3, measurements: word(4), criteria: word(9), valid, epoch: 2 };
      return (keys[6] as (typeof keys)[number]).sign(vote, domain);
    }) as [SignedVote, SignedVote];
    say('slash', await take(sender, 'slash', [plain(first), first.signature, plain(second), second.signature]));
    say('depart', await take(founders[5] as Address, 'depart'));
  } finally {
    await anvil.stop();
  }
}

async function anvilNetwork(rpc: string) {
  const { accounts } = await deployNetworkContract(rpc, {
    epochBlocks: 64,
    seats: 1,
    founders: ['0x0000000000000000000000000000000000000001'],
    criteria: word(9),
    uri: '',
  });
  const founders = accounts.slice(0, 7);
  const settings = { epochBlocks: 64, seats: 7, founders, criteria: word(9), uri: 'sha3:' + '09'.repeat(32) };
  const contract = await deployNetworkContract(rpc, settings);
  const domain = { chainId: contract.chainId, verifyingContract: contract.address };
  return { ...contract, founders, domain, keys: founders.map((_, at) => voteKey(`gas ${at}`)) };
}
