import { sha3Hex } from '../../bytes/hash.ts';
import { all, fail, pass, unknown, type Check } from '../../verdict/check.ts';
import type { Count, JudgedProof } from '../countValidators.ts';
import type { HostCredential } from '../hostCredential.ts';
import { sameDid } from '../../did/didChange.ts';
import { decryptImage, imageDigest, keyCommitment } from './image.ts';
import { combineShares, shareDigest, type KeyShare } from './shares.ts';

/** What a client has in its hands when it wants to open an image on a host that it has judged. */
export interface Release {
  readonly credential: HostCredential;
  /** As judged; only shares of validators that count are used. */
  readonly count: Count;
  /** Whether the host was accepted: nothing is opened for one that was not. */
  readonly isAccepted: boolean;
  /** How many shares give the key back. */
  readonly threshold: number;
  /** The encrypted image. */
  readonly image: Uint8Array;
  /** Opened shares, and who released each; undefined where what came could not be opened. */
  readonly shares: readonly { readonly validator: string; readonly share: KeyShare | undefined }[];
}

export interface Released {
  /** HOST_SHARE with one HOST_SHARE_OF for each share, HOST_KEY, HOST_IMAGE. */
  readonly checks: readonly Check[];
  /** There only where every check holds. */
  readonly opened?: { readonly image: Uint8Array<ArrayBuffer>; readonly digest: string };
}

const spec = 'src/core/host/README (release of the key)';
/** Sets of shares that are tried before it is given up to find who released a wrong one. */
const maximumTries = 256;

/**
 * Puts the key together and opens the image: only for a host that was accepted, only with shares whose digests their validators signed for this image, only with a key that the credential commits to.
 * Everything that is wrong is named, and nothing is decrypted then.
 */
export async function releaseKey(release: Release): Promise<Released> {
  const { credential, image, threshold, isAccepted } = release;
  const wanted = credential.subject.image;
  const digest = imageDigest(image);
  const stop = (share: Check, reason: string): Released => ({
    checks: [
      share,
      unknown('HOST_KEY', { spec, params: { reason } }),
      unknown('HOST_IMAGE', { spec, params: { reason } }),
    ],
  });
  if (!wanted) {
    const reason = 'The credential names no image.';
    return stop(fail('HOST_SHARE', { spec, params: { count: 0, threshold, reason } }), reason);
  }
  if (!isAccepted) {
    const reason = 'The host was not accepted.';
    return stop(fail('HOST_SHARE', { spec, params: { count: 0, threshold, reason } }), reason);
  }
  const { checks, right } = judgeShares(release, wanted.digest);
  const params = { count: right.length, threshold };
  if (right.length < Math.max(threshold, 2)) {
    const reason = `${right.length} right shares of ${threshold} that are needed.`;
    return stop({ code: 'HOST_SHARE', status: 'fail', spec, params: { ...params, reason }, children: checks }, reason);
  }
  const shares: Check = { code: 'HOST_SHARE', status: 'pass', spec, params, children: checks };
  if (digest !== wanted.digest) {
    const reason = `The image has the digest ${digest}, the credential names ${wanted.digest}.`;
    return {
      checks: [
        shares,
        unknown('HOST_KEY', { spec, params: { reason } }),
        fail('HOST_IMAGE', { spec, params: { reason } }),
      ],
    };
  }
  const found = await findKey(right, threshold, wanted.keyCommitment);
  if (!found) {
    const reason = 'The shares do not give the key that the credential commits to.';
    return {
      checks: [
        shares,
        fail('HOST_KEY', { spec, params: { reason } }),
        unknown('HOST_IMAGE', { spec, params: { reason } }),
      ],
    };
  }
  const wrong = new Set(found.wrong.map(({ did }) => did));
  const named = checks.map((check) => (wrong.has(String(check.params?.['validator'])) ? asWrong(check) : check));
  const key = pass('HOST_KEY', { spec, params: { commitment: wanted.keyCommitment } });
  const opened = await decryptImage(image, found.key);
  found.key.fill(0);
  const first: Check = { ...shares, children: named };
  if (!opened) {
    return {
      checks: [
        first,
        key,
        fail('HOST_IMAGE', { spec, params: { reason: 'The image is not what this key encrypted.' } }),
      ],
    };
  }
  const inside = sha3Hex(opened);
  return {
    checks: [first, key, pass('HOST_IMAGE', { spec, params: { digest, inside } })],
    opened: { image: opened, digest: inside },
  };
}

interface RightShare {
  readonly did: string;
  readonly share: KeyShare;
}

/** Each share against what its validator signed. */
function judgeShares({ count, shares }: Release, image: string): { checks: Check[]; right: RightShare[] } {
  const right: RightShare[] = [];
  const checks = shares.map(({ validator, share }): Check => {
    const did = sameDid(validator);
    const proof = count.proofs.find((each) => each.state === 'counted' && each.did === did);
    const reason = faultOf(share, proof, image, right);
    const params = { validator: did, index: proof?.share?.index ?? share?.index ?? 0 };
    if (reason !== undefined) return fail('HOST_SHARE_OF', { spec, params: { ...params, reason } });
    right.push({ did, share: share as KeyShare });
    return pass('HOST_SHARE_OF', { spec, params });
  });
  return { checks, right };
}

function faultOf(
  share: KeyShare | undefined,
  proof: JudgedProof | undefined,
  image: string,
  before: readonly RightShare[],
): string | undefined {
  if (!proof) return 'Its validator does not count.';
  if (!share) return 'It could not be opened: it was sealed for another key or another credential, or changed.';
  if (!proof.share) return 'Its validator’s proof names no share.';
  if (proof.share.image !== image || share.image !== image) return 'It is a share for another image, shown again.';
  if (shareDigest(share) !== proof.share.digest || share.index !== proof.share.index) {
    return 'It is not the share whose digest its validator signed.';
  }
  const same = before.find(
    (each) => each.share.index === share.index || each.share.share.at(-1) === share.share.at(-1),
  );
  return same && `It is the share that ${same.did} released, shown again.`;
}

const asWrong = (check: Check): Check => ({
  ...check,
  status: 'fail',
  params: { ...check.params, reason: 'It was signed for, and is not part of the key that the others give.' },
});

/** The key that the credential commits to, from as many shares as are needed. Where more came, wrong ones among them are found by leaving them out. */
async function findKey(
  right: readonly RightShare[],
  threshold: number,
  commitment: string,
): Promise<{ readonly key: Uint8Array; readonly wrong: readonly RightShare[] } | undefined> {
  let tries = 0;
  for (const chosen of choices(right, threshold)) {
    if ((tries += 1) > maximumTries) return undefined;
    const key = await combineShares(chosen.map(({ share }) => share));
    if (keyCommitment(key) !== commitment) {
      key.fill(0);
      continue;
    }
    const wrong: RightShare[] = [];
    for (const other of right.filter((each) => !chosen.includes(each))) {
      const without = await combineShares([...chosen.slice(1), other].map(({ share }) => share));
      if (keyCommitment(without) !== commitment) wrong.push(other);
      without.fill(0);
    }
    return { key, wrong };
  }
  return undefined;
}

function* choices<T>(from: readonly T[], count: number): Generator<readonly T[]> {
  if (count === 0) yield [];
  for (const [at, first] of from.entries()) {
    for (const rest of choices(from.slice(at + 1), count - 1)) yield [first, ...rest];
    if (count === 0) return;
  }
}

/** Whether all of it holds. */
export function isReleased({ checks }: Released): boolean {
  return all('HOST_RELEASE', checks).status === 'pass';
}
