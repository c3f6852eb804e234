import { sealOpening } from '../../../audit/hpke/openingEnvelope.ts';
import { decodeUtf8 } from '../../../core/bytes/bytes.ts';
import type { Hex } from '../../../core/evm/hex.ts';
import type { Opening } from '../../../core/network/opening.ts';
import { openingKeySigner, parseOpeningKey } from '../../../core/network/openingKey.ts';
import type { NetworkDomain } from '../../../core/network/vote.ts';
import { askPeer, PeerRefusal, sendToPeer } from '../peers.ts';

/** Whom an opening may be given to: the active nodes as proven events show them, the key that each votes with by its account. */
export interface OpeningReaders {
  readonly domain: NetworkDomain;
  readonly keys: ReadonlyMap<Hex, Hex>;
}

/** Addresses. */
export interface OpeningGiven {
  readonly given: readonly string[];
  /** Of nodes that have no room for what the ledger does not name: when it is named, they take it. */
  readonly later: readonly string[];
}

/**
 * Gives an opening to nodes, who give it to nobody: sealed to the key of each, for which that node's vote key vouches, so that neither who listens on the way nor who
 * answers in a node's place reads it.
 */
export async function giveOpening(
  nodes: readonly string[],
  opening: Opening,
  { domain, keys }: OpeningReaders,
): Promise<OpeningGiven> {
  const said = await Promise.allSettled(
    nodes.map(async (node) => {
      const own = parseOpeningKey(decodeUtf8(await askPeer(`${node}/opening-key`, 1024)));
      const voter = keys.get(own.account);
      if (voter === undefined || openingKeySigner(own, domain) !== voter) throw new Error('no key of a node');
      const sealed = await sealOpening(opening, own.publicKey, { domain, account: own.account });
      await sendToPeer(`${node}/openings`, sealed);
    }),
  );
  const isLater = (each: (typeof said)[number] | undefined) =>
    each?.status === 'rejected' && each.reason instanceof PeerRefusal && each.reason.status === 507;
  return {
    given: nodes.filter((_, place) => said[place]?.status === 'fulfilled'),
    later: nodes.filter((_, place) => isLater(said[place])),
  };
}
