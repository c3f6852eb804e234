import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hex } from '../../core/evm/hex.ts';
import { voteSigner, type NetworkDomain, type SignedVote, type Vote } from '../../core/network/vote.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { readSignedVote } from './signedVoteJson.ts';

/**
 * What a node has bound itself to: one file for each request and epoch, on disk before anybody hears of the vote, so that a node that is killed and
 * started again says the same.
 */
export interface VoteJournal {
  /** The node's vote to a request in an epoch, if it has one. */
  get(requestId: number, epoch: number): SignedVote | undefined;
  /** Writes a vote down, or returns the one that is there: that alone may be sent. @throws AuditorError `source` IO_… */
  bind(vote: Vote, sign: (vote: Vote) => Promise<SignedVote>): Promise<SignedVote>;
  all(): readonly SignedVote[];
}

/**
 * @param folder of the node
 * @param key its address: a vote of another is a damaged journal
 * @throws AuditorError `source` JOURNAL_DAMAGED | IO_…
 */
export async function openVoteJournal(folder: string, domain: NetworkDomain, key: Hex): Promise<VoteJournal> {
  const path = await stateFolder(folder, 'votes', domain.verifyingContract.slice(2));
  const votes = new Map<string, SignedVote>();
  for (const name of await readdir(path)) {
    if (!/^\d+-\d+\.json$/.test(name)) continue;
    const signed = await readVote(join(path, name));
    const { requestId, epoch } = signed?.vote ?? {};
    if (!signed || name !== `${requestId}-${epoch}.json` || voteSigner(signed, domain) !== key) {
      const words = `The vote ${join(path, name)} is damaged. A node that no longer knows how it voted must not vote: let it join again with another key.`;
      throw new AuditorError('source', 'JOURNAL_DAMAGED', words);
    }
    votes.set(name, signed);
  }
  const nameOf = (requestId: number, epoch: number): string => `${requestId}-${epoch}.json`;
  const binding = new Map<string, Promise<SignedVote>>();
  return {
    get: (requestId, epoch) => votes.get(nameOf(requestId, epoch)),
    bind(vote, sign) {
      const name = nameOf(vote.requestId, vote.epoch);
      const bound = votes.get(name);
      if (bound) return Promise.resolve(bound);
      const under = binding.get(name);
      if (under) return under;
      const write = async (): Promise<SignedVote> => {
        const signed = await sign(vote);
        await writeFileDurably(join(path, name), `${JSON.stringify(signed)}\n`);
        votes.set(name, signed);
        return signed;
      };
      const written = write().finally(() => binding.delete(name));
      binding.set(name, written);
      return written;
    },
    all: () => [...votes.values()],
  };
}

async function readVote(path: string): Promise<SignedVote | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw ioFault(`The vote ${path} cannot be read`, error);
  }
  return readSignedVote(text);
}
