import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { array, bytes, map, negative, nil, tag, text, uint } from '../../cose/cose.fixture.ts';
import { documentTime, encodeRegisters, makeDocument, registers, type DocumentChanges } from './nitro.fixture.ts';
import { maximumDocumentLength, NitroFormError, parseNitroDocument } from './parse.ts';

const filled = (length: number) => new Uint8Array(length).fill(5);
const pcr = filled(48);

describe('an attestation document', () => {
  it('is read into its fields, with the place of each in the file', async () => {
    const { document, root } = await makeDocument();
    const read = parseNitroDocument(document);
    expect(read).toMatchObject({
      platform: 'enclave',
      moduleId: 'i-0123456789abcdef0-enc0123456789abcdef',
      digest: 'SHA384',
      timestamp: documentTime,
      publicKey: new Uint8Array(44).fill(7),
      userData: new Uint8Array(32).fill(8),
      unknownFields: [],
    });
    expect(read.nonce).toBeUndefined();
    expect([...read.pcrs]).toEqual([...registers]);
    expect(read.cabundle).toHaveLength(4);
    expect(read.cabundle[0]).toEqual(root);
    const at = ({ offset, length }: { offset: number; length: number }) => document.subarray(offset, offset + length);
    expect(at(read.ranges.user_data!)).toEqual(bytes(new Uint8Array(32).fill(8)));
    expect(at(read.ranges.timestamp!)).toEqual(uint(documentTime));
    expect(at(read.ranges.nonce!)).toEqual(nil);
    expect(at(read.ranges.pcrs!)).toEqual(encodeRegisters(registers));
    expect(at(read.certificateRange)).toEqual(read.certificate);
    expect(read.cabundleRanges.map(at)).toEqual(read.cabundle);
  });

  it.each<[string, DocumentChanges]>([
    ['a map of definite length', { writeMap: map }],
    ['tag 18', { message: { wrap: (message) => tag(18, message) } }],
    ['optional fields left out', { fields: { public_key: undefined, user_data: undefined, nonce: undefined } }],
    ['optional fields of null', { fields: { public_key: nil, user_data: nil, nonce: nil } }],
    ['empty user data and nonce', { fields: { user_data: bytes(filled(0)), nonce: bytes(filled(0)) } }],
    ['user data and nonce of 1024 bytes', { fields: { user_data: bytes(filled(1024)), nonce: bytes(filled(1024)) } }],
    [
      'registers of 32 and 64 bytes',
      {
        fields: {
          pcrs: encodeRegisters([
            [0, filled(32)],
            [31, filled(64)],
          ]),
        },
      },
    ],
    [
      '32 registers',
      { fields: { pcrs: encodeRegisters(Array.from({ length: 32 }, (_, index) => [31 - index, pcr])) } },
    ],
    ['numbers in more bytes than needed', { fields: { timestamp: Uint8Array.of(0x1b, 0, 0, 0, 0, 0, 0, 0, 1) } }],
    ['fields in another order', { fields: { module_id: undefined }, extra: [[text('module_id'), text('i-1')]] }],
  ])('may have %s', async (_, changes) => {
    const { document } = await makeDocument(changes);
    expect(parseNitroDocument(document).cabundle).toHaveLength(4);
  });

  it('keeps the names of fields that nobody has described, whatever is in them', async () => {
    const extra = [
      [text('x'.repeat(100)), array(map([uint(1), nil]), nil)],
      [text('y'), uint(1)],
    ] as const;
    const { document } = await makeDocument({ extra });
    expect(parseNitroDocument(document).unknownFields).toEqual(['x'.repeat(64), 'y']);
  });

  it('of a NitroTPM is known as one', async () => {
    const { document } = await makeDocument({
      fields: { pcrs: undefined },
      extra: [[text('nitrotpm_pcrs'), encodeRegisters([[0, pcr]])]],
    });
    expect(parseNitroDocument(document)).toMatchObject({ platform: 'nitrotpm', pcrs: new Map([[0, pcr]]) });
  });
});

describe('each rule broken is refused by its name', () => {
  const optional = ['user_data', 'nonce'] as const;
  const cases: readonly [name: string, changes: DocumentChanges, rule: string, words: RegExp][] = [
    ['tag 17', { message: { wrap: (message) => tag(17, message) } }, 'cose', /tag 17/],
    [
      'a fifth element',
      { message: { wrap: (message) => Uint8Array.of(0x85, ...message.subarray(1), 0xf6) } },
      'cose',
      /found 5/,
    ],
    ['a byte behind it', { message: { wrap: (message) => Uint8Array.of(...message, 0) } }, 'cose', /the end/],
    [
      'no payload (detached)',
      {
        message: {
          wrap: (message) => {
            // Two bytes of head of the array and header, the header, the empty map; then comes the payload's byte string.
            const { offset, bytes: payload } = parseNitroDocument(message).cose.payload;
            return Uint8Array.of(
              ...message.subarray(0, offset - 3),
              0xf6,
              ...message.subarray(offset + payload.length),
            );
          },
        },
      },
      'cose',
      /a byte string/,
    ],
    ['a payload of more than 16 KiB', { extra: [[text('x'), bytes(filled(14_500))]] }, 'payload', /1 to 16384/],
    ['an empty payload', { writeMap: () => filled(0) }, 'payload', /1 to 16384/],
    ['a payload that is an array', { writeMap: () => array() }, 'payload', /a map/],
    ['a byte behind the payload', { writeMap: (...pairs) => Uint8Array.of(...map(...pairs), 0) }, 'payload', /the end/],
    [
      'no end of the payload',
      { writeMap: (...pairs) => Uint8Array.of(0xbf, ...map(...pairs).subarray(1)) },
      'payload',
      /found the end/,
    ],
    ['a field twice', { extra: [[text('nonce'), nil]] }, 'payload', /"nonce" again/],
    [
      'an unknown field twice',
      {
        extra: [
          [text('x'), nil],
          [text('x'), nil],
        ],
      },
      'payload',
      /"x" again/,
    ],
    ['a field without text name', { extra: [[uint(1), nil]] }, 'payload', /a text string/],
    [
      'an unknown field nested too deep',
      { extra: [[text('x'), Array.from({ length: 20 }).reduce<Uint8Array>((inner) => array(inner), nil)]] },
      'payload',
      /levels/,
    ],
    ...['module_id', 'digest', 'timestamp', 'pcrs', 'certificate', 'cabundle'].map(
      (field): [string, DocumentChanges, string, RegExp] => [
        `no ${field}`,
        { fields: { [field]: undefined } },
        field,
        /not there/,
      ],
    ),
    ...['module_id', 'digest', 'timestamp', 'pcrs', 'certificate', 'cabundle'].map(
      (field): [string, DocumentChanges, string, RegExp] => [
        `${field} of null`,
        { fields: { [field]: nil } },
        field,
        /found a simple value/,
      ],
    ),
    ['an empty module id', { fields: { module_id: text('') } }, 'module_id', /not empty/],
    ['a module id that is no UTF-8', { fields: { module_id: Uint8Array.of(0x61, 0xff) } }, 'module_id', /UTF-8/],
    ['another digest', { fields: { digest: text('SHA256') } }, 'digest', /"SHA384".*"SHA256"/],
    ['a timestamp of zero', { fields: { timestamp: uint(0) } }, 'timestamp', /found 0/],
    ['a negative timestamp', { fields: { timestamp: negative(-1) } }, 'timestamp', /unsigned/],
    [
      'a timestamp beyond the year 9999',
      { fields: { timestamp: uint(253_402_300_800_000) } },
      'timestamp',
      /year 9999/,
    ],
    [
      'a timestamp beyond 2^53',
      { fields: { timestamp: Uint8Array.of(0x1b, 0, 0x20, 0, 0, 0, 0, 0, 0) } },
      'timestamp',
      /2\^53/,
    ],
    ['a timestamp of text', { fields: { timestamp: text('1') } }, 'timestamp', /unsigned/],
    ['no registers', { fields: { pcrs: map() } }, 'pcrs', /1 to 32/],
    [
      '33 registers',
      { fields: { pcrs: encodeRegisters(Array.from({ length: 33 }, (_, index) => [index, pcr])) } },
      'pcrs',
      /found 33/,
    ],
    ['register 32', { fields: { pcrs: encodeRegisters([[32, pcr]]) } }, 'pcrs', /0 to 31/],
    [
      'a register twice',
      {
        fields: {
          pcrs: encodeRegisters([
            [0, pcr],
            [0, pcr],
          ]),
        },
      },
      'pcrs',
      /0 again/,
    ],
    ['a register named by text', { fields: { pcrs: map([text('0'), bytes(pcr)]) } }, 'pcrs', /unsigned/],
    ['a register of 47 bytes', { fields: { pcrs: encodeRegisters([[0, filled(47)]]) } }, 'pcrs', /32, 48 or 64/],
    ['registers of indefinite length', { fields: { pcrs: Uint8Array.of(0xbf, 0xff) } }, 'pcrs', /definite/],
    ['an empty certificate', { fields: { certificate: bytes(filled(0)) } }, 'certificate', /1 to 1024/],
    ['a certificate of 1025 bytes', { fields: { certificate: bytes(filled(1025)) } }, 'certificate', /1 to 1024/],
    ['an empty bundle', { fields: { cabundle: array() } }, 'cabundle', /one certificate/],
    ['an empty certificate in the bundle', { bundle: (ders) => [...ders, filled(0)] }, 'cabundle', /1 to 1024/],
    [
      'a certificate of 1025 bytes in the bundle',
      { bundle: (ders) => [...ders, filled(1025)] },
      'cabundle',
      /found 1025/,
    ],
    ['a bundle of indefinite length', { fields: { cabundle: Uint8Array.of(0x9f, 0xff) } }, 'cabundle', /definite/],
    ['a bundle of text', { fields: { cabundle: array(text('x')) } }, 'cabundle', /a byte string/],
    ['an empty public key', { fields: { public_key: bytes(filled(0)) } }, 'public_key', /1 to 1024/],
    ['a public key of 1025 bytes', { fields: { public_key: bytes(filled(1025)) } }, 'public_key', /1 to 1024/],
    ...optional.flatMap((field): [string, DocumentChanges, string, RegExp][] => [
      [`${field} of 1025 bytes`, { fields: { [field]: bytes(filled(1025)) } }, field, /found 1025/],
      [`${field} of text`, { fields: { [field]: text('x') } }, field, /a byte string/],
      [`${field} of true`, { fields: { [field]: Uint8Array.of(0xf5) } }, field, /null/],
      [`${field} in chunks`, { fields: { [field]: Uint8Array.of(0x5f, 0x41, 1, 0xff) } }, field, /one piece/],
    ]),
  ];

  it.each(cases)('%s', async (_, changes, rule, words) => {
    const { document } = await makeDocument(changes);
    let error: unknown;
    try {
      parseNitroDocument(document);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(NitroFormError);
    expect(error).toMatchObject({ rule, message: expect.stringMatching(words) as unknown });
    expect((error as NitroFormError).offset).toBeLessThanOrEqual(document.length);
  });

  it('more than 32 KiB', async () => {
    const long = new Uint8Array(maximumDocumentLength + 1);
    long.set((await makeDocument()).document);
    expect(() => parseNitroDocument(long)).toThrow(/at most 32768/);
  });
});

describe('whatever the bytes', () => {
  it('only a NitroFormError comes out, and what is read stands in the file', async () => {
    const documents = [(await makeDocument()).document, (await makeDocument({ writeMap: map })).document];
    const edit = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.uint8Array({ maxLength: 3 }) });
    fc.assert(
      fc.property(fc.constantFrom(...documents), fc.array(edit, { minLength: 1, maxLength: 3 }), (document, edits) => {
        let changed = Array.from(document);
        for (const { at, remove, insert } of edits) {
          // Half of the edits fall among the heads at the front, where the structure is.
          const place = at % 2 === 0 ? at % 1000 : at % changed.length;
          changed = changed.toSpliced(place, remove, ...insert);
        }
        attempt(Uint8Array.from(changed));
      }),
      { numRuns: 3000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), attempt), { numRuns: 1000 });
  });

  it('every document that is cut short is refused', async () => {
    const { document } = await makeDocument();
    for (let length = 0; length < document.length; length += 5) {
      expect(() => parseNitroDocument(document.subarray(0, length))).toThrow(NitroFormError);
    }
  });
});

function attempt(document: Uint8Array): void {
  try {
    const { ranges, cabundleRanges, certificateRange } = parseNitroDocument(document);
    for (const { offset, length } of [...Object.values(ranges), ...cabundleRanges, certificateRange]) {
      if (offset < 0 || offset + length > document.length) throw new Error('a range outside of the file');
    }
  } catch (error) {
    if (!(error instanceof NitroFormError)) throw error;
  }
}
