import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHostAnswer } from '../../audit/host/hostAnswer.ts';
import { readImageDescription } from '../../audit/host/readImageDescription.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { readDeposit, readVouchOrder } from './readRequests.ts';
import type { Validator } from './validator.ts';
import { openValidatorJournal } from './validatorJournal.ts';
import { validatorAnswers } from './validatorServer.ts';

const digest = 'ab'.repeat(32);
const deposit = { image: digest, keyCommitment: digest, validator: 'did:key:z', conditions: {}, sealed: 'AA' };
const order = { credential: {}, files: [{ name: 'a', bytes: 'AA==' }], client: { key: 'AA', salt: 'AA' } };
const description = {
  affidavit: 'image/1',
  image: digest,
  keyCommitment: digest,
  inside: digest,
  threshold: 2,
  validators: [],
};

function refuses(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
}

test('what is right is read; a stranger’s member, a missing one or one of another form is refused', () => {
  expect(readDeposit(deposit)).toEqual(deposit);
  expect(readVouchOrder(order)).toMatchObject({ mode: 'fan-out', client: order.client });
  expect(readImageDescription(JSON.stringify(description))).toEqual(description);
  const whole: readonly (readonly [JsonObject, (body: JsonObject) => unknown])[] = [
    [deposit, readDeposit],
    [order, readVouchOrder],
    [description, (body) => readImageDescription(JSON.stringify(body))],
  ];
  for (const [body, read] of whole) {
    for (const name of Object.keys(body)) {
      expect(() => read({ ...body, [name]: -1 })).toThrow(FormatError);
      const { [name]: _, ...rest } = body;
      expect(() => read(rest)).toThrow(FormatError);
    }
    expect(() => read({ ...body, more: 1 })).toThrow(FormatError);
  }
});

test('whatever comes, it is read or refused', () => {
  const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonObject[string]>;
  fc.assert(
    fc.property(fc.constantFrom(deposit, order, description), fc.string(), value, (base, name, other) => {
      for (const key of [name, ...Object.keys(base)]) {
        const body = { ...base, [key]: other } as JsonObject;
        refuses(() => readDeposit(body));
        refuses(() => readVouchOrder(body));
        refuses(() => readHostAnswer(body));
        refuses(() => readImageDescription(JSON.stringify(body)));
      }
    }),
    { numRuns: 200 },
  );
});

test('the first share of an image stays, also after a restart; a damaged journal is said', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-journal-'));
  const journal = await openValidatorJournal(folder, 0);
  expect(await journal.keep(deposit, false)).toBe(true);
  expect(await journal.keep({ ...deposit, sealed: 'BB' }, true)).toBe(false);
  await journal.write({ credential: digest, host: 'did:key:z', until: 1000, proof: { id: 'one' } });
  const again = await openValidatorJournal(folder, 1000);
  expect(again.deposit(digest, digest)).toEqual(deposit);
  expect(again.vouched(digest)?.proof).toEqual({ id: 'one' });
  // Two days later nobody asks any more.
  expect((await openValidatorJournal(folder, 200_000_000)).vouched(digest)).toBeUndefined();
  await writeFile(join(folder, 'shares', `${digest}-${digest}.json`), '{');
  await expect(openValidatorJournal(folder, 0)).rejects.toMatchObject({ code: 'JOURNAL_DAMAGED' });
  await rm(folder, { recursive: true });
});

test('strangers fill their own room only: whom the operator invited finds room, and what is kept stays', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-journal-'));
  const journal = await openValidatorJournal(folder, 0, { strangers: 2, all: 3 });
  const validator = {
    did: deposit.validator,
    deposit: async (...given: Parameters<Validator['deposit']>) => void (await journal.keep(...given)),
  };
  const place = { operator: 'a', region: 'b', document: undefined, token: 'right' };
  const answer = validatorAnswers(validator as Validator, place);
  const bring = (number: number, shown: JsonObject = {}) =>
    answer('POST', '/shares', { ...deposit, image: `0${number}`.repeat(32), ...shown }).then(
      () => 'kept',
      ({ code }) => code,
    );
  expect([await bring(1), await bring(2), await bring(3)]).toEqual(['kept', 'kept', 'SHARES_TOKEN']);
  for (const token of ['wrong', '', null]) expect(await bring(3, { token })).toBe('TOKEN');
  expect(await bring(3, { token: 'right' })).toBe('kept');
  expect([await bring(4, { token: 'right' }), await bring(4), await bring(1)]).toEqual([
    'SHARES_FULL',
    'SHARES_FULL',
    'kept',
  ]);
  const again = await openValidatorJournal(folder, 1e15);
  expect([1, 2, 3].map((number) => again.deposit(`0${number}`.repeat(32), digest)?.sealed)).toEqual(['AA', 'AA', 'AA']);
  await rm(folder, { recursive: true });
});
