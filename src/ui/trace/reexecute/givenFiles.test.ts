import { expect, it } from 'vitest';
import { toHex } from '../../../core/bytes/hex.ts';
import { utf8 } from '../../../core/bytes/bytes.ts';
import { madeEvents } from '../../../core/trace/trace.fixture.ts';
import { makeTrace, saltKey } from '../../../core/trace/traceFile.fixture.ts';
import { sha3Hex } from '../../../core/bytes/hash.ts';
import { encodeInputs, makeInputs } from '../../../core/trace/run/inputs.ts';
import { encodeTraceFile } from '../../../core/trace/traceFile.ts';
import { sortGiven } from './givenFiles.ts';

let id = 0;
const file = (name: string, bytes: Uint8Array) => ({
  id: ++id,
  name,
  bytes: Uint8Array.from(bytes),
  size: bytes.length,
});
const program = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const inputs = encodeInputs(makeInputs());
const changes = { code: sha3Hex(program), inputs: sha3Hex(inputs), tape: sha3Hex(utf8('a tape')) };
const { file: whole } = await makeTrace(madeEvents(3), { changes });
const bare = file('t.bin', encodeTraceFile({ ...whole, saltKey: undefined, inputs: undefined, tape: undefined }));

it('knows program, salt key and inputs by their digests, whatever their names and order', () => {
  const files = [
    file('x', inputs),
    file('y', utf8(`${toHex(saltKey)}\n`)),
    file('z', program),
    bare,
    file('w', utf8('?')),
  ];
  const given = sortGiven(files);
  expect(given.trace?.file.name).toBe('t.bin');
  expect(given.program?.name).toBe('z');
  expect([given.saltKey?.bytes, given.saltKey?.from?.name]).toEqual([saltKey, 'y']);
  expect([given.source?.what, given.source?.from?.name]).toEqual(['inputs', 'x']);
  expect(given.unused.map(({ name }) => name)).toEqual(['w']);
});

it('takes what is in the trace, and the tape where there are no inputs', () => {
  const within = file('t.bin', encodeTraceFile({ ...whole, inputs: undefined }));
  const given = sortGiven([within]);
  expect([given.saltKey?.from, given.source?.what]).toEqual([undefined, 'tape']);
});

it('takes neither another program nor another key', () => {
  const other = program.slice();
  other[4] = 2;
  const given = sortGiven([bare, file('p', other), file('k', new Uint8Array(32))]);
  expect([given.program, given.otherProgram?.name, given.saltKey]).toEqual([undefined, 'p', undefined]);
  expect(given.unused.map(({ name }) => name)).toEqual(['k']);
});

it('says why what looks like a trace is none', () => {
  const broken = bare.bytes.slice();
  broken[broken.length - 1]! ^= 1;
  expect(sortGiven([file('t.bin', broken)]).fault).toMatch(/./);
});
