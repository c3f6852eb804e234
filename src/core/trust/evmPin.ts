import { distinct, integer, list, object, record, refuse, text, word, type Reader } from './form.ts';
import type { EvmPin } from './trust.ts';
import { address, hash32 } from './values.ts';

const members = object<EvmPin>(
  {
    chainId: integer(1),
    rpc: list(text('the http or https address of a node', 2048, /^https?:\/\/\S+$/), 64),
    consensus: word('qbft', 'ibft2', 'ibft1', 'clique', 'aura', 'ethereum'),
    validators: list(address, 1024),
    from: integer(0),
    to: integer(0),
    quorum: integer(1, 1024),
    checkpoint: object<NonNullable<EvmPin['checkpoint']>>({ number: integer(0), hash: hash32 }, ['number', 'hash']),
    contracts: record(/^[A-Za-z][\w.-]{0,63}$/, 'the name of a contract', address, 1024),
  },
  ['chainId', 'consensus'],
);

const network: Reader<EvmPin> = (value, path) => {
  const found = members(value, path);
  const { from, to, quorum, validators } = found;
  if (from !== undefined && to !== undefined && to < from) refuse(`${path}.to`, `at least from (${from})`, to);
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
