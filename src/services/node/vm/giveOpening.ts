import { sealOpening } from '../../../audit/hpke/openingEnvelope.ts';
import { decodeUtf8 } from '../../../core/bytes/bytes.ts';
import type { Hex } from '../../../core/evm/hex.ts';
import type { Opening } from '../../../core/network/opening.ts';
import { openingKeySigner, parseOpeningKey } from '../../../core/network/openingKey.ts';
import type { NetworkDomain } from '../../../core/network/vote.ts';
import { askPeer, sendToPeer } from '../peers.ts';

/** Whom an opening may be given to: the active nodes as proven events show them, the key that each votes with by its account. */
export interface OpeningReaders {
  readonly domain: NetworkDomain;
  readonly keys: ReadonlyMap<Hex, Hex>;
}

/**
 * Gives an opening to nodes, who give it to nobody: sealed to the key of each, for which that node's vote key vouches, so that neither who listens on the way nor who
 * answers in a node's place reads it.
 * @returns how many of them have it now
 */
export async function giveOpening(
  nodes: readonly string[],
  opening: Opening,
  { domain, keys }: OpeningReaders,
): Promise<number> {
  const given = await Promise.allSettled(
    nodes.map(async (node) => {
      const said = parseOpeningKey(decodeUtf8(await askPeer(`${node}/opening-key`, 1024)));
      const voter = keys.get(said.account);
      if (voter === undefined || openingKeySigner(said, domain) !== voter) throw new Error('no key of a node');
      const sealed = await sealOpening(opening, said.publicKey, { domain, account: said.account });
      await sendToPeer(`${node}/openings`, sealed);
    }),
  );
  return given.filter(({ status }) => status === 'fulfilled').length;
}
