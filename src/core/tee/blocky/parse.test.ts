import fc from 'fast-check';
import { decodeAbiParameters } from 'viem';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../../bytes/base64.ts';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { readContent } from '../../kinds/content.ts';
import { judge } from '../../kinds/judge.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { measurement } from '../nitro/nitro.fixture.ts';
import { decodeBytesArray } from './abi.ts';
import { encodeBytesArray, makeOldOutput, makeOutput, type BlockyJson } from './blocky.fixture.ts';
import { parseCall } from './call.ts';
import { blockyKind } from './kind.ts';
import { parseBlockyOutput } from './parse.ts';

const parts = fc.array(fc.uint8Array({ maxLength: 100 }), { minLength: 1, maxLength: 6 });
const { text, json, root } = await makeOutput();

describe('bytes[] in Solidity’s encoding', () => {
  it('is read as it was written by another implementation', () => {
    fc.assert(
      fc.property(parts, (list) => {
        const found = decodeBytesArray(encodeBytesArray(...list), list.length);
        expect(found.map(({ bytes }) => toHex(bytes))).toEqual(list.map(toHex));
      }),
    );
  });

  it('says where each element stands', () => {
    const encoded = encodeBytesArray(utf8('one'), utf8('three'));
    for (const { bytes, offset } of decodeBytesArray(encoded, 2)) {
      expect(encoded.subarray(offset, offset + bytes.length)).toEqual(bytes);
    }
  });

  it('has one form: whatever else the general decoder lets through is refused', () => {
    const right = encodeBytesArray(utf8('one'), utf8('two'));
    const word = (value: number) => Uint8Array.of(...new Uint8Array(31), value);
    const shared = concatBytes(word(32), word(2), word(64), word(64), word(3), right.subarray(160, 192));
    const shifted = concatBytes(word(64), new Uint8Array(32), right.subarray(32));
    const padded = right.map((byte, index) => (index === 191 ? 1 : byte));
    const behind = concatBytes(right, new Uint8Array(32));
    for (const lax of [shared, shifted, padded, behind]) {
      expect(() => decodeAbiParameters([{ type: 'bytes[]' }], `0x${toHex(lax)}`)).not.toThrow();
      expect(() => decodeBytesArray(lax, 2)).toThrow(FormatError);
    }
    expect(decodeBytesArray(right, 2)).toHaveLength(2);
  });

  it('is refused wherever it is cut, or promises more than there is', () => {
    const right = encodeBytesArray(utf8('one'), utf8('two'));
    for (let length = 0; length < right.length; length++) {
      expect(() => decodeBytesArray(right.subarray(0, length), 2)).toThrow(FormatError);
    }
    for (let at = 0; at < right.length; at += 32) {
      expect(() => decodeBytesArray(right.slice().fill(0xff, at, at + 32), 2)).toThrow(FormatError);
    }
  });

  it('never throws anything else', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('current' as const, 'old' as const),
        (bytes, form) => {
          expect(() => parseCall(bytes, form)).toThrow(FormatError);
        },
      ),
    );
  });
});

describe('the shape of an output', () => {
  const changed = (change: (copy: BlockyJson) => void): string => {
    const copy = structuredClone(json);
    change(copy);
    return JSON.stringify(copy);
  };
  const cases: readonly (readonly [string, (copy: BlockyJson) => void, RegExp])[] = [
    [
      'no key',
      (copy) => void delete (copy as Partial<BlockyJson>).enclave_attested_application_public_key,
      /an object at enclave_attested_application_public_key,/,
    ],
    [
      'no call',
      (copy) => void delete (copy as Partial<BlockyJson>).transitive_attested_function_call,
      /transitive_attested_function_call,/,
    ],
    [
      'no claims',
      (copy) => void delete (copy.transitive_attested_function_call as { claims?: unknown }).claims,
      /transitive_attested_function_call\.claims,/,
    ],
    [
      'a claim that is a number',
      (copy) => void (copy.transitive_attested_function_call.claims['function'] = 7 as never),
      /a text at .*claims\.function,/,
    ],
    [
      'a claim left out',
      (copy) => void delete copy.transitive_attested_function_call.claims['output'],
      /claims\.output,/,
    ],
    [
      'no base64',
      (copy) => void (copy.transitive_attested_function_call.transitive_attestation = '*'),
      /transitive_attestation: /,
    ],
    [
      'base64 that is not canonical',
      (copy) => void (copy.enclave_attested_application_public_key.enclave_attestation += '='),
      /enclave_attestation: /,
    ],
    [
      'an attestation of other JSON',
      (copy) => void (copy.enclave_attested_application_public_key.enclave_attestation = toBase64(utf8('[]'))),
      /an object at .*enclave_attestation,/,
    ],
    [
      'no documents',
      (copy) =>
        void (copy.enclave_attested_application_public_key.enclave_attestation = toBase64(
          utf8('{"platform":"nitro","platform_attestations":[]}'),
        )),
      /a list of 1 to 64 at/,
    ],
    [
      'too many documents',
      (copy) =>
        void (copy.enclave_attested_application_public_key.enclave_attestation = toBase64(
          utf8(`{"platform":"nitro","platform_attestations":[${Array.from({ length: 65 }, () => '""').join(',')}]}`),
        )),
      /a list of 1 to 64 at/,
    ],
    [
      'a long document',
      (copy) =>
        void (copy.enclave_attested_application_public_key.enclave_attestation = toBase64(
          utf8(`{"platform":"nitro","platform_attestations":["${'A'.repeat(60_000)}"]}`),
        )),
      /at most 32768 bytes/,
    ],
  ];
  it.each(cases)('with %s is refused', (_what, change, words) => {
    expect(() => parseBlockyOutput(changed(change))).toThrow(words);
    expect(() => parseBlockyOutput(changed(change))).toThrow(FormatError);
  });

  it('is read', () => {
    expect(parseBlockyOutput(text)).toMatchObject({ form: 'current', platform: 'nitro', unknownMembers: [] });
    expect(parseBlockyOutput(text).documents).toHaveLength(3);
  });

  it('may have members that nobody has described, which are named', () => {
    const more = {
      ...json,
      version: 2,
      transitive_attested_function_call: { ...json.transitive_attested_function_call, proof: {} },
    };
    expect(parseBlockyOutput(JSON.stringify(more)).unknownMembers).toEqual([
      'version',
      'transitive_attested_function_call.proof',
    ]);
  });

  it('has every member once', () => {
    expect(() => parseBlockyOutput(text.replace('"claims"', '"claims":{},"claims"'))).toThrow(FormatError);
  });
});

describe('recognising an output', () => {
  it('takes both forms and broken ones, and nothing else', async () => {
    const isOutput = (value: string) => blockyKind.recognise(readContent('a', utf8(value)));
    expect(isOutput(text)).toBe(true);
    expect(isOutput((await makeOldOutput()).text)).toBe(true);
    expect(isOutput(text.slice(0, 500))).toBe(true);
    expect(isOutput('{"affidavit":"trust/1"}')).toBe(false);
    expect(isOutput('"enclave_attested_application_public_key"')).toBe(false);
    expect(blockyKind.recognise(readContent('a', Uint8Array.of(0xff, 0xfe)))).toBe(false);
  });
});

describe('text of any kind', () => {
  const pem = `-----BEGIN CERTIFICATE-----\n${toBase64(root)}\n-----END CERTIFICATE-----\n`;
  const trust = { nitro: { roots: [pem], measurements: [measurement] } };
  const check = (value: string) =>
    judge(readContent('a', utf8(value)), { trust, now: 0, companions: [] }, [blockyKind]);

  it('is never verified after an edit, or says the same', async () => {
    expect((await check(text)).verdict).toBe('verified');
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom(...'Aa0"{},:xZ=+/ '), async (at, character) => {
        const edited = text.slice(0, at) + character + text.slice(at + 1);
        const { kind, verdict } = await check(edited);
        if (kind === 'blocky' && verdict === 'verified') expect(JSON.parse(edited)).toEqual(json);
      }),
      { numRuns: 60 },
    );
  });

  it('never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), async (value) => {
        const { verdict } = await check(`{"enclave_attested_application_public_key":${value}}`);
        expect(verdict).toBe('rejected');
      }),
      { numRuns: 60 },
    );
  });
});
