import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../core/bytes/bytes.ts';
import { fullTrust } from '../../core/trust/trust.fixture.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { isBackup, makeBackup, readBackup, type Backup } from './backup.ts';

const backup: Backup = {
  trust: fullTrust,
  states: {
    'did:web:host.example': {
      first: { id: 'one' },
      firstAt: 1_790_000_000_000,
      last: { id: 'two' },
      lastAt: 1_790_000_001_000,
    },
  },
  verdicts: { ['ab'.repeat(32)]: { verdict: 'verified', blocks: 12, at: 1_790_000_000_000 } },
};
const text = makeBackup(backup);

describe('a backup of what this browser keeps', () => {
  it('comes back as it was', () => {
    expect(isBackup(utf8(text))).toBe(true);
    expect(readBackup(utf8(text))).toEqual(backup);
    expect(makeBackup(readBackup(utf8(text)))).toBe(text);
  });

  it('is refused with a member too many or too few, another version, or a trust file at fault', () => {
    const file = JSON.parse(text) as Record<string, unknown>;
    const { verdicts: _, ...less } = file;
    for (const other of [
      { ...file, more: 1 },
      less,
      { ...file, affidavit: 'browser-backup/2' },
      { ...file, trust: { affidavit: 'trust/1', more: 1 } },
      { ...file, states: { 'not a did': {} } },
      { ...file, verdicts: { ['ab'.repeat(32)]: { verdict: 'holds', blocks: 1, at: 1 } } },
    ]) {
      expect(() => readBackup(utf8(JSON.stringify(other)))).toThrow(/expected|not known|missing|no name/);
    }
  });

  it('is what the published schema says, and nothing else is', async () => {
    const schema = readFileSync(new URL('../../../public/schema/browser-backup-1.json', import.meta.url), 'utf8');
    const options = { strict: true, strictTypes: false, strictRequired: false, validateFormats: false };
    const isValid = new Ajv2020(options).compile(JSON.parse(schema) as object);
    const file = JSON.parse(text) as Record<string, unknown>;
    expect(isValid(file), JSON.stringify(isValid.errors)).toBe(true);
    const { verdicts: _, ...less } = file;
    const state = { first: {}, firstAt: 1, last: {}, lastAt: 1 };
    for (const other of [
      { ...file, more: 1 },
      less,
      { ...file, affidavit: 'browser-backup/2' },
      { ...file, trust: { affidavit: 'trust/1', more: 1 } },
      { ...file, states: { 'not a did': state } },
      { ...file, states: { 'did:web:host.example': { ...state, firstAt: -1 } } },
      { ...file, verdicts: { ['ab'.repeat(32)]: { verdict: 'holds', blocks: 1, at: 1 } } },
    ]) {
      expect(isValid(other), JSON.stringify(other).slice(0, 80)).toBe(false);
      expect(() => readBackup(utf8(JSON.stringify(other)))).toThrow(/expected|not known|missing|no name/);
    }
  });

  it('is never read otherwise than in words', () => {
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.integer({ min: 0, max: 127 }), (at, code) => {
        const changed = `${text.slice(0, at)}${String.fromCharCode(code)}${text.slice(at + 1)}`;
        try {
          readBackup(utf8(changed));
        } catch (error) {
          if (!(error instanceof FormatError || error instanceof AuditorError)) throw error;
        }
      }),
      { numRuns: 200 },
    );
  });
});
