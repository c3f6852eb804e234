import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { walk } from '../../verdict/check.ts';
import { judgeHost, type HostJudged } from '../checkHost.ts';
import { hostTime, makeHost, strangerSigner, validatorSigners, vouched, type MadeHost } from '../host.fixture.ts';
import { decryptImage, encryptImage, imageDigest, keyCommitment } from './image.ts';
import { releaseKey, type Release, type Released } from './releaseKey.ts';
import { combineShares, dealShares, encodeShare, parseShare, shareDigest, type KeyShare } from './shares.ts';

const key = new Uint8Array(32).map((_, at) => (at * 7) & 0xff);
const plain = utf8('a small program');
let image: Uint8Array;
let shares: readonly KeyShare[];
let made: MadeHost;
let json: JsonObject;
let judged: HostJudged;
const four = validatorSigners.slice(0, 4);
const given = (of: readonly (KeyShare | undefined)[] = shares): Release['shares'] =>
  four.map(({ did }, at) => ({ validator: did, share: of[at] })).slice(0, of.length);

beforeAll(async () => {
  image = await encryptImage(plain, key, new Uint8Array(12).fill(3));
  const digest = imageDigest(image);
  shares = dealShares({ key, image: digest, shares: 4, threshold: 3, random: new Uint8Array(32).fill(4) });
  made = await makeHost({ image: { digest, keyCommitment: keyCommitment(key) } });
  json = await vouched(made.json, four, 'fan-out', (at) => {
    const share = shares[at] as KeyShare;
    return { index: share.index, digest: shareDigest(share), image: digest };
  });
  judged = await judgeHost(JSON.stringify(json), { ...made, now: hostTime });
}, 600_000);

async function release(changes: Partial<Release> = {}): Promise<Released> {
  const { credential, count } = judged as Required<HostJudged>;
  return releaseKey({ credential, count, isAccepted: true, threshold: 3, image, shares: given(), ...changes });
}
const told = ({ checks, opened }: Released): string[] => [
  ...[...walk(checks)].filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`),
  ...(opened ? ['opened'] : []),
];
const why = ({ checks }: Released): string =>
  [...walk(checks)].find(({ status }) => status === 'fail')?.children?.find(({ status }) => status === 'fail')
    ?.params?.['reason'] as string;
const stopped = ['HOST_KEY unknown', 'HOST_IMAGE unknown'];

describe('release of the key', () => {
  it('opens the image with as many right shares as are needed', async () => {
    const released = await release();
    expect(told(released)).toEqual(['opened']);
    expect(released.opened?.digest).toBe(sha3Hex(plain));
    expect(told(await release({ shares: given(shares.slice(0, 3)) }))).toEqual(['opened']);
  });

  it('fewer shares open nothing', async () => {
    expect(told(await release({ shares: given(shares.slice(0, 2)) }))).toEqual(['HOST_SHARE fail', ...stopped]);
    expect(told(await release({ isAccepted: false }))).toEqual(['HOST_SHARE fail', ...stopped]);
  });

  it('a wrong share is named', async () => {
    const [a, b, c] = shares as [KeyShare, KeyShare, KeyShare];
    const bent = { ...c, share: c.share.map((byte, at) => (at === 5 ? byte ^ 1 : byte)) };
    const found = await release({ shares: given([a, b, bent]) });
    expect(told(found)).toEqual(['HOST_SHARE fail', 'HOST_SHARE_OF fail', ...stopped]);
    expect(why(found)).toContain('not the share whose digest');
    expect(why(await release({ shares: given([a, b, undefined]) }))).toContain('could not be opened');
  });

  it('a share that is shown again is named', async () => {
    const [a, b, c] = shares as [KeyShare, KeyShare, KeyShare];
    const older = { ...c, image: '44'.repeat(32) };
    expect(why(await release({ shares: given([a, b, older]) }))).toContain('another image, shown again');
    const twice = [...given([a, b]), { validator: four[0]!.did, share: a }];
    const found = await release({ shares: twice });
    expect(told(found)).toEqual(['HOST_SHARE fail', 'HOST_SHARE_OF fail', ...stopped]);
    expect(why(found)).toContain('shown again');
    const stranger = [...given([a, b]), { validator: strangerSigner.did, share: c }];
    expect(why(await release({ shares: stranger }))).toContain('does not count');
  });

  it('a wrong share that its validator signed for is found where one more came; else nothing opens', async () => {
    const [a, b, c, d] = shares as [KeyShare, KeyShare, KeyShare, KeyShare];
    const bent = { ...b, share: b.share.map((byte, at) => (at === 0 ? byte ^ 1 : byte)) };
    const lying = await vouched(made.json, four, 'fan-out', (at) => {
      const share = [a, bent, c, d][at] as KeyShare;
      return { index: share.index, digest: shareDigest(share), image: share.image };
    });
    const { credential, count } = (await judgeHost(JSON.stringify(lying), {
      ...made,
      now: hostTime,
    })) as Required<HostJudged>;
    const found = await release({ credential, count, shares: given([a, bent, c, d]) });
    expect(told(found)).toEqual(['HOST_SHARE_OF fail', 'opened']);
    expect(told(await release({ credential, count, shares: given([a, bent, c]) }))).toEqual([
      'HOST_KEY fail',
      'HOST_IMAGE unknown',
    ]);
  });

  it('another image, a changed one', async () => {
    const other = await encryptImage(utf8('another'), key, new Uint8Array(12).fill(9));
    expect(told(await release({ image: other }))).toEqual(['HOST_KEY unknown', 'HOST_IMAGE fail']);
    expect(await decryptImage(image, new Uint8Array(32))).toBeUndefined();
    const bent = image.map((byte, at) => (at === image.length - 1 ? byte ^ 1 : byte));
    expect(await decryptImage(bent, key)).toBeUndefined();
  });
});

describe('shares', () => {
  it('give the key in any threshold of them, and read back', async () => {
    for (const chosen of [
      [0, 1, 2],
      [1, 3, 2],
      [3, 0, 1],
    ]) {
      expect(await combineShares(chosen.map((at) => shares[at] as KeyShare))).toEqual(key);
    }
    expect(await combineShares(shares.slice(0, 2))).not.toEqual(key);
    for (const share of shares) expect(parseShare(encodeShare(share))).toEqual(share);
  });
});
