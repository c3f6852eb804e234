import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Results of a public ceremony for phase 1, by the SHA-256 of their files. */
export interface Ceremony {
  readonly name: string;
  readonly length: number;
}

/**
 * The ceremony "Perpetual Powers of Tau" for BN254 with its Hermez beacon, prepared for phase 2; files for circuits of up to 2^13 and 2^15 constraints.
 * Digests as two public repositories pin them (final_15), and one's LFS pointer says (final_13).
 */
const ceremonies: Readonly<Record<string, Ceremony>> = {
  '95751b5207f20aa822f01109902315c01c15250303feacea2b8aa7dc9fdfeefd': {
    name: 'powersOfTau28_hez_final_13',
    length: 9_520_280,
  },
  '3ef2ecc5b75d687048cf2d59195119b42fb07c5af639c5f283d84bfa69829e7f': {
    name: 'powersOfTau28_hez_final_15',
    length: 37_831_832,
  },
};

/** Which ceremony a file is the result of. @throws Error that says its digest where it is none that is known */
export async function ceremonyOf(path: string, known = ceremonies): Promise<Ceremony> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  const digest = hash.digest('hex');
  const found = known[digest];
  if (found) return found;
  const names = Object.entries(known).map(([sha256, { name }]) => `  ${name}: ${sha256}`);
  throw new Error(
    `${path} is the result of no ceremony that is known: its SHA-256 is ${digest}. Known are\n${names.join('\n')}`,
  );
}
