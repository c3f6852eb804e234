import fc from 'fast-check';
import { encode } from 'cborg';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { toBase64Url } from '../bytes/base64.ts';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fromBase58, toBase58 } from './base58.ts';
import { parseBitcoinTransaction } from './bitcoinTransaction.ts';
import { judgeBytes, makeCertificate } from './certificate.fixture.ts';
import { rootOfPath } from './merkleProof.ts';
import { parseMerkleProof2017 } from './merkleProof2017.ts';
import { parseMerkleProof2019 } from './merkleProof2019.ts';
import { readMoment } from './moment.ts';
import { contentIdentifier } from './pox/contentIdentifier.ts';
import { sentinelOf } from './sentinels.ts';
import { statusBit } from './statusList.ts';

const hash = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const proofOf = (parts: unknown): string => `z${toBase58(encode(parts))}`;
const anchors = [
  2,
  [
    [
      [0, 1],
      [1, 5],
      [2, '0xab'],
    ],
  ],
];
const text = (byte: number): Uint8Array => encode(toHex(hash(byte)));

function onlyFormatErrors(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
  }
}

describe('base58', () => {
  it('is read as it is written', () => {
    expect(toHex(fromBase58('2NEpo7TZRRrLZSi2U'))).toBe(toHex(utf8('Hello World!')));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(fromBase58(toBase58(bytes))).toEqual(bytes);
      }),
    );
    for (const bad of ['0', 'O', 'I', 'l', 'ab c', '1'.repeat(16_385)])
      expect(() => fromBase58(bad)).toThrow(FormatError);
  });
});

describe('MerkleProof2019', () => {
  it('is read with hashes as text in bytes, as bytes in bytes, and as bytes', () => {
    for (const form of [text, hash, (byte: number) => encode(hash(byte))]) {
      const parsed = parseMerkleProof2019(
        proofOf([
          [
            3,
            [
              [0, form(3)],
              [1, form(4)],
            ],
          ],
          [0, form(1)],
          [1, form(2)],
          anchors,
        ]),
      );
      expect(parsed).toEqual({
        root: hash(1),
        target: hash(2),
        path: [
          { side: 'left', hash: hash(3) },
          { side: 'right', hash: hash(4) },
        ],
        anchors: [{ chain: 1, network: 5, transaction: '0xab' }],
      });
    }
  });

  it('is refused in every other form', () => {
    const right = [[3, []], [0, text(1)], [1, text(1)], anchors];
    expect(parseMerkleProof2019(proofOf(right)).path).toEqual([]);
    for (const parts of [
      right.slice(1),
      [...right, [0, text(1)]],
      [[3, []], [0, text(1)], [0, text(1)], anchors],
      [[4, []], [0, text(1)], [1, text(1)], anchors],
      [[3, [[2, text(1)]]], [0, text(1)], [1, text(1)], anchors],
      [[3, []], [0, hash(1).subarray(1)], [1, text(1)], anchors],
      [[3, []], [0, encode('A'.repeat(64))], [1, text(1)], anchors],
      [
        [3, []],
        [0, text(1)],
        [1, text(1)],
        [2, []],
      ],
      [
        [3, []],
        [0, text(1)],
        [1, text(1)],
        [2, [[[1, 5]]]],
      ],
      [
        [3, []],
        [0, text(1)],
        [1, text(1)],
        [
          2,
          [
            [
              [0, 1],
              [2, 7],
            ],
          ],
        ],
      ],
      [[3, Array.from({ length: 65 }, () => [0, text(1)])], [0, text(1)], [1, text(1)], anchors],
      {},
    ]) {
      expect(() => parseMerkleProof2019(proofOf(parts)), JSON.stringify(parts).slice(0, 80)).toThrow(FormatError);
    }
    expect(() => parseMerkleProof2019('uAAAA')).toThrow(/expected "z"/);
    expect(() => parseMerkleProof2019(`z${toBase58(concatBytes(encode(right), Uint8Array.of(0)))}`)).toThrow(
      FormatError,
    );
  });

  it('of any bytes throws nothing but format errors', () => {
    const right = encode([[3, [[0, text(3)]]], [0, text(1)], [1, text(2)], anchors]);
    fc.assert(
      fc.property(fc.nat({ max: right.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        onlyFormatErrors(() => parseMerkleProof2019(`z${toBase58(right.with(at, byte))}`));
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (value) => onlyFormatErrors(() => parseMerkleProof2019(`z${value}`))),
    );
  });
});

describe('MerkleProof2017', () => {
  it('is read, and refused where it is not what it must be', () => {
    const right = {
      type: ['MerkleProof2017'],
      targetHash: toHex(hash(1)),
      merkleRoot: toHex(hash(2)),
      proof: [{ left: toHex(hash(3)) }],
      anchors: [{ sourceId: 'ab', chain: 'bitcoinMainnet' }],
    };
    expect(parseMerkleProof2017(right)).toMatchObject({ target: hash(1), path: [{ side: 'left' }] });
    for (const bad of [
      { type: 'Other' },
      { targetHash: 'ab' },
      { proof: [{ left: toHex(hash(3)), right: toHex(hash(3)) }] },
      { proof: [{ middle: toHex(hash(3)) }] },
      { proof: {} },
      { anchors: [] },
      { anchors: [{}] },
    ]) {
      expect(() => parseMerkleProof2017({ ...right, ...bad } as never)).toThrow(FormatError);
    }
  });

  it('leads to the same root as by hand', () => {
    // SHA-256 over two hashes of zeros, as OpenSSL computes it.
    expect(toHex(rootOfPath({ target: hash(0), path: [{ side: 'left', hash: hash(0) }] }))).toBe(
      'f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b',
    );
    const path = [{ side: 'left', hash: hash(1) }] as const;
    expect(rootOfPath({ target: hash(0), path })).not.toEqual(
      rootOfPath({ target: hash(0), path: [{ side: 'right', hash: hash(1) }] }),
    );
  });
});

describe('a Bitcoin transaction', () => {
  // One input, one output of OP_RETURN with 32 bytes; and the same with a witness.
  const head = `01000000`;
  const input = `01${'11'.repeat(32)}00000000${'00'}ffffffff`;
  const output = `01${'00'.repeat(8)}226a20${'ab'.repeat(32)}`;
  const plain = fromHex(`${head}${input}${output}00000000`);
  const witnessed = fromHex(`${head}0001${input}${output}0102aabb00000000`);

  it('has the same identifier with and without witnesses, and says what it records', () => {
    const [a, b] = [parseBitcoinTransaction(plain), parseBitcoinTransaction(witnessed)];
    expect(a).toEqual(b);
    expect(a.data).toEqual([hash(0xab)]);
    expect(a.id).toMatch(/^[0-9a-f]{64}$/);
  });

  it('of the first block has the identifier that everyone knows', () => {
    const coinbase = fromHex(
      '01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000',
    );
    expect(parseBitcoinTransaction(coinbase).id).toBe(
      '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b',
    );
  });

  it('of any bytes throws nothing but format errors', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: plain.length - 1 }),
        fc.nat({ max: 255 }),
        fc.nat({ max: plain.length }),
        (at, byte, cut) => {
          onlyFormatErrors(() => parseBitcoinTransaction(plain.with(at, byte).subarray(0, cut || undefined)));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a status list', () => {
  const list = (bits: Uint8Array, prefix = '') => ({
    credentialSubject: { encodedList: prefix + toBase64Url(new Uint8Array(gzipSync(bits))) },
  });

  it('has the most significant bit first, with or without the multibase letter', () => {
    const bits = new Uint8Array(16_384);
    bits[2] = 0b0010_0000;
    for (const prefix of ['', 'u']) {
      expect(statusBit(list(bits, prefix), 18)).toBe(true);
      expect(statusBit(list(bits, prefix), 17)).toBe(false);
      expect(statusBit(list(bits, prefix), 131_071)).toBe(false);
      expect(() => statusBit(list(bits, prefix), 131_072)).toThrow(FormatError);
    }
  });

  it('is refused where it is short, no gzip, or not there', () => {
    expect(() => statusBit(list(new Uint8Array(100)), 0)).toThrow(/at least 131072/);
    expect(() => statusBit({ credentialSubject: { encodedList: 'AAAA' } }, 0)).toThrow(FormatError);
    expect(() => statusBit({}, 0)).toThrow(FormatError);
  });
});

describe('small readings', () => {
  it('of moments', () => {
    expect(readMoment('2020-09-10T13:05:11.996623+00:00')).toBe(Date.parse('2020-09-10T13:05:11.996Z'));
    expect(readMoment('2020-09-10T13:05:11')).toBe(Date.parse('2020-09-10T13:05:11Z'));
    expect(readMoment('2017-05-02')).toBe(Date.parse('2017-05-02'));
    for (const bad of ['soon', '2017', '2020-13-01', '', undefined]) expect(readMoment(bad)).toBeUndefined();
  });

  it('of digests that certify nothing', () => {
    expect(sentinelOf('17bf4b46701313ea8fbaf838c24b8647d39bff0a9d2b45f403cb72ba420bd4bd')).toContain('ArrayBuffer');
    expect(sentinelOf('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')).toContain('empty');
    expect(sentinelOf('0'.repeat(64))).toBeTruthy();
    expect(sentinelOf('ab'.repeat(32))).toBeUndefined();
  });

  it('of identifiers in IPFS', () => {
    // The first is the documentation's, the second stands in a real certificate.
    expect(contentIdentifier(utf8('hello world\n'))).toBe('QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o');
    expect(contentIdentifier(utf8('1\n'))).toBe('QmdytmR4wULMd3SLo6ePF4s3WcRHWcpnJZ7bHhoj3QB13v');
    expect(contentIdentifier(new Uint8Array())).toBe('QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH');
    expect(contentIdentifier(new Uint8Array(262_145))).toBeUndefined();
  });
});

describe('any edit of a certificate', () => {
  it('throws nothing, and is never verified', async () => {
    const { text: json, trust, beside } = await makeCertificate();
    const bytes = utf8(json);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), async (at, byte) => {
        // Without the ledger beside it nothing is verified anyway; what is asked is that nothing breaks, and that no covered change passes.
        const report = await judgeBytes(bytes.with(at, byte), trust, [beside.ledger, beside.block]);
        if (report.verdict !== 'verified') return;
        const uncovered = /"(displayHtml|metadataJson|issuingOrg|created|proofPurpose|type|verificationMethod)"/;
        const near = json.slice(Math.max(0, at - 90), at + 60);
        expect(byte === bytes[at] || uncovered.test(near), near).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('of any text throws nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 3 }), async (value) => {
        const report = await judgeBytes(
          utf8(`{"type":"BloxbergCredential","x":"https://bloxberg.org","proof":${value}}`),
        );
        expect(report.verdict).not.toBe('verified');
      }),
      { numRuns: 60 },
    );
  });
});
