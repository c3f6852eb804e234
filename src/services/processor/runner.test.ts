import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { utf8 } from '../../core/bytes/bytes.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { parseTaskStatement } from '../../core/task/taskStatement.ts';
import { parseNitroDocument } from '../../core/tee/nitro/parse.ts';
import type { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Nsm } from '../sequencer/nsm.ts';
import { encryptDataSet } from './dataSet.ts';
import { makeHpkeKey, open, publicKeyBytes, seal } from '../../audit/hpke/hpke.ts';
import {
  MemoryStore,
  dataSet,
  endlessProgram,
  floodingProgram,
  litteringProgram,
  simulatedModule,
  sumOfDataSet,
  summingProgram,
  temporary,
  tidyProgram,
  trappingProgram,
} from './processor.fixture.ts';
import { outputBinding, outputInfo, parseResult } from './resultFile.ts';
import { createRunner, type Runner, type TaskFacts } from './runner.ts';
import { encodeRunnerPlace, runnerKeyHash, verifyRunnerKey } from './runnerKey.ts';
import { runWasiProgram } from './wasiProgram.ts';
import { openSecretFile, sealSecretFile, type SecretBinding, type SecretFile } from './secretFile.ts';

const place = { chainId: 4242, contract: `0x${'c0'.repeat(20)}`, processor: `0x${'b2'.repeat(20)}` } as const;
const owner: Hex = `0x${'a1'.repeat(20)}`;
const somewhere = { kind: 'folder', path: '/store' } as const;

let folder: string;
let nsm: Nsm;
let ownerKey: CryptoKeyPair;
let store: MemoryStore;
let runner: Runner;
let runnerPublic: Uint8Array;

beforeAll(async () => {
  folder = await temporary();
  nsm = await simulatedModule(folder);
  ownerKey = await makeHpkeKey();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  store = new MemoryStore();
  runner = await createRunner({ nsm, place, openStore: () => store });
  runnerPublic = parseNitroDocument(runner.keyDocument).publicKey as Uint8Array;
});

interface Made {
  readonly secret: SecretFile;
  readonly sealed: Uint8Array;
  readonly facts: TaskFacts;
}

/** A task as its owner makes it; some of it as somebody else would like to have it. */
async function make(
  changes: Partial<SecretFile> = {},
  more: { program?: Uint8Array; key?: Uint8Array; binding?: Partial<SecretBinding>; facts?: Partial<TaskFacts> } = {},
): Promise<Made> {
  const program = await store.write(more.program ?? summingProgram);
  const { file, key } = await encryptDataSet(dataSet);
  const secret: SecretFile = {
    program,
    programAt: somewhere,
    dataSet: sha3(dataSet),
    dataSetFile: await store.write(file),
    dataSetKey: key,
    dataSetAt: somewhere,
    outputTo: somewhere,
    ownerKey: await publicKeyBytes(ownerKey),
    ...changes,
  };
  const { chainId, contract } = place;
  const binding = { chainId, contract, owner, program, dataSet: sha3(dataSet), ...more.binding };
  const sealed = await sealSecretFile(secret, more.key ?? runnerPublic, binding);
  const facts = {
    id: 3n,
    owner,
    program: toHex0x(program),
    dataSet: toHex0x(sha3(dataSet)),
    secretFile: toHex0x(sha3(sealed)),
    ...more.facts,
  };
  return { secret, sealed, facts };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: AuditorError) => error.code,
  );
}

const runCode = async ({ facts, sealed }: Made, runTime = 60_000) => codeOf(runner.run(facts, sealed, runTime));

test('a task runs in the enclave; its document speaks for it, and its result opens for the owner alone', async () => {
  const { facts, sealed } = await make();
  const { result, output, attestation } = await runner.run(facts, sealed, 60_000);
  const document = parseNitroDocument(store.files.get(attestation.slice(2)) as Uint8Array);
  const { id, program } = facts;
  const { chainId, contract } = place;
  const { runnerKey } = runner;
  expect(runnerKey).toBe(runnerKeyHash(document.publicKey as Uint8Array));
  const statement = parseTaskStatement(document.userData as Uint8Array);
  expect(statement).toEqual({ chainId, contract, id, program, dataSet: facts.dataSet, runnerKey, result, output });
  const sealedResult = store.files.get(output.slice(2)) as Uint8Array;
  const file = await open(ownerKey, sealedResult, outputInfo, outputBinding(statement));
  expect(toHex0x(sha3(file as Uint8Array))).toBe(result);
  expect(parseResult(file as Uint8Array)).toEqual({
    stdout: sumOfDataSet,
    files: [{ path: 'sum', bytes: sumOfDataSet }],
  });
  expect(await open(ownerKey, sealedResult, outputInfo, outputBinding({ ...statement, id: 4n }))).toBeUndefined();
  expect(await open(await makeHpkeKey(), sealedResult, outputInfo, outputBinding(statement))).toBeUndefined();
});

test('the key is used once, also where the task fails', async () => {
  const made = await make({}, { facts: { secretFile: `0x${'00'.repeat(32)}` } });
  expect(await runCode(made)).toBe('SECRET_FILE_HASH');
  expect(await runCode(await make())).toBe('RUNNER_SPENT');
});

describe('what is swapped has its own code', () => {
  test('the HPKE key', async () => {
    const other = await publicKeyBytes(await makeHpkeKey());
    expect(await runCode(await make({}, { key: other }))).toBe('SECRET_FILE_SEALED');
  });

  test.each([
    ['chain', { chainId: 1 }],
    ['contract', { contract: place.processor }],
    ['owner', { owner: place.processor }],
    ['program', { program: new Uint8Array(32) }],
    ['data set', { dataSet: new Uint8Array(32) }],
  ])('a secret file for another %s', async (_, binding) => {
    expect(await runCode(await make({}, { binding }))).toBe('SECRET_FILE_SEALED');
    expect(store.asked).toEqual([]);
  });

  test('the secret file', async () => {
    const { facts } = await make();
    const { sealed } = await make();
    expect(await codeOf(runner.run(facts, sealed, 60_000))).toBe('SECRET_FILE_HASH');
  });

  test('the program, in its store: it never sees the data', async () => {
    const made = await make();
    store.files.set(toHex(made.secret.program), trappingProgram);
    expect(await runCode(made)).toBe('PROGRAM_HASH');
    expect(store.asked).toEqual([toHex(made.secret.program)]);
  });

  test('the program, in the secret file', async () => {
    expect(await runCode(await make({ program: sha3(trappingProgram) }))).toBe('PROGRAM_HASH');
    expect(store.asked).toEqual([]);
  });

  test('the data set, in its store', async () => {
    const made = await make();
    store.files.set(toHex(made.secret.dataSetFile), new Uint8Array(100));
    expect(await runCode(made)).toBe('DATA_SET_FILE_HASH');
  });

  test('the data set, in the secret file', async () => {
    expect(await runCode(await make({ dataSet: sha3(new Uint8Array(1)) }))).toBe('DATA_SET_HASH');
    expect(store.asked).toEqual([]);
  });

  test('the data set, encrypted anew', async () => {
    const { file, key } = await encryptDataSet(utf8('other data'));
    const made = await make({ dataSetFile: await store.write(file), dataSetKey: key });
    expect(await runCode(made)).toBe('DATA_SET_HASH');
  });

  test('the key of the data set', async () => {
    expect(await runCode(await make({ dataSetKey: new Uint8Array(32) }))).toBe('DATA_SET_SEALED');
  });
});

test.each([
  ['that does not end', endlessProgram, 'PROGRAM_TIME'],
  ['that breaks off', trappingProgram, 'PROGRAM_EXIT'],
  ['that is none', utf8('#!/bin/sh'), 'PROGRAM_FORM'],
  ['that writes without end', floodingProgram, 'PROGRAM_OUTPUT'],
])('a program %s', async (_, program, code) => {
  runner = await createRunner({ nsm, place, openStore: () => store });
  runnerPublic = parseNitroDocument(runner.keyDocument).publicKey as Uint8Array;
  expect(await runCode(await make({}, { program }), code === 'PROGRAM_TIME' ? 1500 : 60_000)).toBe(code);
});

test('a program may leave 10,000 files, and not one more', async () => {
  expect((await runWasiProgram(tidyProgram, dataSet)).files).toHaveLength(10_000);
  expect(await codeOf(runWasiProgram(litteringProgram, dataSet))).toBe('PROGRAM_OUTPUT');
});

test('a program finds the same in each run', async () => {
  const [first, second] = await Promise.all([1, 2].map(() => runWasiProgram(summingProgram, dataSet)));
  expect(first).toEqual(second);
});

describe('no key without an enclave', () => {
  test('no security module', async () => {
    const none = { ...nsm, attest: () => Promise.reject(new Error('no such device')) };
    const made = createRunner({ nsm: none, place, openStore: () => store });
    expect(await codeOf(made)).toBe('RUNNER_NOT_IN_TEE');
  });

  test('an enclave in debug mode', async () => {
    const debug = await simulatedModule(folder, 0);
    const made = createRunner({ nsm: debug, place, openStore: () => store });
    expect(await codeOf(made)).toBe('RUNNER_NOT_IN_TEE');
  });
});

describe('the owner seals only to a key that', () => {
  const pins = () => ({ roots: [nsm.describe().rootPem as string], measurements: [{ pcrs: nsm.describe().pcrs }] });
  const verify = async (document: Uint8Array, more: Partial<ReturnType<typeof pins>> = {}, at = place) =>
    codeOf(verifyRunnerKey(document, toHex0x(sha3(document)), at, { ...pins(), ...more }));

  test('holds', async () => {
    expect(await verify(runner.keyDocument)).toBe('none');
  });
  test('was offered', async () => {
    const resources = toHex0x(sha3(utf8('another')));
    expect(await codeOf(verifyRunnerKey(runner.keyDocument, resources, place, pins()))).toBe('RUNNER_DOCUMENT');
  });
  test('is attested under a pinned root', async () => {
    expect(await verify(runner.keyDocument, { roots: [] })).toBe('RUNNER_ATTESTATION');
    const changed = runner.keyDocument.slice();
    changed[changed.length - 1]! ^= 1;
    expect(await verify(changed)).toBe('RUNNER_ATTESTATION');
  });
  test('is that of the pinned runner', async () => {
    expect(await verify(runner.keyDocument, { measurements: [{ pcrs: { '0': '01'.repeat(48) } }] })).toBe(
      'RUNNER_MEASUREMENT',
    );
  });
  test('was made for this ledger, contract and processor, and as such', async () => {
    expect(await verify(runner.keyDocument, {}, { ...place, chainId: 1 } as never)).toBe('RUNNER_PLACE');
    const { facts, sealed } = await make();
    const { attestation } = await runner.run(facts, sealed, 60_000);
    expect(await verify(store.files.get(attestation.slice(2)) as Uint8Array)).toBe('RUNNER_PLACE');
  });
  test('can be sealed to', async () => {
    const document = await nsm.attest({ publicKey: new Uint8Array(32), userData: encodeRunnerPlace(place) });
    expect(await verify(document)).toBe('RUNNER_KEY');
  });
});

test('what is sealed but no secret file is refused', async () => {
  const key = await makeHpkeKey();
  const binding = { ...place, owner, program: new Uint8Array(32), dataSet: new Uint8Array(32) };
  const { secret } = await make();
  const sealed = await sealSecretFile(secret, await publicKeyBytes(key), binding);
  expect(await openSecretFile(sealed, key, binding)).toEqual(secret);
  const location = { kind: 'bucket', endpoint: 'no address', bucket: '', region: '', accessKey: '', secretKey: '' };
  const odd = await sealSecretFile({ ...secret, outputTo: location as never }, await publicKeyBytes(key), binding);
  expect(await codeOf(openSecretFile(odd, key, binding))).toBe('SECRET_FILE_FORM');
  const info = utf8('affidavit/output/1');
  const forOther = await seal(await publicKeyBytes(key), utf8('x'), info, new Uint8Array());
  expect(await codeOf(openSecretFile(forOther, key, binding))).toBe('SECRET_FILE_SEALED');
});
