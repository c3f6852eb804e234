import { distinct, flag, integer, list, object, record, refuse, text, word, type Reader } from './form.ts';
import type { EvmCheckpoint, EvmPin, EvmVote } from './trust.ts';
import { address, hash32 } from './values.ts';

const nodes = list(text('the http or https address of a node', 2048, /^https?:\/\/\S+$/), 64);

const vote = object<EvmVote>({ voter: address, candidate: address, add: flag }, ['voter', 'candidate', 'add']);

const members = object<EvmPin>(
  {
    chainId: integer(1),
    rpc: nodes,
    consensus: word('qbft', 'ibft2', 'ibft1', 'clique', 'aura', 'ethereum'),
    validators: list(address, 1024),
    from: integer(0),
    to: integer(0),
    quorum: integer(1, 1024),
    epoch: integer(1),
    maximumAge: integer(1),
    checkpoint: object<EvmCheckpoint>({ number: integer(0), hash: hash32, votes: list(vote, 4096) }, [
      'number',
      'hash',
    ]),
    validatorContract: object<NonNullable<EvmPin['validatorContract']>>({ address, slot: integer(0) }, ['address']),
    beacon: object<NonNullable<EvmPin['beacon']>>({ checkpoint: hash32, rpc: nodes }, ['checkpoint', 'rpc']),
    contracts: record(/^[A-Za-z][\w.-]{0,63}$/, 'the name of a contract', address, 1024),
  },
  ['chainId', 'consensus'],
);

const network: Reader<EvmPin> = (value, path) => {
  const found = members(value, path);
  const { from, to, quorum, validators, consensus, validatorContract, beacon, checkpoint } = found;
  if (from !== undefined && to !== undefined && to < from) refuse(`${path}.to`, `at least from (${from})`, to);
  if (validatorContract && consensus !== 'qbft') {
    refuse(`${path}.validatorContract`, 'given for consensus qbft alone', validatorContract);
  }
  if (beacon && consensus !== 'ethereum') refuse(`${path}.beacon`, 'given for consensus ethereum alone', beacon);
  distinct(
    checkpoint?.votes ?? [],
    `${path}.checkpoint.votes`,
    'voter and candidate',
    ({ voter, candidate }) => `${voter} ${candidate}`,
  );
  if (validators) {
    distinct(validators, `${path}.validators`, 'address', (entry) => entry);
    if (quorum !== undefined && quorum > validators.length) {
      refuse(`${path}.quorum`, `at most the number of validators (${validators.length})`, quorum);
    }
  }
  return found;
};

/** What tells one entry from another: validators may be pinned for several ranges of one network's headers. */
export function evmKey({ chainId, from, to }: EvmPin): string {
  return from === undefined && to === undefined ? String(chainId) : `${chainId} (${from ?? 0}–${to ?? ''})`;
}

const entries = list(network, 256);

export const evm: Reader<readonly EvmPin[]> = (value, path) => {
  const found = entries(value, path);
  distinct(found, path, 'chainId and range', evmKey);
  return found;
};
