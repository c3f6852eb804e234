import { beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../core/chain/certificate/makeCertificate.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { makeChain } from '../bench/madeChain.ts';
import { judgeSamples } from './judgeSamples.ts';
import { sampleFiles, sampleIndex, type CertifiedChain, type SampleFile } from './sampleFiles.ts';

async function certified(): Promise<CertifiedChain> {
  const { pin, entries, hash, transactions } = await makeChain(3);
  const request = { pin, hash, height: 2, transactions, entries, earlierTreesUnread: false };
  return { pin: { ...pin, buckets: [{ url: 'http://127.0.0.1:1' }] }, certificate: await makeCertificate(request) };
}

describe('samples', () => {
  let files: readonly SampleFile[];
  beforeAll(async () => {
    files = sampleFiles(await certified(), await certified());
  });

  it('turn out as their index says', async () => {
    expect(await judgeSamples(files, Date.now())).toEqual([]);
    expect(new Set(files.map((each) => each.expect))).toEqual(new Set(['verified', 'rejected', 'undetermined']));
  });

  it('are named as faults where they do not', async () => {
    const swapped = files.map((each): SampleFile =>
      each.expect === 'rejected' ? { ...each, expect: 'verified' } : each,
    );
    expect(await judgeSamples(swapped, Date.now())).toEqual([
      expect.stringMatching(/^tampered.*is rejected, verified was expected \(CERTIFICATE_/),
      expect.stringMatching(/^other-image\.nitro.*is rejected, verified was expected \(TEE_MEASUREMENT fail\)/),
    ]);
    const lost = files.filter(({ file }) => file !== 'trust.json');
    expect((await judgeSamples(lost, Date.now())).join('\n')).toMatch(
      /chain\.affidavit\.json names a trust file that is not there/,
    );
  });

  it('are listed without their bytes, each under a name of its own', () => {
    const listed = JSON.parse(sampleIndex(files)) as Record<string, unknown>[];
    expect(listed.map(({ file }) => file)).toEqual(files.map(({ file }) => file));
    expect(new Set(listed.map(({ file }) => file)).size).toBe(files.length);
    for (const each of listed) expect(Object.keys(each)).not.toContain('bytes');
  });

  it('carry no address that is gone', () => {
    const trust = parseTrust(files.find(({ file }) => file === 'trust.json')!.bytes);
    expect(trust.chains?.[0]).not.toHaveProperty('buckets');
  });
});
