import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../core/bytes/base64.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { parseCertificate, sealCertificate } from '../../core/certificate/envelope.ts';
import { certificateKind } from '../../core/certificate/kind.ts';
import { blockHash } from '../../core/chain/block.ts';
import { Storage } from '../../core/chain/chain.fixture.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import { readContent } from '../../core/kinds/content.ts';
import { judge, type Report } from '../../core/kinds/judge.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { walk } from '../../core/verdict/check.ts';
import { auditorOf, world } from '../chain/audit.fixture.ts';
import { judgeElsewhere } from './judgeElsewhere.ts';

/** More than are verified at once in slices. */
const blocks = 6;
const here = vi.fn(() => Promise.resolve());
let text: string;
let trust: Trust;

beforeAll(async () => {
  const genesis = await world.block();
  const made = [genesis];
  while (made.length < blocks) {
    const transactions = [utf8(`record ${made.length}`)];
    made.push(await world.block({ parent: made.at(-1)!, transactions }));
  }
  const storage = new Storage(toHex(blockHash(genesis.block)));
  for (const [k, block] of made.entries()) await world.store(storage, genesis, block, { k });
  const pin = world.pin(genesis);
  trust = { chains: [pin] };
  const auditor = auditorOf(pin, storage);
  await auditor.run();
  const certified = await auditor.certify(transactionHash(utf8(`record ${blocks - 1}`)));
  if (certified.result !== 'certificate') throw new Error(certified.reason);
  text = certified.text;
});

/** As on a page that forbids workers. */
const inSlices = (file: string): Promise<Report> =>
  judgeElsewhere({ name: 'certificate', bytes: utf8(file) }, trust, [certificateKind], {
    signal: new AbortController().signal,
    now: 0,
    onProgress: () => undefined,
    worker: { name: 'none', program: () => Promise.reject(new Error('Workers are forbidden.')) },
    beforeHere: here,
  });
/** As in a worker, which is not interrupted. */
const atOnce = (file: string): Promise<Report> =>
  judge(readContent('certificate', utf8(file)), { trust, companions: [], now: 0 }, [certificateKind]);

type Entry = Readonly<Record<'a' | 'b' | 't', string>>;

/** The certificate with one bit of one entry of its transcript flipped, sealed anew, so that its own digest is right. */
function flipped(at: number, member: keyof Entry): string {
  const { digest: _, ...body } = parseCertificate(text);
  const transcript = (body.proof as unknown as { transcript: Entry[] }).transcript.map((entry, index) => {
    if (index !== at) return entry;
    const bytes = fromBase64Url(entry[member]);
    bytes[bytes.length - 1]! ^= 1;
    return { ...entry, [member]: toBase64Url(bytes) };
  });
  return sealCertificate({ ...body, proof: { ...body.proof, transcript } });
}

describe('a certificate judged in slices', () => {
  it('holds where nothing was touched, and its report is byte for byte that of a worker', async () => {
    const report = await inSlices(text);
    expect(here).toHaveBeenCalled();
    expect(report.verdict).toBe('verified');
    expect(JSON.stringify(report)).toBe(JSON.stringify(await atOnce(text)));
  });

  it.each([
    [0, 'a'],
    [0, 't'],
    [blocks - 1, 'a'],
    [blocks - 1, 'b'],
    [blocks - 1, 't'],
  ] as const)('fails where a bit of entry %i (%s) is flipped, as it does in a worker', async (at, member) => {
    const file = flipped(at, member);
    const report = await inSlices(file);
    expect(report.verdict).toBe('rejected');
    const failing = [...walk(report.checks)].filter(({ status }) => status === 'fail').map(({ code }) => code);
    expect(failing).toContain('CERTIFICATE_TRANSCRIPT');
    expect(failing).not.toContain('CERTIFICATE_DIGEST');
    expect(JSON.stringify(report)).toBe(JSON.stringify(await atOnce(file)));
  });

  it('is no verdict where it was given up', async () => {
    const given = new AbortController();
    given.abort();
    await expect(
      judgeElsewhere({ name: 'certificate', bytes: utf8(text) }, trust, [certificateKind], {
        signal: given.signal,
        now: 0,
        onProgress: () => undefined,
        worker: { name: 'none', program: () => Promise.reject(new Error('Workers are forbidden.')) },
      }),
    ).rejects.toThrow('aborted');
  });
});
