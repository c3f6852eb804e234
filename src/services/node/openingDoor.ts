import { join } from 'node:path';
import { publicKeyBytes } from '../../audit/hpke/hpke.ts';
import { openOpening } from '../../audit/hpke/openingEnvelope.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { encodeOpening } from '../../core/network/opening.ts';
import { openingKeyDigest, type OpeningKey } from '../../core/network/openingKey.ts';
import type { NetworkDomain } from '../../core/network/vote.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { HttpFault } from '../process/httpFault.ts';
import { openHpkeKey } from '../process/hpkeKeyFile.ts';
import type { VoteKey } from './nodeKeys.ts';
import type { PrivateStore } from './privateStore.ts';

/** Where a node takes openings: sealed to its own key, so that nobody on the way reads them. */
export interface OpeningDoor {
  /** What to seal to, signed with the vote key. */
  readonly key: OpeningKey;
  /** @returns the commitment that it opens. @throws HttpFault 400 OPENING_SEALED | 507 OPENINGS_FULL, and as `PrivateStore.write` */
  take(sealed: Uint8Array): Promise<Hex>;
}

/** @throws AuditorError `source` IO_… | KEY_DAMAGED */
export async function openOpeningDoor(
  { folder, domain, account }: { readonly folder: string; readonly domain: NetworkDomain; readonly account: Hex },
  voteKey: VoteKey,
  store: PrivateStore,
): Promise<OpeningDoor> {
  const pair = await openHpkeKey(join(folder, 'opening-key'), 'openings that are under way open with no other');
  const said = { account, publicKey: await publicKeyBytes(pair) };
  return {
    key: { ...said, signature: voteKey.signDigest(openingKeyDigest(domain, said)) },
    async take(sealed) {
      const opening = await openOpening(sealed, pair, { domain, account });
      if (opening) return store.write(encodeOpening(opening)).catch(refused);
      throw new HttpFault(
        400,
        'OPENING_SEALED',
        'That is no opening sealed to this node: GET /opening-key says what to seal it to.',
      );
    },
  };
}

/** Strangers fill the room as they like: to whoever runs the node that is no failure to read of. */
function refused(error: unknown): never {
  if (error instanceof AuditorError && error.code === 'OPENINGS_FULL') {
    throw new HttpFault(507, error.code, error.message);
  }
  throw error;
}
