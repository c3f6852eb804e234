import { describe, expect, it } from 'vitest';
import { toHex } from '../../bytes/hex.ts';
import { bits, integer, sequence, utcTime } from '../../x509/der.fixture.ts';
import { revokedEntry } from '../../x509/crl.fixture.ts';
import { parseCertificate } from '../../x509/parse.ts';
import { pssAlgorithm } from '../../x509/rsa.fixture.ts';
import { readContent } from '../../kinds/content.ts';
import type { SnpDetails } from './details.ts';
import { failing, judgeChanged, judgeFile, notesOf, paramsOf, unsettled } from './judge.fixture.ts';
import { sevSnpKind } from './kind.ts';
import {
  chipId,
  derInteger,
  ia5,
  makeAuthority,
  makeKeyCertificate,
  makeReport,
  makeRoot,
  measurement,
  newP384,
  snpTime,
  rootKeys,
  strangerKeys,
  tcbBytes,
  trustedRoot,
} from './sevSnp.fixture.ts';

const pin = toHex(measurement);
const pinned = { measurements: [pin] };
const day = 86_400_000;

describe('certificates', () => {
  const withLeaf = async (changes: Parameters<typeof makeKeyCertificate>[2], report = {}) =>
    judgeChanged(report, {
      ...pinned,
      beside: [await makeAuthority(), await makeKeyCertificate('Milan', 'VCEK', changes)],
    });

  it('under a root that is not trusted are refused', async () => {
    const beside = [await makeRoot(), await makeAuthority(), await makeKeyCertificate()];
    const stranger = await trustedRoot(await makeRoot('Genoa'), 'Genoa');
    const report = await judgeChanged({}, { ...pinned, beside, roots: [stranger] });
    expect([report.verdict, ...failing(report)]).toEqual(['rejected', 'TEE_CHAIN', 'TEE_ROOT']);
    const builtIn = await sevSnpKind.load();
    const context = {
      trust: {},
      now: snpTime,
      companions: beside.map((der) => readContent('c', der as Uint8Array<ArrayBuffer>)),
    };
    const judged = await builtIn.check(readContent('r', (await makeReport()) as Uint8Array<ArrayBuffer>), context);
    expect(judged.checks.find(({ code }) => code === 'TEE_CHAIN')?.children?.[0]).toMatchObject({
      code: 'TEE_ROOT',
      status: 'fail',
    });
  });

  it('without a root or an authority leave the path open', async () => {
    const noRoot = await judgeChanged({}, { ...pinned, roots: [] });
    expect([noRoot.verdict, ...unsettled(noRoot)]).toEqual(['undetermined', 'TEE_CHAIN unknown']);
    const noAuthority = await judgeChanged({}, { ...pinned, beside: [await makeKeyCertificate()] });
    expect(noAuthority.verdict).toBe('undetermined');
    expect(unsettled(noAuthority)).toEqual(['TEE_CHAIN unknown', 'TEE_SIGNATURE unknown', 'TEE_TIME unknown']);
    expect(paramsOf(noAuthority, 'TEE_ROOT')['wanted']).toMatch(/vcek\/v1\/Milan\/cert_chain/);
  });

  it('of the wrong kind of issuer, key, usage or signature are refused', async () => {
    const authorities = async (changes: Parameters<typeof makeAuthority>[2]) =>
      failing(
        await judgeChanged(
          {},
          { ...pinned, beside: [await makeAuthority('Milan', 'VCEK', changes), await makeKeyCertificate()] },
        ),
      );
    expect(await authorities({ ca: false })).toEqual(['TEE_CHAIN', 'X509_AUTHORITY']);
    expect(await authorities({ keyUsage: 1 })).toEqual(['TEE_CHAIN', 'X509_KEY_USAGE']);
    expect(await authorities({ signer: await strangerKeys() })).toEqual(['TEE_CHAIN', 'X509_SIGNATURE']);
    expect(await authorities({ saltLength: 32 })).toEqual(['TEE_CHAIN', 'X509_ALGORITHM']);
    expect(failing(await withLeaf({ signer: await strangerKeys() }))).toEqual(['TEE_CHAIN', 'X509_SIGNATURE']);
    expect(failing(await withLeaf({ key: (await strangerKeys()).publicKey }))).toEqual(['TEE_CHAIN', 'X509_ALGORITHM']);
  });

  it('that are not valid at the time are refused, with the window', async () => {
    for (const at of [snpTime - 2 * day, snpTime + 2 * day]) {
      const report = await judgeChanged({}, { ...pinned, givenTime: at });
      expect([report.verdict, report.timeSource, ...unsettled(report)]).toEqual(['rejected', 'given', 'TEE_TIME fail']);
    }
    const expired = await withLeaf({ notAfter: snpTime - 1000 });
    expect([expired.verdict, ...unsettled(expired)]).toEqual(['rejected', 'TEE_TIME fail']);
    expect(paramsOf(expired, 'TEE_TIME')).toMatchObject({ to: '2026-03-01T11:59:59Z', at: '2026-03-01T12:00:00Z' });
  });

  it('of another chip are refused', async () => {
    const report = await withLeaf({ extensions: { '4': chipId.with(63, 1) } });
    expect([report.verdict, ...failing(report)]).toEqual(['rejected', 'SNP_CHIP']);
    expect(failing(await withLeaf({}, { writes: [[0x1a0, [1]]] }))).toEqual(['SNP_CHIP']);
  });

  it('of a chip that the report hides count, and that is said', async () => {
    const report = await withLeaf({}, { writes: [[0x1a0, new Uint8Array(64)]] });
    expect([report.verdict, ...notesOf(report)]).toEqual(['verified', 'TEE_REVOCATION_OPEN', 'SNP_CHIP_MASKED']);
  });

  it.each(['3.1', '3.2', '3.3', '3.4', '3.7', '3.8'])('of other firmware are refused: extension %s', async (end) => {
    const report = await withLeaf({ extensions: { [end]: derInteger(200) } });
    expect([report.verdict, ...failing(report)]).toEqual(['rejected', 'SNP_TCB']);
  });

  it('that leave a version out, or say more than the report, are refused', async () => {
    expect(failing(await withLeaf({ extensions: { '3.8': undefined } }))).toEqual(['SNP_TCB']);
    expect(failing(await withLeaf({ extensions: { '3.9': derInteger(0) } }))).toEqual(['SNP_TCB']);
  });

  it.each(['fmc', 'bootLoader', 'tee', 'snp', 'microcode'] as const)(
    'of Turin are compared in %s too',
    async (part) => {
      const tcb = tcbBytes('Turin', { [part]: 0 });
      const report = await judgeChanged({ version: 5, product: 'Turin', writes: [[0x180, tcb]] }, pinned);
      expect([report.verdict, ...failing(report)]).toEqual(['rejected', 'SNP_TCB']);
      expect(paramsOf(report, 'SNP_TCB')['differing']).toMatch(/^(fmc|bl|tee|snp|ucode)SPL$/);
    },
  );

  it('of the other kind of key are refused', async () => {
    const leaf = await makeKeyCertificate('Milan', 'VLEK');
    const report = await judgeChanged({}, { ...pinned, beside: [await makeAuthority('Milan', 'VLEK'), leaf] });
    expect([report.verdict, ...failing(report)]).toEqual(['rejected', 'SNP_KEY']);
    const back = await judgeChanged(
      { kind: 'VLEK' },
      { ...pinned, beside: [await makeAuthority(), await makeKeyCertificate()] },
    );
    expect([back.verdict, ...failing(back)]).toEqual(['rejected', 'SNP_KEY']);
  });

  it('of another product than the report, or than the root, are refused', async () => {
    const named = await withLeaf({ extensions: { '2': ia5('Genoa-B1') } }, { version: 3 });
    expect([named.verdict, ...failing(named)]).toEqual(['rejected', 'TEE_PLATFORM']);
    const genoa = await judgeChanged({ version: 3, writes: [[0x188, [0x19, 0x11, 1]]] }, pinned);
    expect([genoa.verdict, ...failing(genoa)]).toEqual(['rejected', 'TEE_PLATFORM']);
    const underGenoa = await judgeChanged(
      {},
      { ...pinned, roots: [await trustedRoot(await makeRoot('Milan'), 'Genoa')] },
    );
    expect([underGenoa.verdict, ...failing(underGenoa)]).toEqual(['rejected', 'TEE_PLATFORM']);
  });

  it('of a product that is not known leave it open', async () => {
    const report = await withLeaf({ extensions: { '2': ia5('Venice-A0') } });
    expect(report.verdict).not.toBe('verified');
    const cpu = await judgeChanged({ version: 3, writes: [[0x188, [0x1a, 0x50, 0]]] }, pinned);
    expect([cpu.verdict, ...unsettled(cpu)]).toEqual(['undetermined', 'TEE_PLATFORM unknown']);
  });

  it('whose extensions cannot be read leave what they say open', async () => {
    for (const extensions of [
      { '2': Uint8Array.of(0x0c, 1, 0x41) },
      { '2': undefined },
      { '3.1': Uint8Array.of(2, 2, 1, 0) },
      { '4': new Uint8Array(20) },
      { '4': undefined },
      { '5': ia5('operator') },
    ]) {
      const report = await withLeaf({ extensions });
      expect([report.verdict, ...unsettled(report)], JSON.stringify(extensions)).toEqual([
        'undetermined',
        'TEE_PLATFORM unknown',
        'SNP_KEY unknown',
        'SNP_CHIP unknown',
        'SNP_TCB unknown',
      ]);
    }
  });
});

describe('the report itself', () => {
  it('signed by another key is refused', async () => {
    const report = await judgeChanged({ signer: await newP384() }, pinned);
    expect([report.verdict, ...failing(report)]).toEqual(['rejected', 'TEE_SIGNATURE']);
  });

  it('that no key signed is refused', async () => {
    expect(failing(await judgeChanged({ writes: [[0x048, [2]]] }, pinned))).toEqual(['TEE_SIGNATURE']);
    expect(failing(await judgeChanged({ writes: [[0x048, [7 << 2]]] }, pinned))).toEqual(['TEE_SIGNATURE', 'SNP_KEY']);
    expect(failing(await judgeChanged({ after: [[0x2a0, new Uint8Array(512)]] }, pinned))).toEqual(['TEE_SIGNATURE']);
  });

  it('with s in place of r, or big-endian, is refused', async () => {
    const bytes = await makeReport();
    const [r, s] = [bytes.slice(0x2a0, 0x2d0), bytes.slice(0x2e8, 0x318)];
    for (const after of [
      [
        [0x2a0, s],
        [0x2e8, r],
      ],
      [
        [0x2a0, r.toReversed()],
        [0x2e8, s.toReversed()],
      ],
    ] as const) {
      const changed = bytes.slice();
      for (const [offset, value] of after) changed.set(value, offset);
      const report = await judgeFile(changed, {
        ...pinned,
        beside: [await makeAuthority(), await makeKeyCertificate()],
      });
      expect(failing(report)).toEqual(['TEE_SIGNATURE']);
    }
  });

  it('in debug mode matches no pin, and says so either way', async () => {
    const writes = [[0x00a, [0x0b]]] as const;
    const open = await judgeChanged({ writes });
    expect([open.verdict, ...open.labels, ...unsettled(open)]).toEqual([
      'undetermined',
      'debug',
      'TEE_MEASUREMENT unknown',
    ]);
    const report = await judgeChanged({ writes }, pinned);
    expect([report.verdict, ...failing(report)]).toEqual(['rejected', 'TEE_MEASUREMENT']);
    expect(notesOf(report)).toContain('TEE_DEBUG');
    expect((open.details as SnpDetails).explained.offered).toBeUndefined();
  });

  it.each([
    ['an older firmware ABI than the policy demands', [[0x008, [0x38, 1]]]],
    [
      'multithreading that the policy forbids',
      [
        [0x00a, [2]],
        [0x040, [1]],
      ],
    ],
    ['power metering that the policy forbids', [[0x00a, [0x83]]]],
    ['no ciphertext hiding where the policy demands it', [[0x00b, [1]]]],
    ['a migration agent that the policy forbids', [[0x160, [1]]]],
  ] as const)('with %s is refused', async (_, writes) => {
    const report = await judgeChanged({ writes }, pinned);
    expect([report.verdict, ...failing(report)]).toEqual(['rejected', 'SNP_POLICY']);
  });

  it('with a migration agent that is allowed holds, with a remark', async () => {
    const report = await judgeChanged(
      {
        writes: [
          [0x00a, [7]],
          [0x160, [1]],
        ],
      },
      pinned,
    );
    expect([report.verdict, ...notesOf(report)]).toEqual(['verified', 'TEE_REVOCATION_OPEN', 'SNP_MIGRATION_AGENT']);
  });

  it.each([
    ['COMMITTED_TCB above CURRENT_TCB', [[0x1e0, tcbBytes('Milan', { snp: 9 })]]],
    [
      'REPORTED_TCB above CURRENT_TCB',
      [
        [0x038, tcbBytes('Milan', { microcode: 3 })],
        [0x1e0, tcbBytes('Milan', { microcode: 3 })],
      ],
    ],
    ['a committed firmware above the one that runs', [[0x1ec, [32]]]],
  ] as const)('with %s is refused', async (_, writes) => {
    const report = await judgeChanged({ writes }, pinned);
    expect([report.verdict, ...failing(report)]).toEqual(['rejected', 'SNP_TCB_ORDER']);
  });

  it('with firmware that is not committed yet holds, with a remark', async () => {
    const writes = [[0x038, tcbBytes('Milan', { snp: 9 })]] as const;
    const report = await judgeChanged({ writes }, pinned);
    expect([report.verdict, ...notesOf(report)]).toEqual(['verified', 'TEE_REVOCATION_OPEN', 'SNP_PROVISIONAL']);
  });

  it('from a higher privilege level holds, with a remark; one that the host asked for stays open', async () => {
    const higher = await judgeChanged({ writes: [[0x030, [3]]] }, pinned);
    expect([higher.verdict, ...notesOf(higher)]).toEqual(['verified', 'TEE_REVOCATION_OPEN', 'SNP_VMPL_ABOVE_ZERO']);
    const host = await judgeChanged({ writes: [[0x030, [255, 255, 255, 255]]] }, pinned);
    expect([host.verdict, ...unsettled(host)]).toEqual(['undetermined', 'SNP_VMPL unknown']);
  });

  it('with bits of the platform that nobody has described holds, with a remark', async () => {
    const report = await judgeChanged({ writes: [[0x041, [1]]] }, pinned);
    expect([report.verdict, ...notesOf(report)]).toEqual(['verified', 'SNP_PLATFORM_BITS', 'TEE_REVOCATION_OPEN']);
  });
});

describe('a revocation list of AMD', () => {
  const list = async (serial: string | undefined, signer: CryptoKeyPair) => {
    const issuer = parseCertificate(await makeRoot()).subject.der;
    const entry = serial === undefined ? [] : [sequence(revokedEntry(serial, utcTime('260101000000Z')))];
    const tbs = sequence(
      integer(1),
      pssAlgorithm(),
      issuer,
      utcTime('260201000000Z'),
      utcTime('260401000000Z'),
      ...entry,
    );
    const algorithm = { name: 'RSA-PSS', saltLength: 48 };
    const signature = await crypto.subtle.sign(algorithm, signer.privateKey, tbs as Uint8Array<ArrayBuffer>);
    return sequence(tbs, pssAlgorithm(), bits(0, new Uint8Array(signature)));
  };
  const judged = async (crl: Uint8Array) =>
    judgeChanged({}, { ...pinned, beside: [await makeAuthority(), await makeKeyCertificate(), crl] });

  it('that revokes nothing holds, and one that revokes the authority rejects', async () => {
    const { serial } = parseCertificate(await makeAuthority());
    const keys = await rootKeys();
    const clean = await judged(await list('4d', keys));
    expect([clean.verdict, clean.checks.at(-1)?.code, clean.checks.at(-1)?.status]).toEqual([
      'verified',
      'TEE_REVOCATION',
      'pass',
    ]);
    expect((await judged(await list(undefined, keys))).verdict).toBe('verified');
    const revoked = await judged(await list(serial, keys));
    expect([revoked.verdict, ...failing(revoked)]).toEqual(['rejected', 'TEE_REVOCATION', 'X509_REVOCATION']);
  });

  it('that a stranger signed says nothing', async () => {
    const report = await judged(await list('00', await strangerKeys()));
    expect([report.verdict, ...unsettled(report)]).toEqual(['undetermined', 'TEE_REVOCATION unknown']);
  });
});
