import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { AuditorError } from '../../core/verdict/auditorError.ts';
import { temporary } from './processor.fixture.ts';
import { openTaskJournal, type JournalEntry } from './taskJournal.ts';

const folders: string[] = [];
let folder: string;
beforeEach(async () => {
  folder = await temporary();
  folders.push(folder);
  await mkdir(join(folder, 'offers'));
});
afterAll(() => Promise.all(folders.map((each) => rm(each, { recursive: true }))));

const hash = `0x${'ab'.repeat(32)}` as const;
const outcome = { result: hash, output: hash, attestation: hash, endedAt: 1_800_000_000 };
const offered: JournalEntry = { offer: '7', step: 'offered', runnerKey: hash };
const ran: JournalEntry = { ...offered, step: 'ran', task: '8', outcome };
const keep = (text: string, name = '7') => writeFile(join(folder, 'offers', `${name}.json`), text);
const read = async () => (await openTaskJournal(folder)).entries();
const codeOf = async () =>
  read().then(
    () => 'none',
    (error: AuditorError) => error.code,
  );

test.each([offered, ran, { ...ran, step: 'failed', reason: 'PROGRAM_EXIT' } as const])(
  'is read as it was written: $step',
  async (entry) => {
    const journal = await openTaskJournal(folder);
    await journal.write(entry);
    expect(await journal.entries()).toEqual([entry]);
  },
);

test.each([
  ['no JSON', '{"offer":"7"'],
  ['nothing', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['another offer', JSON.stringify({ ...offered, offer: '8' })],
  ['no offer', JSON.stringify({ ...offered, offer: undefined })],
  ['a step that is none', JSON.stringify({ ...offered, step: 'done' })],
  ['a key that is none', JSON.stringify({ ...offered, runnerKey: '0x' })],
  ['a task that is none', JSON.stringify({ ...ran, task: '-1' })],
  ['a step of a task without one', JSON.stringify({ ...ran, task: undefined })],
  ['what ran without what came out', JSON.stringify({ ...ran, outcome: undefined })],
  ['an outcome without its result', JSON.stringify({ ...ran, outcome: { ...outcome, result: null } })],
  ['an outcome without its time', JSON.stringify({ ...ran, outcome: { ...outcome, endedAt: 1.5 } })],
  ['a reason that is no text', JSON.stringify({ ...ran, reason: 7 })],
])('that holds %s is damaged', async (_, text) => {
  await keep(text);
  expect(await codeOf()).toBe('JOURNAL_DAMAGED');
});

test('any edit is read as an entry of its offer, or as damaged', async () => {
  const whole = JSON.stringify(ran);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.string({ unit: 'binary', maxLength: 3 }), async (at, by) => {
      await keep(whole.slice(0, at) + by + whole.slice(at + 1));
      const entries = await read().catch((error: AuditorError) => error.code);
      if (typeof entries === 'string') expect(entries).toBe('JOURNAL_DAMAGED');
      else expect(entries).toMatchObject([{ offer: '7', runnerKey: expect.stringMatching(/^0x[0-9a-f]{64}$/) }]);
    }),
    { numRuns: 40 },
  );
});

test('what stands beside the journals is none of them', async () => {
  await keep('whatever', '7.json.12.new');
  await keep('whatever', 'x');
  expect(await read()).toEqual([]);
});
