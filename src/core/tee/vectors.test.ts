import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { recogniseCompanion } from '../kinds/companion.ts';
import { readContent } from '../kinds/content.ts';
import { judge, recognise, type Report } from '../kinds/judge.ts';
import { kinds } from '../kinds/registry.ts';
import type { Trust } from '../trust/trust.ts';
import type { Explained } from './explained.ts';
import { companionRows, evidenceRows, unitRows, type EvidenceRow } from './vectorTable.fixture.ts';
import { readBytes, readJson, vectorFolder } from './vectors.fixture.ts';

interface Manifest {
  readonly nitro: readonly { readonly file: string; readonly expected: string; readonly debugMode?: boolean }[];
  readonly other: readonly { readonly file: string }[];
}

const folder = vectorFolder();
const manifest = folder ? readJson<Manifest>(folder, 'manifest.json') : { nitro: [], other: [] };
const now = Date.parse('2026-11-21T00:00:00Z');
const contentOf = (file: string) => readContent(file, readBytes(folder as string, file));

type Where = Pick<EvidenceRow, 'file' | 'beside' | 'at'>;

async function run({ file, beside = [], at }: Where, trust: Trust = {}): Promise<Report> {
  const given = at === undefined ? {} : { givenTime: Date.parse(at) };
  return judge(contentOf(file), { trust, now, companions: beside.map(contentOf), ...given }, kinds);
}

/** Judged with nothing pinned, and with everything pinned that the evidence itself offers. */
async function both(where: Where) {
  const bare = await run(where);
  const offered = (bare.details as { explained?: Explained } | undefined)?.explained?.offered;
  return { bare, pinned: await run(where, offered ?? {}) };
}

const codesOf = ({ checks }: Report, status: string) =>
  checks.filter((check) => check.status === status).map(({ code }) => code);

describe.skipIf(!folder)('the whole manifest', () => {
  it('has a place in the table for every file', () => {
    const placed = new Set([...evidenceRows.map(({ file }) => file), ...Object.keys(companionRows)]);
    const lost = manifest.other.filter(
      ({ file }) => !placed.has(file) && !unitRows.some(([files]) => files.test(file)),
    );
    expect(lost).toEqual([]);
    const listed = new Set(manifest.other.map(({ file }) => file));
    expect([...placed].filter((file) => !listed.has(file))).toEqual([]);
  });

  it.each(manifest.nitro.map((entry) => [entry.file, entry] as const))('%s', async (file, { expected, debugMode }) => {
    const { bare, pinned } = await both({ file });
    expect(bare.kind).toBe('nitro');
    if (expected === 'valid-at-window') {
      expect([bare.verdict, bare.timeSource, ...codesOf(bare, 'unknown')]).toEqual([
        'undetermined',
        'signed',
        'TEE_MEASUREMENT',
      ]);
      // Nothing is offered of a debug enclave, so nothing can make it hold.
      expect(pinned.verdict).toBe(debugMode ? 'undetermined' : 'verified');
      const today = await run({ file, at: '2026-11-21T00:00:00Z' });
      expect([today.verdict, today.timeSource, ...codesOf(today, 'fail')]).toEqual(['rejected', 'now', 'TEE_TIME']);
    } else {
      expect(expected).toBe('invalid');
      expect(bare.verdict).toBe('rejected');
      expect(pinned.verdict).not.toBe('verified');
    }
  });

  const nameOf = ({ file, beside, at }: EvidenceRow) =>
    `${file}${beside ? ` with ${beside.map((other) => other.replace(/^.*\//, '')).join(', ')}` : ''}${at ? ` at ${at}` : ''}`;

  for (const row of evidenceRows) {
    it(`${nameOf(row)}`, async () => {
      const { bare, pinned } = await both(row);
      expect(bare.kind).toBe(row.kind);
      expect(bare.verdict).not.toBe('verified');
      const { expected } = row;
      switch (expected.word) {
        case 'accept':
          expect(codesOf(bare, 'fail')).toEqual([]);
          expect([pinned.verdict, ...codesOf(pinned, 'unknown'), ...codesOf(pinned, 'fail')]).toEqual(['verified']);
          break;
        case 'reject':
          expect([bare.verdict, pinned.verdict]).toEqual(['rejected', 'rejected']);
          expect(codesOf(bare, 'fail')).toContain(expected.code);
          break;
        case 'open':
          expect([bare.verdict, pinned.verdict]).toEqual(['undetermined', 'undetermined']);
          expect(codesOf(bare, 'unknown')).toContain(expected.code);
      }
    });
  }

  it.each(Object.entries(companionRows))('%s is no evidence, but %s', (file, name) => {
    expect(recognise(contentOf(file), kinds)).toBeUndefined();
    expect(recogniseCompanion(contentOf(file))?.name).toBe(name);
  });

  it.each(unitRows.map(([files, test]) => [String(files), files, test] as const))(
    '%s is material of tests',
    (_, files, test) => {
      expect(manifest.other.some(({ file }) => files.test(file))).toBe(true);
      expect(existsSync(fileURLToPath(new URL(`../${test}`, import.meta.url)))).toBe(true);
      for (const { file } of manifest.other.filter((other) => files.test(other.file))) {
        expect(recognise(contentOf(file), kinds), file).toBeUndefined();
      }
    },
  );
});
