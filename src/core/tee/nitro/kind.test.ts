import { describe, expect, it } from 'vitest';
import { toBase64 } from '../../bytes/base64.ts';
import { utf8 } from '../../bytes/bytes.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { toHex } from '../../bytes/hex.ts';
import { array, bytes, nil, text, uint } from '../../cose/cose.fixture.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { Trust } from '../../trust/trust.ts';
import { walk } from '../../verdict/check.ts';
import { sentence } from '../../verdict/messages.ts';
import { pathTime } from '../../x509/path.fixture.ts';
import type { NitroDetails } from './details.ts';
import { nitroKind } from './kind.ts';
import { nitroMessages } from './messages.en.ts';
import {
  documentTime,
  encodeRegisters,
  makeDocument,
  measurement,
  type DocumentChanges,
  type MadeDocument,
} from './nitro.fixture.ts';

const hour = 3_600_000;

interface Options {
  readonly changes?: DocumentChanges;
  readonly measurements?: NonNullable<Trust['nitro']>['measurements'];
  readonly pinRoot?: boolean;
  readonly givenTime?: number;
  readonly now?: number;
}

async function run(options: Options): Promise<Report> {
  return judgeMade(await makeDocument(options.changes), options);
}

async function judgeMade({ document, root }: MadeDocument, options: Options = {}): Promise<Report> {
  const { measurements = [], pinRoot = true, givenTime, now = Date.UTC(2030, 0, 1) } = options;
  const pem = `-----BEGIN CERTIFICATE-----\n${toBase64(root)}\n-----END CERTIFICATE-----`;
  const trust: Trust = { nitro: { ...(pinRoot && { roots: [pem] }), measurements } };
  const context = { trust, now, companions: [], ...(givenTime !== undefined && { givenTime }) };
  const report = await judge(readContent('file.bin', document), context, [nitroKind]);
  for (const check of walk(report.checks)) {
    const words = sentence(check, nitroMessages);
    expect(words, check.code).not.toBe(check.code);
    expect(words, check.code).not.toMatch(/\{\w+\}/);
    for (const note of check.notes ?? []) expect(nitroMessages[note.code]?.title).toBeDefined();
  }
  return report;
}

const unsettled = ({ checks }: Report) =>
  checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
const notes = ({ checks }: Report) => [...walk(checks)].flatMap((check) => (check.notes ?? []).map(({ code }) => code));
const zeros = encodeRegisters([0, 1, 2].map((register) => [register, new Uint8Array(48)]));

describe('a bare document', () => {
  it('with nothing pinned is undetermined, and only because nothing is pinned', async () => {
    const report = await run({});
    expect(report).toMatchObject({
      kind: 'nitro',
      verdict: 'undetermined',
      timeSource: 'signed',
      at: '2026-03-01T12:00:00.250Z',
    });
    expect(unsettled(report)).toEqual(['TEE_MEASUREMENT unknown']);
  });

  it('with the measurement pinned is verified', async () => {
    const report = await run({ measurements: [measurement] });
    expect([report.verdict, ...unsettled(report)]).toEqual(['verified']);
  });

  it('with another measurement pinned is rejected', async () => {
    const report = await run({ measurements: [{ pcrs: { ...measurement.pcrs, '1': 'ab'.repeat(48) } }] });
    expect([report.verdict, ...unsettled(report)]).toEqual(['rejected', 'TEE_MEASUREMENT fail']);
  });

  it('of a debug enclave is undetermined without a pin, rejected under any, and says so either way', async () => {
    const changes = { fields: { pcrs: zeros } };
    const open = await run({ changes });
    expect([open.verdict, ...unsettled(open)]).toEqual(['undetermined', 'TEE_MEASUREMENT unknown']);
    const pinned = await run({ changes, measurements: [measurement] });
    expect([pinned.verdict, ...unsettled(pinned)]).toEqual(['rejected', 'TEE_MEASUREMENT fail']);
    for (const report of [open, pinned]) {
      expect(report.labels).toEqual(['debug', 'simulated']);
      expect(notes(report)).toContain('TEE_DEBUG');
    }
  });

  it('under a root that is not pinned is rejected, and labelled as simulated as under one that is', async () => {
    const report = await run({ pinRoot: false, measurements: [measurement] });
    expect([report.verdict, ...unsettled(report)]).toEqual(['rejected', 'TEE_CHAIN fail']);
    const failing = [...walk(report.checks)].filter(({ status }) => status === 'fail').map(({ code }) => code);
    expect(failing).toEqual(['TEE_CHAIN', 'TEE_ROOT']);
    expect(report.labels).toEqual(['simulated']);
    expect((await run({})).labels).toEqual(['simulated']);
  });

  it('says that revocation was not checked', async () => {
    expect(notes(await run({}))).toEqual(['TEE_REVOCATION_OPEN']);
  });

  it('remarks user data and a nonce above 512 bytes', async () => {
    const field = (length: number) => bytes(new Uint8Array(length));
    expect(notes(await run({ changes: { fields: { user_data: field(512), nonce: field(512) } } }))).toEqual([
      'TEE_REVOCATION_OPEN',
    ]);
    const report = await run({ changes: { fields: { user_data: field(513), nonce: field(1024) } } });
    expect(report.verdict).toBe('undetermined');
    expect(report.checks[0]?.notes).toMatchObject([
      { code: 'TEE_LONG_FIELD', params: { field: 'user_data', length: 513 } },
      { code: 'TEE_LONG_FIELD', params: { field: 'nonce', length: 1024 } },
    ]);
  });
});

describe('the time', () => {
  it('given inside all windows passes, and is called given', async () => {
    const report = await run({ givenTime: pathTime + hour, measurements: [measurement] });
    expect(report).toMatchObject({ verdict: 'verified', timeSource: 'given', at: '2026-03-01T13:00:00Z' });
    expect(notes(report)).toEqual(['TEE_REVOCATION_OPEN']);
  });

  it('given after the leaf expired rejects, and names the certificate and its window', async () => {
    const report = await run({ givenTime: pathTime + 3 * hour, measurements: [measurement] });
    expect([report.verdict, ...unsettled(report)]).toEqual(['rejected', 'TEE_TIME fail']);
    const time = report.checks.find(({ code }) => code === 'TEE_TIME');
    expect(time?.children?.map(({ status }) => status)).toEqual(['pass', 'pass', 'pass', 'pass', 'fail']);
    expect(time?.children?.[4]?.params).toMatchObject({
      number: 5,
      subject: expect.stringContaining('CN=leaf') as unknown,
      from: '2026-03-01T11:00:00Z',
      to: '2026-03-01T14:00:00Z',
      at: '2026-03-01T15:00:00Z',
    });
  });

  it('given before the document was signed is remarked, unless it is the same second', async () => {
    const early = await run({ givenTime: documentTime - 10_000, measurements: [measurement] });
    expect([early.verdict, notes(early)]).toEqual(['verified', ['TEE_REVOCATION_OPEN', 'TEE_SIGNED_LATER']]);
    expect(notes(await run({ givenTime: pathTime }))).toEqual(['TEE_REVOCATION_OPEN']);
  });
});

describe('what is behind a time outside of the windows', () => {
  it('is said to be the clock where it is out by minutes, whoever gave it', async () => {
    const end = pathTime + 2 * hour;
    const late = await run({ givenTime: end + 60_000 });
    const time = late.checks.find(({ code }) => code === 'TEE_TIME');
    expect(time).toMatchObject({
      status: 'fail',
      notes: [{ code: 'TEE_CLOCK', params: { seconds: 60, side: 'after' } }],
    });
    const early = await run({ givenTime: pathTime - hour - 1 });
    expect(notes(early)).toEqual(['TEE_REVOCATION_OPEN', 'TEE_SIGNED_LATER', 'TEE_CLOCK']);
    expect(notes(await run({ givenTime: end + 16 * 60_000 }))).toEqual(['TEE_REVOCATION_OPEN']);
    expect(notes(await run({ givenTime: end }))).toEqual(['TEE_REVOCATION_OPEN']);
  });

  it('is said to be seconds for milliseconds where that would fit', async () => {
    const seconds = await run({ changes: { fields: { timestamp: uint(Math.floor(documentTime / 1000)) } } });
    expect([seconds.verdict, notes(seconds)]).toEqual(['rejected', ['TEE_REVOCATION_OPEN', 'TEE_SECONDS']]);
    const other = await run({ changes: { fields: { timestamp: uint(1000) } } });
    expect(notes(other)).toEqual(['TEE_REVOCATION_OPEN']);
  });

  it('is called the present where the present was chosen', async () => {
    const present = pathTime + hour;
    const report = await run({ givenTime: present, now: present, measurements: [measurement] });
    expect(report).toMatchObject({ verdict: 'verified', timeSource: 'now', at: '2026-03-01T13:00:00Z' });
    const time = report.checks.find(({ code }) => code === 'TEE_TIME');
    expect(time?.params).toMatchObject({ source: 'now' });
    expect((await run({ givenTime: present, now: present + 1 })).timeSource).toBe('given');
  });
});

describe('a document that cannot be read', () => {
  it('is rejected for its form, everything else left open, no time, no labels', async () => {
    const report = await run({ changes: { fields: { timestamp: uint(0) } } });
    expect(report).toMatchObject({ verdict: 'rejected', at: null, labels: [] });
    expect(unsettled(report)).toEqual([
      'TEE_FORM fail',
      'TEE_PLATFORM unknown',
      'TEE_CHAIN unknown',
      'TEE_SIGNATURE unknown',
      'TEE_TIME unknown',
      'TEE_MEASUREMENT unknown',
    ]);
    expect(report.checks[0]?.params).toMatchObject({ rule: 'timestamp' });
  });
});

describe('what goes with the checks', () => {
  it('is planned before it runs, in the same shape', async () => {
    const { document } = await makeDocument();
    const checker = await nitroKind.load();
    const context = { trust: {}, now: 0, companions: [] };
    const content = readContent('x', document);
    const shape = (list: readonly { code: string; children?: readonly { code: string }[] }[]) =>
      list.map(({ code, children }) => [code, code === 'TEE_TIME' ? [] : (children ?? []).map((child) => child.code)]);
    const { checks } = await checker.check(content, context);
    expect(shape(checker.plan(content, context))).toEqual(shape(checks));
  });

  it('names the very bytes of the file', async () => {
    const made = await makeDocument();
    const { document } = made;
    const report = await judgeMade(made);
    const digest = sha3Hex(document);
    const evidence = [...walk(report.checks)].flatMap((check) => check.evidence ?? []);
    expect(evidence.length).toBeGreaterThan(10);
    for (const item of evidence) {
      expect(item.digest).toBe(digest);
      expect(item.offset + item.length).toBeLessThanOrEqual(document.length);
    }
    const signature = report.checks
      .find(({ code }) => code === 'TEE_SIGNATURE')
      ?.evidence?.find(({ name }) => name === 'signature');
    expect(signature).toMatchObject({ offset: document.length - 96, length: 96 });
  });

  it('shows its certificates, each to be pinned', async () => {
    const { paths } = ((await run({})).details as NitroDetails).explained;
    const { certificates } = paths[0]!;
    expect(certificates.map(({ number, subject }) => `${number} ${subject}`)).toEqual([
      '1 CN=authority 1, O=Test',
      '2 CN=authority 2, O=Test',
      '3 CN=authority 3, O=Test',
      '4 CN=authority 4, O=Test',
      '5 CN=leaf, O=Test',
    ]);
    expect(certificates[4]).toMatchObject({ notBefore: '2026-03-01T11:00:00Z', notAfter: '2026-03-01T14:00:00Z' });
    const { root } = await makeDocument();
    const { fingerprint, pem } = certificates[0]!;
    expect(fingerprint).toBe(
      toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', root as Uint8Array<ArrayBuffer>))),
    );
    expect(readContent('root', utf8(pem)).bytes).toEqual(root);
  });

  it('is plain JSON', async () => {
    const { details, checks } = await run({});
    expect(JSON.parse(JSON.stringify({ details, checks }))).toEqual({ details, checks });
  });
});

describe('recognition', () => {
  const recognise = (file: Uint8Array) => nitroKind.recognise(readContent('x', file));

  it('knows a document, also in hex and base64, also when it is broken', async () => {
    const { document } = await makeDocument();
    expect(recognise(document)).toBe(true);
    expect(recognise(utf8(toHex(document)))).toBe(true);
    expect(recognise(utf8(toBase64(document)))).toBe(true);
    expect(recognise(document.subarray(0, 100))).toBe(true);
    expect(recognise(Uint8Array.of(0xd1, ...document))).toBe(true);
    expect(recognise(Uint8Array.of(0x85, ...document.subarray(1), 0xf6))).toBe(true);
    expect(recognise(Uint8Array.of(...document, ...new Uint8Array(40_000)))).toBe(true);
    expect(recognise((await makeDocument({ fields: { module_id: undefined } })).document)).toBe(true);
  });

  it('leaves everything else alone', async () => {
    const { document } = await makeDocument();
    expect(recognise(new Uint8Array())).toBe(false);
    expect(recognise(utf8('{"module_id":"i-1"}'))).toBe(false);
    expect(recognise(utf8('the module_id and the cabundle'))).toBe(false);
    expect(recognise(array(uint(1), bytes(document)))).toBe(false);
    expect(recognise(array(bytes(new Uint8Array(40)), nil, text('x')))).toBe(false);
    expect(recognise(document.subarray(1))).toBe(false);
  });
});
