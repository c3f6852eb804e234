import { canonicalJson, parseCanonicalJson } from '../bytes/jcs.ts';
import type { JsonValue } from '../bytes/json.ts';
import { readMembers } from '../certificate/envelope.ts';
import { fault, hex, integer, list } from '../evm/ledgerProof/proofFields.ts';
import type { SignedVote } from './vote.ts';

export const votesVersion = 'network-votes/1';

/** Signed votes as a file: what a node kept of what others sent, so that an auditor sees who signed two. */
export function encodeVotes(votes: readonly SignedVote[]): string {
  const plain = votes.map(({ vote, signature }) => ({ vote: { ...vote }, signature: { ...signature } }));
  return canonicalJson({ affidavit: votesVersion, votes: plain });
}

/** @throws FormatError that names the field */
export function parseVotes(text: string): readonly SignedVote[] {
  const value = parseCanonicalJson(text, { maximumLength: 16 * 1024 * 1024, maximumDepth: 8 });
  const file = readMembers('Votes', value, ['affidavit', 'votes']);
  if (file.affidavit !== votesVersion) throw fault('affidavit', votesVersion);
  return list('votes', file.votes, 16_384, readVote);
}

function readVote(what: string, value: JsonValue): SignedVote {
  const signed = readMembers(what, value, ['vote', 'signature']);
  const vote = readMembers(`${what}.vote`, signed.vote, ['requestId', 'measurements', 'criteria', 'valid', 'epoch']);
  const signature = readMembers(`${what}.signature`, signed.signature, ['r', 's', 'v']);
  if (typeof vote.valid !== 'boolean') throw fault(`${what}.vote.valid`, 'true or false');
  return {
    vote: {
      requestId: integer(`${what}.vote.requestId`, vote.requestId),
      measurements: hex(`${what}.vote.measurements`, vote.measurements, 32),
      criteria: hex(`${what}.vote.criteria`, vote.criteria, 32),
      valid: vote.valid,
      epoch: integer(`${what}.vote.epoch`, vote.epoch),
    },
    signature: {
      r: hex(`${what}.signature.r`, signature.r, 32),
      s: hex(`${what}.signature.s`, signature.s, 32),
      v: integer(`${what}.signature.v`, signature.v),
    },
  };
}
