import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { decodeUtf8, utf8 } from '../../core/bytes/bytes.ts';
import { makeInputs } from '../../core/trace/run/inputs.ts';
import { runPlain } from '../../core/trace/run/runPlain.ts';
import type { ProgramInputs } from '../../core/trace/run/types.ts';
import { assembleProgram, programFile, programNames } from './assemblePrograms.ts';

async function outcome(name: string, given: Partial<ProgramInputs> = {}) {
  const module = new Uint8Array(await readFile(programFile(name)));
  const { end, stdout } = await runPlain(module, { inputs: makeInputs(given) });
  return [end, decodeUtf8(stdout)];
}

test('the programs that the page offers are those of their sources, and do what they are said to do', async () => {
  for (const name of programNames) {
    expect(Buffer.from(await assembleProgram(name))).toEqual(await readFile(programFile(name)));
  }
  const done = { kind: 'exit', code: 0 };
  expect(await outcome('primes')).toEqual([done, '1229 primes\n']);
  expect(await outcome('primes', { args: ['primes', '100'] })).toEqual([done, '25 primes\n']);
  expect(await outcome('savings')).toEqual([done, '4757 in the end\n']);
  const files = [{ path: 'numbers.txt', bytes: utf8('12, 30\n18') }];
  expect(await outcome('average', { files })).toEqual([done, '20 on average\n']);
  expect(await outcome('average')).toEqual([{ kind: 'trap', trap: 'integer divide by zero' }, '']);
});
