import { describe, expect, it } from 'vitest';
import { gunzipped } from '../../archive/gunzipped.ts';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { toBase64 } from '../../bytes/base64.ts';
import { toHex } from '../../bytes/hex.ts';
import { readContent } from '../../kinds/content.ts';
import { isDebug, readGuestPolicy, readPlatformInfo } from './guestPolicy.ts';
import { sevSnpKind } from './kind.ts';
import { layoutOf } from './layout.ts';
import { parseReport, SnpFormError } from './parse.ts';
import { productOfCpu, productOfName } from './product.ts';
import { readEvidence } from './readEvidence.ts';
import { hostRequest } from './report.ts';
import {
  chipId,
  guids,
  makeReport,
  makeTable,
  measurement,
  reportData,
  tcbBytes,
  type ReportChanges,
} from './sevSnp.fixture.ts';
import { isAtMost, readTcb, tcbText } from './tcb.ts';

const contentOf = (bytes: Uint8Array) => readContent('file', bytes as Uint8Array<ArrayBuffer>);

describe('the layout of every version', () => {
  it.each([2, 3, 4, 5])('%i is without a gap', (version) => {
    let at = 0;
    for (const { offset, length } of layoutOf(version)) {
      expect(offset).toBe(at);
      at += length;
    }
    expect(at).toBe(1184);
  });
});

describe('a report', () => {
  it('is read into its fields', async () => {
    expect(parseReport(await makeReport({ version: 5, product: 'Turin' }))).toMatchObject({
      version: 5,
      guestSvn: 7,
      policy: 0x3001fn,
      vmpl: 0,
      authorKeyEnabled: false,
      maskChipKey: false,
      signingKey: 'VCEK',
      reportData,
      measurement,
      cpu: { family: 0x1a, model: 2, stepping: 1 },
      currentVersion: { major: 1, minor: 55, build: 31 },
      mitigations: { launch: 3n, current: 7n },
    });
    const old = parseReport(await makeReport());
    expect(old.cpu).toBeUndefined();
    expect(old.mitigations).toBeUndefined();
    expect(parseReport(await makeReport({ version: 4 })).mitigations).toBeUndefined();
  });

  it('has a signature of 96 bytes, most significant byte first', async () => {
    const bytes = await makeReport();
    const { signature } = parseReport(bytes);
    expect(signature).toHaveLength(96);
    expect(signature.slice(0, 48)).toEqual(bytes.slice(0x2a0, 0x2d0).reverse());
    expect(signature.slice(48)).toEqual(bytes.slice(0x2e8, 0x318).reverse());
  });

  it('of the host has a level of its own, and one of a VLEK says so', async () => {
    expect(parseReport(await makeReport({ writes: [[0x30, [255, 255, 255, 255]]] })).vmpl).toBe(hostRequest);
    expect(parseReport(await makeReport({ kind: 'VLEK' })).signingKey).toBe('VLEK');
    expect(parseReport(await makeReport({ writes: [[0x48, [7 << 2]]] })).signingKey).toBe('none');
    expect(parseReport(await makeReport({ writes: [[0x48, [3]]] }))).toMatchObject({
      authorKeyEnabled: true,
      maskChipKey: true,
    });
  });

  const broken: readonly [what: string, rule: string, changes: ReportChanges][] = [
    ['version 1', 'version', { writes: [[0, [1]]] }],
    ['version 0', 'version', { writes: [[0, [0]]] }],
    ['policy without the bit that must be one', 'POLICY', { writes: [[0x0a, [1]]] }],
    ['policy with a bit that nobody described', 'POLICY', { writes: [[0x0b, [4]]] }],
    ['policy with a high bit', 'POLICY', { writes: [[0x0f, [0x80]]] }],
    ['privilege level 4', 'VMPL', { writes: [[0x30, [4]]] }],
    ['a privilege level near that of the host', 'VMPL', { writes: [[0x30, [254, 255, 255, 255]]] }],
    ['no signature algorithm', 'SIGNATURE_ALGO', { writes: [[0x34, [0]]] }],
    ['another signature algorithm', 'SIGNATURE_ALGO', { writes: [[0x34, [2]]] }],
    ['a signing key that is reserved', 'KEY_INFO', { writes: [[0x48, [2 << 2]]] }],
    ['key bits that are reserved', 'KEY_INFO', { writes: [[0x48, [32]]] }],
    ['something in reserved bytes 4Ch', 'RESERVED', { writes: [[0x4c, [1]]] }],
    ['a processor in version 2', 'RESERVED', { writes: [[0x188, [0x19]]] }],
    ['something in reserved bytes 18Bh', 'RESERVED', { version: 3, writes: [[0x18b, [1]]] }],
    ['something in reserved bytes 19Fh', 'RESERVED', { version: 5, writes: [[0x19f, [1]]] }],
    ['something in reserved byte 1EBh', 'RESERVED', { writes: [[0x1eb, [1]]] }],
    ['something in reserved byte 1EFh', 'RESERVED', { writes: [[0x1ef, [1]]] }],
    ['mitigations in version 4', 'RESERVED', { version: 4, writes: [[0x1f8, [1]]] }],
    ['something in reserved bytes 208h', 'RESERVED', { version: 5, writes: [[0x208, [1]]] }],
    ['something in reserved bytes 29Fh', 'RESERVED', { writes: [[0x29f, [1]]] }],
    ['a longer r', 'SIGNATURE_R', { after: [[0x2d0, [1]]] }],
    ['a longer s', 'SIGNATURE_S', { after: [[0x32f, [1]]] }],
    ['something behind the signature', 'RESERVED', { after: [[0x330, [1]]] }],
    ['something in the last byte', 'RESERVED', { after: [[0x49f, [1]]] }],
  ];

  it.each(broken)('with %s is refused', async (_, rule, changes) => {
    const bytes = await makeReport(changes);
    expect(() => parseReport(bytes)).toThrow(SnpFormError);
    try {
      parseReport(bytes);
    } catch (error) {
      expect(error).toMatchObject({ rule, unsupported: false });
      const [offset = 0] = [...(changes.writes ?? []), ...(changes.after ?? [])][0] ?? [];
      expect(Math.abs((error as SnpFormError).offset - offset)).toBeLessThan(8);
    }
  });

  it('of a later version is not known, which is not broken', async () => {
    for (const version of [6, 255]) {
      const bytes = (await makeReport()).with(0, version);
      expect(() => parseReport(bytes)).toThrow(expect.objectContaining({ rule: 'version', unsupported: true }));
    }
    const { checks } = await (
      await sevSnpKind.load()
    ).check(contentOf((await makeReport()).with(0, 6)), {
      trust: {},
      now: 0,
      companions: [],
    });
    expect(checks.every(({ status }) => status === 'unknown')).toBe(true);
  });

  it('of another length is refused', async () => {
    const bytes = await makeReport();
    for (const wrong of [bytes.subarray(0, 1183), new Uint8Array(), concatBytes(bytes, Uint8Array.of(0))]) {
      expect(() => parseReport(wrong)).toThrow(expect.objectContaining({ rule: 'length' }));
    }
  });
});

describe('a certificate table', () => {
  const read = async (table: Uint8Array) => readEvidence(contentOf(concatBytes(await makeReport(), table)));
  const entry = Uint8Array.of(1, 2, 3);

  it.each([
    ['without its end', new Uint8Array(24).fill(1)],
    ['cut short', makeTable([[guids.other, entry]]).subarray(0, 40)],
    ['with an entry inside of the heads', makeTable([[guids.other, entry]]).with(16, 24)],
    ['with an entry beyond the file', makeTable([[guids.other, entry]]).with(20, 200)],
    [
      'with overlapping entries',
      makeTable([
        [guids.other, entry],
        [guids.other, entry],
      ]).with(40, 73),
    ],
    ['with a gap that is not zero', makeTable([[guids.other, entry]]).with(16, 49)],
    ['with something behind', makeTable([[guids.other, entry]], 4).with(54, 1)],
    ['with a certificate that cannot be read', makeTable([[guids.vcek, entry]])],
    ['with too many entries', makeTable(Array.from({ length: 17 }, () => [guids.other, entry] as const))],
  ])('%s is refused', async (_, table) => {
    await expect(read(table)).rejects.toMatchObject({ name: 'FormatError', rule: 'certificates' });
  });

  it('of nothing, or with an entry of another kind, is let pass', async () => {
    expect((await read(new Uint8Array(24))).table?.entries).toEqual([]);
    const { table, certificates } = await read(makeTable([[guids.other, entry]], 8));
    expect([table?.entries[0]?.name, certificates]).toEqual(['other', []]);
  });

  it('is bounded', async () => {
    await expect(read(new Uint8Array(70_000))).rejects.toMatchObject({ rule: 'length' });
  });
});

describe('JSON around a report', () => {
  const read = (value: unknown) => readEvidence(contentOf(utf8(JSON.stringify(value))));

  it('with two different reports is refused, with the same twice not', async () => {
    const [one, two] = [await makeReport(), await makeReport({ version: 3 })];
    await expect(read({ a: toBase64(one), b: toBase64(two) })).rejects.toMatchObject({ rule: 'json' });
    expect(await read({ a: toBase64(one), b: [{ c: toHex(one) }] })).toMatchObject({ member: 'a' });
  });

  it('without one, with a member twice or too deep, is refused', async () => {
    await expect(read({ sevSnp: 'sev-snp-guest/v2' })).rejects.toMatchObject({ rule: 'json' });
    await expect(readEvidence(contentOf(utf8('{"a":1,"a":2}')))).rejects.toMatchObject({ rule: 'json' });
    await expect(readEvidence(contentOf(utf8('['.repeat(60))))).rejects.toMatchObject({ rule: 'json' });
  });

  it('with compressed bytes that are too many, or none, gives nothing', async () => {
    const stream = new Blob([new Uint8Array(5_000_000)]).stream().pipeThrough(new CompressionStream('gzip'));
    const bomb = new Uint8Array(await new Response(stream).arrayBuffer());
    expect(await gunzipped(bomb, 65_536)).toBeUndefined();
    expect(await gunzipped(bomb.subarray(0, 500), 65_536)).toBeUndefined();
    expect(await gunzipped(bomb, 5_000_000)).toHaveLength(5_000_000);
    expect(await gunzipped(Uint8Array.of(1, 2, 3), 10)).toBeUndefined();
    expect(await gunzipped(Uint8Array.of(0x1f, 0x8b, 3), 10)).toBeUndefined();
  });
});

describe('recognition', () => {
  const recognise = (file: Uint8Array) => sevSnpKind.recognise(contentOf(file));

  it('knows a report, however it is wrapped, also when it is broken', async () => {
    for (const version of [2, 3, 4, 5]) {
      const bytes = await makeReport({ version });
      const texts = [
        toHex(bytes),
        toBase64(bytes),
        JSON.stringify({ x: toBase64(bytes) }),
        JSON.stringify({ y: [...bytes] }),
      ];
      for (const file of [bytes, ...texts.map(utf8), concatBytes(bytes, new Uint8Array(4096))])
        expect(recognise(file)).toBe(true);
    }
    const bytes = await makeReport();
    expect(recognise(utf8(`{"format":"https://tinfoil.sh/predicate/sev-snp-guest/v2"}`))).toBe(true);
    expect(recognise(utf8(`{"report":"0x${toHex(bytes)}"}`))).toBe(true);
    expect(recognise(bytes.subarray(0, 700))).toBe(true);
    for (const at of [0x08, 0x0a, 0x30, 0x34, 0x4c]) expect(recognise(bytes.with(at, 0xff))).toBe(true);
  });

  it('leaves everything else alone', async () => {
    const bytes = await makeReport();
    expect(recognise(new Uint8Array())).toBe(false);
    expect(recognise(new Uint8Array(1184))).toBe(false);
    expect(recognise(new Uint8Array(1184).with(0, 2))).toBe(false);
    expect(recognise(bytes.with(1, 1))).toBe(false);
    expect(recognise(bytes.subarray(0, 600))).toBe(false);
    expect(recognise(concatBytes(utf8('HCLA'), new Uint8Array(28), bytes))).toBe(false);
    expect(recognise(utf8('{"report":"AgAAAA"}'))).toBe(false);
    expect(recognise(utf8('the sev-snp-guest/v2 report'))).toBe(false);
  });
});

describe('small readers', () => {
  it('products by processor and by name', () => {
    expect(
      [
        [0x19, 0x01],
        [0x19, 0x11],
        [0x19, 0xa0],
        [0x1a, 0x02],
        [0x1a, 0x11],
      ].map(([family = 0, model = 0]) => productOfCpu(family, model)),
    ).toEqual(['Milan', 'Genoa', 'Genoa', 'Turin', 'Turin']);
    expect(
      [
        [0x19, 0x20],
        [0x1a, 0x12],
        [0x1a, 0x50],
        [0x17, 0x31],
      ].map(([family = 0, model = 0]) => productOfCpu(family, model)),
    ).toEqual([undefined, undefined, undefined, undefined]);
    expect(['Milan-B0', 'Genoa', 'Siena-B1', 'Bergamo-B1', 'Turin'].map(productOfName)).toEqual([
      'Milan',
      'Genoa',
      'Genoa',
      'Genoa',
      'Turin',
    ]);
    expect(['Milan-B0x', 'milan', 'Rome', '', 'Milan-'].map(productOfName)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('versions of the firmware, in either order', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    expect(readTcb(bytes, 'Genoa')).toEqual({ bootLoader: 1, tee: 2, reserved: [3, 4, 5, 6], snp: 7, microcode: 8 });
    expect(readTcb(bytes, 'Turin')).toEqual({
      fmc: 1,
      bootLoader: 2,
      tee: 3,
      snp: 4,
      reserved: [5, 6, 7],
      microcode: 8,
    });
    expect(tcbText(readTcb(tcbBytes('Milan'), 'Milan'))).toBe('blSPL 3, teeSPL 2, snpSPL 8, ucodeSPL 115');
    expect(isAtMost(bytes, bytes)).toBe(true);
    for (let index = 0; index < 8; index++) expect(isAtMost(bytes.with(index, 9), bytes)).toBe(false);
    expect(chipId).toHaveLength(64);
  });

  it('policy and platform, bit by bit', async () => {
    const policyOf = async (bits: number) =>
      readGuestPolicy(parseReport(await makeReport({ writes: [[0x0a, [bits & 255, bits >> 8]]] })));
    const names = [
      'smtAllowed',
      undefined,
      'migrationAgentAllowed',
      'debugAllowed',
      'singleSocketRequired',
      'cxlAllowed',
      'aes256XtsRequired',
      'raplDisabled',
      'ciphertextHidingRequired',
      'pageSwapDisabled',
    ] as const;
    for (const [bit, name] of names.entries()) {
      if (!name) continue;
      const policy = await policyOf(2 | (1 << bit));
      expect(
        Object.entries(policy)
          .filter(([, value]) => value === true)
          .map(([key]) => key),
      ).toEqual([name]);
    }
    const flags = [
      'smtEnabled',
      'tsmeEnabled',
      'eccEnabled',
      'raplDisabled',
      'ciphertextHidingEnabled',
      'aliasCheckComplete',
      'iommuWriteSafe',
      'tioEnabled',
    ];
    for (const [bit, name] of flags.entries()) {
      const info = readPlatformInfo(parseReport(await makeReport({ writes: [[0x40, [1 << bit]]] })));
      expect(
        Object.entries(info)
          .filter(([, value]) => value === true)
          .map(([key]) => key),
      ).toEqual([name]);
    }
    expect(isDebug(parseReport(await makeReport({ writes: [[0x0a, [0x0a]]] })))).toBe(true);
    expect(isDebug(parseReport(await makeReport()))).toBe(false);
  });
});
