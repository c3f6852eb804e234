import type { Abi } from 'viem';
import { attestationNetworkAbi, attestationNetworkTopics } from '../../contracts/attestationNetwork.ts';
import { decodeEvent } from '../evm/decodeEvent.ts';
import type { ProvenEvent } from '../evm/events.ts';
import type { Hex } from '../evm/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { NetworkEvent, NetworkSaying } from './networkEvent.ts';
import type { SignedVote } from './vote.ts';

export interface NetworkLog {
  readonly events: readonly NetworkEvent[];
  /** Events that could not be taken for the contract's, and why. */
  readonly faults: readonly { readonly event: ProvenEvent; readonly reason: string }[];
}

type Args = Readonly<Record<string, unknown>>;

const interfaces = new Map<string, Abi>(
  attestationNetworkAbi.flatMap((item) =>
    item.type === 'event' ? [[attestationNetworkTopics[item.name], [item]] as const] : [],
  ),
);

/** What the contract said, in its order; events of other addresses are not looked at. */
export function readNetworkEvents(events: readonly ProvenEvent[], contract: Hex): NetworkLog {
  const read: NetworkEvent[] = [];
  const faults: { event: ProvenEvent; reason: string }[] = [];
  for (const event of events) {
    if (event.address.toLowerCase() !== contract.toLowerCase()) continue;
    try {
      const vote = readVoteCast(event);
      if (vote) {
        read.push({ event, said: vote });
        continue;
      }
      const { name, args } = decodeEvent(interfaces.get(event.topics[0] ?? '') ?? attestationNetworkAbi, event);
      read.push({ event, said: sayingOf(name, args) });
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      faults.push({ event, reason: error.message });
    }
  }
  return { events: read, faults };
}

/**
 * Most events are votes, and all of a vote is single words: read as they stand they cost a hundredth of what decoding costs. Undefined for everything else, also for a vote whose words
 * are not the ABI's; whoever decodes it says what is wrong.
 */
function readVoteCast({ topics, data }: ProvenEvent): NetworkSaying | undefined {
  const [name, requestId, account] = topics;
  if (name !== attestationNetworkTopics.VoteCast || topics.length !== 3 || data.length !== 2 + 8 * 64) return undefined;
  const word = (at: number) => data.slice(2 + at * 64, 66 + at * 64);
  const [measurements, criteria, valid, epoch, r, s, v] = [0, 1, 2, 3, 4, 5, 6].map(word) as [string, ...string[]];
  const numbers = [(requestId ?? '').slice(2), epoch ?? '', valid ?? '', v ?? ''].map(smallNumber);
  const [id = -1, of = -1, yes = -1, recovery = -1] = numbers;
  if (numbers.includes(-1) || yes > 1 || recovery > 255 || !/^0x0{24}[0-9a-f]{40}$/.test(account ?? ''))
    return undefined;
  return {
    name: 'VoteCast',
    account: `0x${(account ?? '').slice(26)}`,
    vote: { requestId: id, measurements: `0x${measurements}`, criteria: `0x${criteria}`, valid: yes === 1, epoch: of },
    signature: { r: `0x${r}`, s: `0x${s}`, v: recovery },
  };
}

/** A word as a number below 2⁵²; −1 for any other. */
function smallNumber(word: string): number {
  return /^0{51}[0-9a-f]{13}$/.test(word) ? Number.parseInt(word.slice(51), 16) : -1;
}

/** A decoded event with lower-case addresses and safe numbers. @throws FormatError for a number that nobody can use */
export function sayingOf(name: string, args: Args): NetworkSaying {
  if (name === 'VoteCast') return { name, account: lower(args['account']), ...signedVote(args, args) };
  if (name === 'NodeSlashed') {
    return {
      name,
      account: lower(args['account']),
      requestId: whole(args['requestId']),
      first: signedVote(args['first'] as Args, args['firstSignature'] as Args),
      second: signedVote(args['second'] as Args, args['secondSignature'] as Args),
    };
  }
  const { running: _, ...rest } = args;
  const entries = Object.entries(rest).map(([key, value]) => [key, plain(value)]);
  return { name, ...Object.fromEntries(entries) } as unknown as NetworkSaying;
}

function signedVote(vote: Args, signature: Args): SignedVote {
  return {
    vote: {
      requestId: whole(vote['requestId']),
      measurements: vote['measurements'] as Hex,
      criteria: vote['criteria'] as Hex,
      valid: vote['valid'] as boolean,
      epoch: whole(vote['epoch']),
    },
    signature: { r: signature['r'] as Hex, s: signature['s'] as Hex, v: whole(signature['v']) },
  };
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'bigint') return whole(value);
  return typeof value === 'string' && value.startsWith('0x') && value.length === 42 ? value.toLowerCase() : value;
}

function lower(value: unknown): Hex {
  return (value as string).toLowerCase() as Hex;
}

function whole(value: unknown): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new FormatError(`Event: expected a number below 2^53, found ${number}.`, 0);
  return number;
}
