import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytes, map, nil, tag, uint } from '../../cose/cose.fixture.ts';
import type { NitroDocument } from './document.ts';
import { DocumentPattern } from './documentPattern.ts';
import { documentTime, makeDocument, type DocumentChanges } from './nitro.fixture.ts';
import { NitroFormError, parseNitroDocument } from './parse.ts';

const nonce = (fill: number, length = 20) => bytes(new Uint8Array(length).fill(fill));
const forms: readonly DocumentChanges[] = [
  { fields: { nonce: nonce(1) } },
  { fields: { nonce: nonce(1), user_data: nil } },
  { fields: { user_data: bytes(new Uint8Array()) } },
  { writeMap: map, message: { wrap: (message) => tag(18, message) } },
];

let documents: readonly Uint8Array[];
beforeAll(async () => {
  documents = await Promise.all(forms.map(async (changes) => (await makeDocument(changes)).document));
});

const patternOf = (document: Uint8Array) => DocumentPattern.of(parseNitroDocument(document.slice()))!;

/** What is read, without where the views lie. */
const plain = (document: NitroDocument | undefined) => document && { ...document, pcrs: [...document.pcrs] };

function parsed(document: Uint8Array): NitroDocument | undefined {
  try {
    return parseNitroDocument(document);
  } catch (error) {
    if (error instanceof NitroFormError) return undefined;
    throw error;
  }
}

describe('a document as a pattern', () => {
  it('reads its like to what the parser reads: another time, user data, nonce, signature', async () => {
    const pattern = patternOf(documents[0]!);
    const fields = {
      timestamp: uint(documentTime + 60_000),
      nonce: nonce(9),
      user_data: bytes(new Uint8Array(32).fill(4)),
    };
    const { document } = await makeDocument({ fields });
    expect(plain(pattern.read(document))).toEqual(plain(parseNitroDocument(document)));
    expect(pattern.read(document)).toMatchObject({
      timestamp: documentTime + 60_000,
      nonce: new Uint8Array(20).fill(9),
    });
  });

  it('leaves to the parser what is written otherwise', async () => {
    const pattern = patternOf(documents[0]!);
    const others: DocumentChanges[] = [
      { fields: { nonce: nonce(1, 21) } },
      { fields: { nonce: nonce(1, 19) } },
      { fields: { nonce: nil } },
      { fields: { nonce: nonce(1), public_key: bytes(new Uint8Array(44).fill(6)) } },
      { fields: { nonce: nonce(1), timestamp: Uint8Array.of(0x1b, 0, 0, 0, 0, 0, 0, 0, 0) } },
      { fields: { nonce: nonce(1), timestamp: Uint8Array.of(0x1b, 0xff, 0, 0, 0, 0, 0, 0, 0) } },
      { fields: { nonce: nonce(1) }, levels: {} },
    ];
    for (const changes of others) expect(pattern.read((await makeDocument(changes)).document)).toBeUndefined();
    const short = await makeDocument({ fields: { timestamp: uint(5) } });
    expect(DocumentPattern.of(parseNitroDocument(short.document))).toBeUndefined();
  });

  it('never reads anything to what the parser does not read it to', () => {
    const edits = fc.array(fc.record({ at: fc.nat(), value: fc.nat(255) }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.nat(), edits, (which, list) => {
        const original = documents[which % documents.length]!;
        const changed = original.slice();
        for (const { at, value } of list) changed[at % changed.length] = value;
        const read = patternOf(original).read(changed);
        if (read) expect(plain(read)).toEqual(plain(parsed(changed)));
      }),
      { numRuns: 3_000, interruptAfterTimeLimit: 2_500 },
    );
  });
});
