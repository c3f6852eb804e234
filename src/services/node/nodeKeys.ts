import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import {
  voteDigest,
  voteSignatureOf,
  type NetworkDomain,
  type SignedVote,
  type Vote,
} from '../../core/network/vote.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { validatorKey } from '../ledger/validatorKey.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';

/** What signs votes; in earnest it is inside the enclave that the node's document speaks of. */
export interface VoteKey {
  readonly address: Hex;
  sign(vote: Vote): SignedVote;
  /** r ‖ s ‖ v, v 0 or 1, over 32 bytes that are no vote's digest. */
  signDigest(digest: Uint8Array): Hex;
}

/** The node's own key in its folder, made at first use. @throws AuditorError `source` NODE_KEY | IO_… */
export async function loadVoteKey(folder: string, domain: NetworkDomain): Promise<VoteKey> {
  const path = join(await stateFolder(folder), 'vote-key');
  let secret: Hex;
  try {
    secret = (await readFile(path, 'utf8')).trim() as Hex;
  } catch (error) {
    if (faultCode(error) !== 'ENOENT') throw ioFault(`The key ${path} cannot be read`, error);
    secret = toHex0x(secp256k1.utils.randomSecretKey());
    await writeFileDurably(path, `${secret}\n`);
  }
  demandKey(secret, path);
  const key = validatorKey(fromHex0x(secret));
  return {
    address: key.address,
    signDigest: (digest) => key.sign(digest),
    sign(vote) {
      const signature = fromHex0x(key.sign(voteDigest(vote, domain)));
      signature[64] = (signature[64] ?? 0) + 27;
      return { vote, signature: voteSignatureOf(signature) };
    },
  };
}

/** The account that sends a node's transactions. @throws AuditorError `source` NODE_KEY | IO_… */
export async function loadAccount(path: string): Promise<PrivateKeyAccount> {
  let secret: string;
  try {
    secret = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw ioFault(`The key ${path} cannot be read`, error);
  }
  demandKey(secret, path);
  return privateKeyToAccount(secret as Hex);
}

function demandKey(secret: string, path: string): void {
  if (/^0x[0-9a-f]{64}$/.test(secret)) return;
  throw new AuditorError('source', 'NODE_KEY', `${path} holds no key: 0x and 64 hex digits were expected.`);
}
