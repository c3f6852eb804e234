import { decodeRlpList, encodeRlp, type RlpItem } from '../rlp.ts';
import type { Header } from '../header.ts';
import { toHex0x } from '../hex.ts';
import { address, addresses, extraFault, hashOf, sealsOf, withExtraData, type Sealed, type Vote } from './sealed.ts';

/**
 * QBFT as Hyperledger Besu writes it: extraData = rlp [vanity, [validators], vote, round, [seals]]. A seal signs the header with no seals, the block's
 * hash leaves the round out as well, so one block may come with different rounds and seals.
 * @throws FormatError
 */
export function sealedByQbft(header: Header): Sealed {
  const [vanity, validators, vote, round, seals] = fiveItems(header);
  return sealed(header, validators, seals, qbftVote(vote, header), {
    signed: [vanity, validators, vote, round, []],
    hashed: [vanity, validators, vote, new Uint8Array(), []],
  });
}

/**
 * IBFT 2.0 as Hyperledger Besu writes it: as QBFT, but the round has four bytes, an absent vote is an empty string, and what is signed and hashed leaves
 * the last items out instead of emptying them.
 * @throws FormatError
 */
export function sealedByIbft2(header: Header): Sealed {
  const [vanity, validators, vote, round, seals] = fiveItems(header);
  if (!(round instanceof Uint8Array) || round.length !== 4) throw extraFault('a round of four bytes');
  return sealed(header, validators, seals, ibft2Vote(vote, header), {
    signed: [vanity, validators, vote, round],
    hashed: [vanity, validators, vote],
  });
}

type Extra = readonly [vanity: RlpItem, validators: RlpItem, vote: RlpItem, round: RlpItem, seals: RlpItem];

function fiveItems({ extraData }: Header): Extra {
  const items = decodeRlpList(extraData);
  const [vanity, validators, vote, round, seals] = items;
  if (items.length !== 5 || !vanity || !validators || !vote || !round || !seals) throw extraFault('five items');
  if (!(vanity instanceof Uint8Array) || vanity.length !== 32) throw extraFault('32 bytes of vanity');
  if (!(round instanceof Uint8Array) || round.length > 4) throw extraFault('a round of at most four bytes');
  return [vanity, validators, vote, round, seals];
}

interface Forms {
  readonly signed: readonly RlpItem[];
  readonly hashed: readonly RlpItem[];
}

function sealed(
  header: Header,
  validators: RlpItem,
  seals: RlpItem,
  vote: Vote | undefined,
  { signed, hashed }: Forms,
): Sealed {
  const listed = addresses(validators, 'validators');
  return {
    blockHash: toHex0x(hashOf(withExtraData(header, encodeRlp(hashed)))),
    sealHash: hashOf(withExtraData(header, encodeRlp(signed))),
    seals: sealsOf(seals),
    // In contract mode the list is empty: the set is in a contract's storage.
    listed: listed.length > 0 ? listed : undefined,
    vote,
    proposer: header.coinbase,
  };
}

/** No vote is an empty list; add is 0xff; drop is the byte 0x00 itself, which is not the empty string. */
function qbftVote(vote: RlpItem, { coinbase }: Header): Vote | undefined {
  if (vote instanceof Uint8Array) throw extraFault('a list for the vote');
  if (vote.length === 0) return undefined;
  return readVote(vote, coinbase);
}

function ibft2Vote(vote: RlpItem, { coinbase }: Header): Vote | undefined {
  if (!(vote instanceof Uint8Array)) return readVote(vote, coinbase);
  if (vote.length > 0) throw extraFault('an empty string or a list for the vote');
  return undefined;
}

function readVote(vote: readonly RlpItem[], voter: Vote['voter']): Vote {
  const [candidate, kind] = vote;
  const byte = kind instanceof Uint8Array && kind.length === 1 ? kind[0] : undefined;
  if (vote.length !== 2 || (byte !== 0xff && byte !== 0)) throw extraFault('a vote of an address and 0xff or 0x00');
  return { candidate: address(candidate, 'candidates'), add: byte === 0xff, voter };
}
