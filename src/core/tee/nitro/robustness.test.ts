import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { toBase64 } from '../../bytes/base64.ts';
import { equalBytes } from '../../bytes/bytes.ts';
import { map, tag } from '../../cose/cose.fixture.ts';
import { readContent, type Content } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { Trust } from '../../trust/trust.ts';
import { x509 } from '../../x509/x509.ts';
import { makeCrl, revokedEntry } from '../../x509/crl.fixture.ts';
import { sequence, utcTime } from '../../x509/der.fixture.ts';
import { parseCertificate } from '../../x509/parse.ts';
import { readBytes, readJson, vectorFolder } from '../vectors.fixture.ts';
import type { NitroDetails } from './details.ts';
import { nitroKind } from './kind.ts';
import { makeDocument, measurement } from './nitro.fixture.ts';
import { createNitroVerifier } from './nitroVerifier.ts';
import { parseNitroDocument } from './parse.ts';

interface Subject {
  readonly bytes: Uint8Array;
  readonly trust: Trust;
  readonly root: Uint8Array;
  readonly companions: readonly Content[];
}

/** What holds before any edit; each is verified as it is. */
const subjects: Subject[] = [];

const folder = vectorFolder();

beforeAll(async () => {
  const signsLists = { keyUsage: x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign };
  const made = await makeDocument({ levels: { 3: signsLists } });
  const issuer = parseCertificate(made.path.ders[3]!).subject.der;
  const revoked = sequence(revokedEntry('7f', utcTime('260301110000Z')));
  const crl = readContent('list', await makeCrl({ issuer, revoked }, made.path.keys[3]!.privateKey));
  for (const [{ document, root }, companions] of [
    [made, [crl]],
    [await makeDocument({ writeMap: map }), []],
    [await makeDocument({ message: { wrap: (message) => tag(18, message) } }), []],
  ] as const) {
    const pem = `-----BEGIN CERTIFICATE-----\n${toBase64(root)}\n-----END CERTIFICATE-----`;
    subjects.push({
      bytes: document,
      root,
      companions,
      trust: { nitro: { roots: [pem], measurements: [measurement] } },
    });
  }
  if (!folder) return;
  const { nitro } = readJson<{ nitro: { file: string; expected: string; debugMode: boolean }[] }>(
    folder,
    'manifest.json',
  );
  for (const { file } of nitro.filter(({ expected, debugMode }) => expected === 'valid-at-window' && !debugMode)) {
    const { bytes } = readContent(file, readBytes(folder, file));
    const bare = await run({ bytes, trust: {}, root: bytes, companions: [] }, bytes);
    const trust = (bare.details as NitroDetails).explained.offered ?? {};
    subjects.push({ bytes, trust, root: parseNitroDocument(bytes).cabundle[0]!, companions: [] });
  }
});

function run({ trust, companions }: Subject, bytes: Uint8Array): Promise<Report> {
  return judge(readContent('x', bytes), { trust, now: Date.UTC(2030, 0, 1), companions }, [nitroKind]);
}

/** Replaces, removes, inserts, copies within, cuts: what goes wrong on the way, and what somebody would try. */
const edit = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('set', 'flip', 'remove', 'insert', 'copy', 'cut'),
  value: fc.uint8Array({ minLength: 1, maxLength: 4 }),
  from: fc.nat(),
});

function edited(
  bytes: Uint8Array,
  edits: readonly (typeof edit extends fc.Arbitrary<infer T> ? T : never)[],
): Uint8Array {
  let changed = [...bytes];
  for (const { at, kind, value, from } of edits) {
    const place = at % Math.max(1, changed.length);
    if (kind === 'set') changed[place] = value[0]!;
    else if (kind === 'flip') changed[place] = changed[place]! ^ (1 << (value[0]! % 8));
    else if (kind === 'remove') changed.splice(place, value.length);
    else if (kind === 'insert') changed.splice(place, 0, ...value);
    else if (kind === 'copy')
      changed.splice(place, 16, ...changed.slice(from % changed.length, (from % changed.length) + 16));
    else if (at % 8 === 0) changed = changed.slice(0, place);
  }
  return Uint8Array.from(changed);
}

/** Whether what is signed, and by whom it is said to be, is still the same. */
function saysTheSame(one: Uint8Array, other: Uint8Array): boolean {
  const [a, b] = [parseNitroDocument(one).cose, parseNitroDocument(other).cose];
  return equalBytes(a.payload.bytes, b.payload.bytes) && equalBytes(a.protectedHeader.bytes, b.protectedHeader.bytes);
}

describe('a document that was edited', () => {
  it('holds before', async () => {
    for (const subject of subjects) expect((await run(subject, subject.bytes)).verdict).toBe('verified');
    expect(subjects.length).toBe(folder ? 20 : 3);
  });

  it('is judged without a throw, and never verified where it says anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(edit, { minLength: 1, maxLength: 3 }), async (which, edits) => {
        const subject = subjects[which % subjects.length]!;
        const changed = edited(subject.bytes, edits);
        const report = await run(subject, changed);
        if (report.verdict === 'verified') expect(saysTheSame(changed, subject.bytes)).toBe(true);
      }),
      { numRuns: 10_000, interruptAfterTimeLimit: 2_500 },
    );
  });

  it('is never taken for the one before it by a verifier of many', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(edit, { minLength: 1, maxLength: 2 }), async (which, edits) => {
        const subject = subjects[which % subjects.length]!;
        const verifier = createNitroVerifier([subject.root]);
        expect((await verifier.verify(subject.bytes)).ok).toBe(true);
        const changed = edited(subject.bytes, edits);
        if ((await verifier.verify(changed)).ok) expect(saysTheSame(changed, subject.bytes)).toBe(true);
      }),
      { numRuns: 10_000, interruptAfterTimeLimit: 2_000 },
    );
  });

  it('with an edited list beside it is never better off than without any', async () => {
    const subject = subjects[0]!;
    const [list] = subject.companions as [Content];
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 2 }), async (edits) => {
        const changed = readContent('list', edited(list.bytes, edits));
        const { checks, verdict } = await run({ ...subject, companions: [changed] }, subject.bytes);
        const revocation = checks.find(({ code }) => code === 'TEE_REVOCATION');
        if (!equalBytes(changed.bytes, list.bytes)) expect(revocation?.status).not.toBe('pass');
        expect(verdict).not.toBe('rejected');
      }),
      { numRuns: 10_000, interruptAfterTimeLimit: 1_500 },
    );
  });
});

describe('bytes that are made to cost', () => {
  const repeat = (...bytes: readonly number[]) =>
    Uint8Array.from({ length: 32_000 }, (_, index) => bytes[index % bytes.length]!);

  it.each<[string, Uint8Array]>([
    ['arrays in arrays', repeat(0x81)],
    ['indefinite maps in maps', repeat(0xbf)],
    ['tags of tags', repeat(0xd2)],
    ['an array that claims 2^32 elements', Uint8Array.of(0x9b, 0, 0, 0, 1, 0, 0, 0, 0)],
    ['a byte string that claims 2^53 bytes', Uint8Array.of(0x84, 0x5b, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)],
    ['a hundred MiB', new Uint8Array(100 * 1024 * 1024).fill(0x84)],
  ])('are refused at once: %s', async (_, bytes) => {
    const checker = await nitroKind.load();
    const before = process.cpuUsage();
    const { checks } = await checker.check(
      { name: 'x', bytes, fileBytes: bytes, encoding: 'raw', text: undefined },
      { trust: {}, now: 0, companions: [] },
    );
    expect(checks[0]).toMatchObject({ code: 'TEE_FORM', status: 'fail' });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });
});
