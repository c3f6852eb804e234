import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { sha3 } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import { chainStart, ChainWorld, entryOf } from '../chain/chain.fixture.ts';
import { makeCertificate } from '../chain/certificate/makeCertificate.ts';
import { transactionHash } from '../chain/tree.ts';
import { readContent } from '../kinds/content.ts';
import { judge, type Report } from '../kinds/judge.ts';
import type { ChainPin } from '../trust/trust.ts';
import { walk, type Check } from '../verdict/check.ts';
import { certificateKind } from './kind.ts';

interface Link {
  readonly pin: ChainPin;
  readonly text: string;
}

/** A chain of its own with one record in block one, stamped at `time`, and that record's certificate. */
async function link(name: string, record: Uint8Array, time: number): Promise<Link> {
  const world = await ChainWorld.make();
  const genesis = await world.block({ time: time - 10 });
  const block = await world.block({ parent: genesis, transactions: [utf8('other'), record], time });
  const pin = world.pin(genesis, { name });
  const entries = [
    entryOf(0, genesis, await world.attest(genesis, genesis, { k: 0 })),
    entryOf(1, block, await world.attest(genesis, block, { k: 1 })),
  ];
  const transactions = Uint8Array.from(block.transactions.flatMap((each) => [...transactionHash(each)]));
  const hash = toHex(transactionHash(record));
  const text = await makeCertificate({ pin, hash, height: 1, transactions, entries, earlierTreesUnread: false });
  return { pin, text };
}

const file = utf8('the record');
let a: Link;
let b: Link;
let c: Link;

beforeAll(async () => {
  a = await link('a', file, chainStart + 100);
  b = await link('b', sha3(utf8(a.text)), chainStart + 200);
  c = await link('c', utf8(b.text), chainStart + 300);
});

const all = (): ChainPin[] => [a.pin, b.pin, c.pin];

const check = (
  text: string,
  companions: readonly string[],
  chains = all(),
  extra: Uint8Array[] = [],
): Promise<Report> =>
  judge(
    readContent('a.affidavit.json', utf8(text)),
    {
      trust: { chains },
      now: 0,
      companions: [...companions.map(utf8), ...extra].map((bytes, index) => readContent(`with ${index}`, bytes)),
    },
    [certificateKind],
  );

const recorded = (report: { readonly checks: readonly Check[] }): Check | undefined =>
  report.checks.find(({ code }) => code === 'CERTIFICATE_RECORDED');
const iso = (seconds: number): string => new Date((chainStart + seconds) * 1000).toISOString().replace('.000Z', 'Z');
const notes = (report: Report): string[] =>
  [...walk(report.checks)].flatMap((each) => (each.notes ?? []).map(({ code }) => code));

describe('a certificate recorded on another chain', () => {
  it('is verified through both, with the times of the second', async () => {
    const report = await check(a.text, [b.text]);
    expect(report.verdict).toBe('verified');
    expect(recorded(report)).toMatchObject({
      status: 'pass',
      params: { name: 'with 0', after: iso(190), before: iso(200), bound: iso(200), links: 1 },
    });
    expect(notes(report)).toEqual([]);
  });

  it('the other way round the first is the file that the second is about', async () => {
    const report = await check(b.text, [a.text]);
    expect(report.verdict).toBe('verified');
    expect(recorded(report)).toBeUndefined();
    expect(report.checks.find(({ code }) => code === 'CERTIFICATE_FILE')?.status).toBe('pass');
  });

  it('is verified through three links, in whatever order they are given', async () => {
    for (const companions of [
      [b.text, c.text],
      [c.text, b.text],
    ]) {
      const report = await check(a.text, companions);
      expect(report.verdict).toBe('verified');
      expect(recorded(report)).toMatchObject({ params: { before: iso(200), bound: iso(200), links: 2 } });
      expect(recorded({ checks: recorded(report)?.children ?? [] })).toMatchObject({
        status: 'pass',
        params: { before: iso(300), links: 1 },
      });
      expect(notes(report)).toEqual([]);
    }
  });

  it('a plain file beside it belongs to the first alone', async () => {
    const report = await check(a.text, [b.text], all(), [file]);
    expect(report.verdict).toBe('verified');
    expect([...walk(report.checks)].filter(({ code }) => code === 'CERTIFICATE_FILE')).toHaveLength(1);
  });

  it('stays open where the second chain is not pinned, and where the middle one is not', async () => {
    expect((await check(a.text, [b.text], [a.pin])).verdict).toBe('undetermined');
    const report = await check(a.text, [b.text, c.text], [a.pin, c.pin]);
    expect([report.verdict, recorded(report)?.status]).toEqual(['undetermined', 'unknown']);
  });

  it('fails where the second does not hold', async () => {
    const broken = b.text.replace(/"before":(\d+)/, (_, time) => `"before":${Number(time) + 1}`);
    const report = await check(a.text, [broken]);
    expect([report.verdict, recorded(report)?.status]).toEqual(['rejected', 'fail']);
  });

  it('the best of several counts, and the others are remarks', async () => {
    const broken = b.text.replace(/"before":(\d+)/, (_, time) => `"before":${Number(time) + 1}`);
    const report = await check(a.text, [broken, b.text, b.text]);
    expect([report.verdict, recorded(report)?.status]).toEqual(['verified', 'pass']);
    expect(notes(report)).toEqual(['CERTIFICATE_RECORD_WEAKER']);
  });

  it('what is about something else, or no certificate at all, is a remark and lowers nothing', async () => {
    const other = a.text.replace('{', '{ ');
    const half = '{"affidavit":"certificate/1","claim":';
    const report = await check(a.text, [a.text, c.text, half]);
    expect([report.verdict, recorded(report)]).toEqual(['verified', undefined]);
    expect(notes(report)).toEqual([
      'CERTIFICATE_COMPANION_OTHER',
      'CERTIFICATE_COMPANION_OTHER',
      'CERTIFICATE_COMPANION_FORM',
    ]);
    expect((await check(other, [b.text])).verdict).toBe('rejected');
  });
});
