import { secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../../bytes/base64.ts';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { bytes, text as cborText, nil } from '../../cose/cose.fixture.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { Context } from '../../kinds/kind.ts';
import { sentence } from '../../verdict/messages.ts';
import { walk, type Check } from '../../verdict/check.ts';
import { documentTime, encodeRegisters, measurement, registers } from '../nitro/nitro.fixture.ts';
import {
  encodeBytesArray,
  hash512,
  input,
  keyText,
  makeOldOutput,
  makeOutput,
  output,
  program,
  publicKey,
  rightParts,
  secrets,
  sign,
  type BlockyChanges,
  type BlockyJson,
} from './blocky.fixture.ts';
import type { BlockyDetails } from './details.ts';
import { blockyKind } from './kind.ts';

const pemOf = (der: Uint8Array) => `-----BEGIN CERTIFICATE-----\n${toBase64(der)}\n-----END CERTIFICATE-----\n`;
const { root } = await makeOutput();
const pinned = { nitro: { roots: [pemOf(root)], measurements: [measurement] } };

function judgeText(text: string, context: Partial<Context> = {}): Promise<Report> {
  const all = { trust: pinned, now: 0, companions: [], ...context };
  return judge(readContent('output.json', utf8(text)), all, [blockyKind]);
}
const check = async (changes: BlockyChanges = {}, context: Partial<Context> = {}): Promise<Report> =>
  judgeText((await makeOutput(changes)).text, context);

const failing = (report: Report): string[] =>
  [...walk(report.checks)].filter(({ status, children }) => status === 'fail' && !children).map(({ code }) => code);
const one = (report: Report, code: string): Check => {
  const found = [...walk(report.checks)].find((candidate) => candidate.code === code);
  if (!found) throw new Error(`no check ${code}`);
  return found;
};
const words = (report: Report, code: string): string => sentence(one(report, code), blockyKind.messages);
const details = (report: Report) => report.details as BlockyDetails;
const notes = (report: Report): string[] =>
  [...walk(report.checks)].flatMap((found) => found.notes ?? []).map(({ code }) => code);

/** Changes one claim of the finished output. */
const claim =
  (
    change: (
      key: BlockyJson['enclave_attested_application_public_key']['claims'],
      call: Record<string, string>,
    ) => void,
  ) =>
  (json: BlockyJson): BlockyJson => {
    change(json.enclave_attested_application_public_key.claims, json.transitive_attested_function_call.claims);
    return json;
  };

describe('an output of the Blocky Attestation Service', () => {
  it('holds where everything does and its measurement is pinned, at its own time', async () => {
    const report = await check();
    expect(failing(report)).toEqual([]);
    expect(report).toMatchObject({
      kind: 'blocky',
      verdict: 'verified',
      timeSource: 'signed',
      at: new Date(documentTime).toISOString(),
      labels: ['simulated'],
    });
    expect(details(report).calls[0]).toMatchObject({ function: 'priceFunc', hashOfCode: hash512(program) });
    expect(details(report).calls[0]?.outputText).toContain('"price": 1033');
    expect(details(report).explained.paths).toHaveLength(3);
  });

  it('says what was not given and what is not attested', async () => {
    expect(notes(await check())).toEqual(
      expect.arrayContaining([
        'BLOCKY_CALL_TIME',
        'BLOCKY_CODE_MISSING',
        'BLOCKY_INPUT_MISSING',
        'BLOCKY_SECRETS_MISSING',
      ]),
    );
  });

  it('is open for the measurement alone where nothing is pinned, and offers it', async () => {
    const report = await check({}, { trust: { nitro: { roots: [pemOf(root)] } } });
    expect(report.verdict).toBe('undetermined');
    expect(report.checks.filter(({ status }) => status === 'unknown').map(({ code }) => code)).toEqual([
      'TEE_MEASUREMENT',
    ]);
    expect(details(report).explained.offered).toEqual({ nitro: { measurements: [measurement] } });
  });

  it('fails under another measurement', async () => {
    const other = { pcrs: { ...measurement.pcrs, '2': 'ab'.repeat(48) } };
    const report = await check({}, { trust: { nitro: { ...pinned.nitro, measurements: [other] } } });
    expect(failing(report)).toEqual(['TEE_MEASUREMENT']);
  });

  it('fails where the root of its documents is not trusted', async () => {
    expect(failing(await check({}, { trust: { nitro: { measurements: [measurement] } } }))).toEqual([
      'TEE_ROOT',
      'TEE_ROOT',
      'TEE_ROOT',
    ]);
  });

  it('fails outside of the windows of its certificates', async () => {
    const report = await check({}, { givenTime: documentTime + 86_400_000 * 30 });
    expect(new Set(failing(report))).toEqual(new Set(['X509_VALIDITY']));
    expect(report).toMatchObject({ verdict: 'rejected', timeSource: 'given' });
  });
});

describe('the documents of a bundle', () => {
  it.each([0, 1, 2])('are each judged: number %i with a bad signature fails', async (number) => {
    const signature = (value: Uint8Array) => value.map((byte, index) => (index === 9 ? byte ^ 1 : byte));
    const report = await check({ documents: { [number]: { message: { signature } } } });
    expect(failing(report)).toEqual(['TEE_SIGNATURE']);
    const documents = one(report, 'BLOCKY_DOCUMENTS').children?.filter(({ code }) => code === 'BLOCKY_DOCUMENT');
    expect(documents?.map(({ status }) => status)).toEqual(
      [0, 1, 2].map((index) => (index === number ? 'fail' : 'pass')),
    );
  });

  it('of a NitroTPM fail, with the reason', async () => {
    const fields = { pcrs: undefined, nitrotpm_pcrs: encodeRegisters(registers) };
    const report = await check({ documents: { 1: { fields } } });
    expect(failing(report)).toContain('TEE_PLATFORM');
    const inner = [...walk(report.checks)].find(({ code, status }) => code === 'TEE_PLATFORM' && status === 'fail');
    expect(inner && sentence(inner, blockyKind.messages)).toContain('NitroTPM');
  });

  it('of another enclave fail', async () => {
    const report = await check({ documents: { 2: { fields: { module_id: cborText('i-another-enc') } } } });
    expect(failing(report)).toEqual(['BLOCKY_SAME_ENCLAVE']);
    expect(words(report, 'BLOCKY_SAME_ENCLAVE')).toContain('Document 3');
  });

  it.each([0, 4, 16])('with another register %i fail', async (register) => {
    const pcrs = encodeRegisters(new Map([...registers, [register, new Uint8Array(48).fill(0xee)]]));
    const report = await check({ documents: { 1: { fields: { pcrs } } } });
    expect(failing(report)).toEqual(['BLOCKY_SAME_ENCLAVE']);
    expect(words(report, 'BLOCKY_SAME_ENCLAVE')).toContain(`PCR ${register}`);
  });

  it('whose last is not the hash of the others fail', async () => {
    for (const chunks of [
      ([first, second, hash]: readonly Uint8Array[]) => [second, first, hash] as Uint8Array[],
      (all: readonly Uint8Array[]) => all.slice(1),
      (all: readonly Uint8Array[]) => all.slice(0, -1),
      (all: readonly Uint8Array[]) => [...all, all[2] as Uint8Array],
    ]) {
      expect(failing(await check({ chunks }))).toEqual(['BLOCKY_JOINED']);
    }
    const alone = await check({ chunks: () => [keyText()] });
    expect(failing(alone)).toEqual(['BLOCKY_JOINED']);
  });

  it('without user data fail', async () => {
    expect(failing(await check({ documents: { 0: { fields: { user_data: nil } } } }))).toEqual(['BLOCKY_JOINED']);
    expect(failing(await check({ documents: { 0: { fields: { user_data: bytes(new Uint8Array()) } } } }))).toEqual([
      'BLOCKY_JOINED',
    ]);
  });

  it('that attest no key fail', async () => {
    const cases = [
      utf8('no JSON'),
      utf8('[]'),
      utf8(JSON.stringify({ curve_type: 'p256', data: toBase64(publicKey) })),
      utf8(JSON.stringify({ curve_type: 'p256k1', data: 7 })),
      keyText(publicKey.subarray(0, 64)),
      keyText(secp256k1.Point.fromBytes(publicKey).toBytes(true)),
      keyText(publicKey.map((byte, index) => (index === 64 ? byte ^ 1 : byte))),
      keyText(concatBytes(Uint8Array.of(4), new Uint8Array(64))),
    ];
    for (const attested of cases) {
      const report = await check({ attested });
      expect(failing(report), new TextDecoder().decode(attested)).toEqual(['BLOCKY_KEY']);
      expect(one(report, 'BLOCKY_CALL_SIGNATURE').status).toBe('unknown');
    }
  });
});

describe('the signed call', () => {
  const data = encodeBytesArray(...rightParts);
  const right = sign(data);
  const high = (): Uint8Array => {
    const { r, s, recovery } = secp256k1.Signature.fromBytes(
      concatBytes(right.subarray(64), right.subarray(0, 64)),
      'recovered',
    );
    const turned = new secp256k1.Signature(r, secp256k1.Point.CURVE().n - s);
    return concatBytes(turned.toBytes('compact'), Uint8Array.of((recovery ?? 0) ^ 1));
  };

  it.each([
    ['of another key', sign(data, new Uint8Array(32).fill(8))],
    ['over other bytes', sign(concatBytes(data, data))],
    ['with r changed', right.map((byte, index) => (index === 3 ? byte ^ 1 : byte))],
    ['with s changed', right.map((byte, index) => (index === 40 ? byte ^ 1 : byte))],
    ['with the other v', right.map((byte, index) => (index === 64 ? byte ^ 1 : byte))],
    ['with v as Ethereum writes it', right.map((byte, index) => (index === 64 ? byte + 27 : byte))],
    ['of zeros', new Uint8Array(65)],
    ['with s in the upper half', high()],
  ])('with a signature %s fails', async (_what, signature) => {
    expect(failing(await check({ signature }))).toEqual(['BLOCKY_CALL_SIGNATURE']);
  });

  it('in another encoding fails', async () => {
    const inner = (parts: readonly Uint8Array[]): BlockyChanges => ({ parts });
    const replaced = (index: number, part: Uint8Array): BlockyChanges =>
      inner(rightParts.map((own, at) => (at === index ? part : own)));
    const cases: readonly BlockyChanges[] = [
      { attestation: new Uint8Array() },
      { attestation: concatBytes(encodeBytesArray(data, right), new Uint8Array(32)) },
      { attestation: encodeBytesArray(data) },
      { attestation: encodeBytesArray(data, right, right) },
      { signature: right.subarray(0, 64) },
      { signature: concatBytes(right, Uint8Array.of(0)) },
      { data: new Uint8Array(40) },
      inner(rightParts.slice(0, 4)),
      inner([...rightParts, new Uint8Array()]),
      replaced(0, utf8(hash512(program).toUpperCase())),
      replaced(0, utf8(hash512(program).slice(1))),
      replaced(2, new Uint8Array(64)),
      replaced(4, utf8('g'.repeat(128))),
      replaced(1, new Uint8Array()),
      replaced(1, new Uint8Array(4097).fill(65)),
      replaced(1, Uint8Array.of(0xff)),
    ];
    for (const changes of cases) {
      const report = await check(changes);
      expect(failing(report)).toEqual(['BLOCKY_CALL_FORM']);
      expect(one(report, 'BLOCKY_CLAIMS').status).toBe('unknown');
    }
  });
});

describe('claims', () => {
  it.each<[string, (json: BlockyJson) => BlockyJson]>([
    ['enclave_measurement.platform', claim((key) => void (key.enclave_measurement.platform = 'plain'))],
    [
      'enclave_measurement.code',
      claim((key) => void (key.enclave_measurement.code = key.enclave_measurement.code.replace('0', '1'))),
    ],
    ['public_key.curve_type', claim((key) => void (key.public_key.curve_type = 'p256'))],
    ['public_key.data', claim((key) => void (key.public_key.data = toBase64(new Uint8Array(65))))],
    ['hash_of_code', claim((_key, call) => void (call.hash_of_code = hash512(input)))],
    ['function', claim((_key, call) => void (call.function = 'other'))],
    ['hash_of_input', claim((_key, call) => void (call.hash_of_input = hash512(program)))],
    ['output', claim((_key, call) => void (call.output = toBase64(utf8('{"success":false}'))))],
    ['hash_of_secrets', claim((_key, call) => void (call.hash_of_secrets = hash512(program)))],
  ])('where %s differs from what is attested fail', async (field, json) => {
    const report = await check({ json });
    expect(failing(report)).toEqual(['BLOCKY_CLAIMS']);
    expect(words(report, 'BLOCKY_CLAIMS')).toContain(field);
  });

  it('are never what is shown', async () => {
    const report = await check({ json: claim((_key, call) => void (call.function = 'other')) });
    expect(details(report).calls[0]?.function).toBe('priceFunc');
  });
});

describe('files beside a call', () => {
  const beside = (name: string, file: Uint8Array) => ({ companions: [readContent(name, file)] });

  it.each([
    ['BLOCKY_CODE', program],
    ['BLOCKY_INPUT', input],
    ['BLOCKY_SECRETS', secrets],
    ['BLOCKY_OUTPUT', output],
  ])('are found to be what they are: %s', async (code, file) => {
    const report = await check({}, beside('file', file));
    expect(report.verdict).toBe('verified');
    expect(one(report, code).status).toBe('pass');
    expect(notes(report)).not.toContain(`${code}_MISSING`);
  });

  it('that are another program, or nothing of the call, fail', async () => {
    expect(failing(await check({}, beside('x.wasm', concatBytes(program, new Uint8Array(1)))))).toEqual([
      'BLOCKY_CODE',
    ]);
    expect(failing(await check({}, beside('x', utf8('other input'))))).toEqual(['BLOCKY_INPUT']);
  });

  it('are compared as they stand, also where the whole file is hex', async () => {
    expect(failing(await check({}, beside('x', utf8(hash512(input)))))).toEqual(['BLOCKY_INPUT']);
  });

  it('are not asked for where the call had none', async () => {
    const parts = rightParts.map((part, index) =>
      index === 2 || index === 4 ? utf8(hash512(new Uint8Array())) : part,
    );
    const json = claim((_key, call) => {
      call.hash_of_input = hash512(new Uint8Array());
      call.hash_of_secrets = hash512(new Uint8Array());
    });
    const report = await check({ parts, json });
    expect(report.verdict).toBe('verified');
    expect(notes(report)).not.toContain('BLOCKY_INPUT_MISSING');
    expect(notes(report)).not.toContain('BLOCKY_SECRETS_MISSING');
  });

  it('that are documents of ours are no part of it', async () => {
    expect((await check({}, beside('t', utf8('{"affidavit":"trust/1"}')))).verdict).toBe('verified');
  });
});

describe('platforms', () => {
  it('plain is no TEE: never verified, and said on every screen', async () => {
    const plain = (data: Uint8Array) =>
      toBase64(utf8(JSON.stringify({ data: toBase64(data), measurement: { platform: 'plain', code: 'plain' } })));
    const { sha3 } = await import('../../bytes/hash.ts');
    const report = await check({
      bundle: () => ({ platform: 'plain', platform_attestations: [plain(keyText()), plain(sha3(keyText()))] }),
      json: claim((key) => void (key.enclave_measurement = { platform: 'plain', code: 'plain' })),
    });
    expect(failing(report)).toEqual(['TEE_PLATFORM']);
    expect(report).toMatchObject({ verdict: 'rejected', labels: ['not a TEE'], timeSource: 'now' });
    expect(one(report, 'BLOCKY_CALL').status).toBe('pass');
    expect(one(report, 'BLOCKY_DOCUMENTS').status).toBe('unknown');
    expect(words(report, 'TEE_PLATFORM')).toContain('no enclave at all');
  });

  it('plain over genuine documents is no TEE either', async () => {
    const report = await check({ bundle: (bundle) => ({ ...bundle, platform: 'plain' }) });
    expect(failing(report)).toContain('TEE_PLATFORM');
    expect(report.verdict).toBe('rejected');
  });

  it('that are not known leave it open', async () => {
    const json = claim((key) => void (key.enclave_measurement.platform = 'other'));
    const report = await check({ bundle: (bundle) => ({ ...bundle, platform: 'other' }), json });
    expect(report).toMatchObject({ verdict: 'undetermined', labels: ['not a TEE'] });
  });
});

describe('the old form', () => {
  it('holds by the same rules, with a note', async () => {
    const report = await judgeText((await makeOldOutput()).text);
    expect(failing(report)).toEqual([]);
    expect(report.verdict).toBe('verified');
    expect(notes(report)).toContain('BLOCKY_OLD_FORM');
  });

  it('fails where the signed text is another', async () => {
    const report = await judgeText((await makeOldOutput((data) => data.replace(',', ',7,'))).text);
    expect(failing(report)).toEqual(['BLOCKY_CALL_FORM']);
    const { text } = await makeOldOutput();
    const moved = JSON.parse(text) as { function_calls: { transitive_attestation: string }[] };
    const call = moved.function_calls[0] as { transitive_attestation: string };
    const [data, signature] = JSON.parse(Buffer.from(call.transitive_attestation, 'base64').toString()) as string[];
    const spaced = Buffer.from(` ${Buffer.from(data as string, 'base64').toString()}`).toString('base64');
    call.transitive_attestation = Buffer.from(JSON.stringify([spaced, signature])).toString('base64');
    expect(failing(await judgeText(JSON.stringify(moved)))).toEqual(['BLOCKY_CALL_SIGNATURE']);
  });

  it('with a second call needs both to hold', async () => {
    const { text } = await makeOldOutput();
    const twice = JSON.parse(text) as { function_calls: { claims: Record<string, string> }[] };
    twice.function_calls.push(structuredClone(twice.function_calls[0]) as never);
    expect((await judgeText(JSON.stringify(twice))).verdict).toBe('verified');
    const second = twice.function_calls[1] as { claims: Record<string, string> };
    second.claims['function'] = 'other';
    const report = await judgeText(JSON.stringify(twice));
    expect(words(report, 'BLOCKY_CLAIMS')).toContain('call 2: function');
  });
});
