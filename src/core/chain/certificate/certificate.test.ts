import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { certificateDigest, parseCertificate, sealCertificate, type Certificate } from '../../certificate/envelope.ts';
import { certificateKind } from '../../certificate/kind.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { ChainPin, Trust } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { walk } from '../../verdict/check.ts';
import { ChainWorld, entryOf, newSequencer, newTokenKeys, type MadeBlock } from '../chain.fixture.ts';
import { comparePositions } from '../order.ts';
import { packTranscript, unpackTranscript, type TranscriptEntry } from '../transcript/transcript.ts';
import { transactionHash } from '../tree.ts';
import { toBase64Url } from '../../bytes/base64.ts';
import { makeCertificate, partsOf } from './makeCertificate.ts';

const record = utf8('a record');
let world: ChainWorld;
let pin: ChainPin;
let made: MadeBlock[];
let entries: TranscriptEntry[];
let text: string;

async function chainWithFork(): Promise<void> {
  const genesis = await world.block();
  const b1 = await world.block({ parent: genesis });
  const fork = await world.block({ parent: genesis, time: b1.time });
  const b2 = await world.block({ parent: b1, transactions: [utf8('x'), record, utf8('y')], time: b1.time + 4 });
  made = [genesis, b1, fork, b2];
  entries = await Promise.all(
    made.map(async (block, k) => entryOf(k, block, await world.attest(genesis, block, { k }))),
  );
  pin = world.pin(genesis);
}

const hashesOf = (block: MadeBlock): Uint8Array =>
  Uint8Array.from(block.transactions.flatMap((transaction) => [...transactionHash(transaction)]));

const certify = (changes: Partial<Parameters<typeof makeCertificate>[0]> = {}): Promise<string> =>
  makeCertificate({
    pin,
    hash: toHex(transactionHash(record)),
    height: 2,
    transactions: hashesOf(made.at(-1) as MadeBlock),
    entries,
    earlierTreesUnread: false,
    ...changes,
  });

const check = (
  certificate: string,
  trust: Trust = { chains: [pin] },
  companions: Record<string, string | Uint8Array> = {},
): Promise<Report> =>
  judge(
    readContent('c.affidavit.json', utf8(certificate)),
    {
      trust,
      now: 0,
      companions: Object.entries(companions).map(([name, content]) =>
        readContent(name, typeof content === 'string' ? utf8(content) : content),
      ),
    },
    [certificateKind],
  );

const codes = (report: Report, ...statuses: string[]): string[] =>
  [...walk(report.checks)].filter((one) => statuses.includes(one.status)).map((one) => one.code);

/** Changes parts of the certificate and gives it a right digest again, as an attacker would. */
function rewritten(change: (certificate: Record<string, any>) => void): string {
  const { digest: _, ...body } = JSON.parse(text) as Certificate & Record<string, any>;
  change(body);
  return sealCertificate(body as never);
}

/** Whether a text is a certificate whose digest is right. */
function holdsItself(changed: string): boolean {
  try {
    const { digest, ...body } = parseCertificate(changed);
    return certificateDigest(body) === digest;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

beforeAll(async () => {
  world = await ChainWorld.make();
  await chainWithFork();
  text = await certify();
});

describe('a certificate of the chain', () => {
  it('verifies under the pins that it was made under, every check passing', async () => {
    const report = await check(text);
    expect(codes(report, 'fail', 'unknown')).toEqual([]);
    expect(report).toMatchObject({
      verdict: 'verified',
      kind: 'certificate',
      timeSource: 'signed',
      labels: ['simulated'],
    });
  });

  it('claims the lesser and the greater of the two times, and the place in the order', () => {
    const { claim, subject } = JSON.parse(text) as Certificate;
    expect(claim).toEqual({
      genesis: pin.genesis,
      sequencerKey: pin.sequencerKey,
      hash: toHex(transactionHash(record)),
      after: made[1]?.time,
      before: made[3]?.time,
      height: 2,
      leaf: 1,
    });
    expect(subject).toEqual({ hash: claim.hash });
  });

  it('bounds the time between the lesser and the greater even when the clock ran backwards', async () => {
    const genesis = made[0] as MadeBlock;
    const back = await world.block({
      parent: made[3] as MadeBlock,
      transactions: [utf8('late')],
      time: (made[3] as MadeBlock).time - 2,
    });
    const entry = entryOf(4, back, await world.attest(genesis, back, { k: 4 }));
    const skewed = { ...pin, skewSeconds: 2 };
    const hash = toHex(transactionHash(utf8('late')));
    const certificate = await certify({
      pin: skewed,
      hash,
      height: 3,
      transactions: hashesOf(back),
      entries: [...entries, entry],
    });
    expect((JSON.parse(certificate) as Certificate).claim).toMatchObject({ after: back.time, before: made[3]?.time });
    expect((await check(certificate, { chains: [skewed] })).verdict).toBe('verified');
  });

  it('is undetermined when its chain is not pinned, and says which', async () => {
    const report = await check(text, {});
    expect(report.verdict).toBe('undetermined');
    expect(codes(report, 'unknown')[0]).toBe('CERTIFICATE_IDENTITY');
  });

  it('is undetermined when no measurement is pinned', async () => {
    const { measurements: _, ...bare } = pin;
    const report = await check(text, { chains: [bare] });
    expect([report.verdict, codes(report, 'unknown', 'fail')]).toEqual(['undetermined', ['CHAIN_MEASUREMENT']]);
  });

  it('is rejected under another sequencer key, timestamp key or image for the same block zero', async () => {
    const sequencer = new Uint8Array(await crypto.subtle.exportKey('spki', (await newSequencer()).publicKey));
    const jwk = await crypto.subtle.exportKey('jwk', (await newTokenKeys()).publicKey);
    const changes: [Partial<ChainPin>, string][] = [
      [{ sequencerKey: toBase64Url(sequencer) }, 'CERTIFICATE_IDENTITY'],
      [
        { timestamp: { ...pin.timestamp, jwks: { keys: [{ kty: 'RSA', kid: 'k1', n: jwk.n as string, e: 'AQAB' }] } } },
        'CERTIFICATE_TRANSCRIPT',
      ],
      [
        { measurements: [{ pcrs: { 0: 'ab'.repeat(48), 1: 'ab'.repeat(48), 2: 'ab'.repeat(48) } }] },
        'CHAIN_MEASUREMENT',
      ],
    ];
    for (const [change, code] of changes) {
      const report = await check(text, { chains: [{ ...pin, ...change }] });
      expect(report.verdict).toBe('rejected');
      expect(codes(report, 'fail')).toContain(code);
    }
  });

  it('is never verified after any single byte has been changed', async () => {
    const bytes = utf8(text);
    for (let offset = 0; offset < bytes.length; offset += 1) {
      const changed = bytes.slice();
      changed[offset] = (changed[offset] as number) ^ (1 << (offset % 7));
      const content = readContent('c', changed);
      // Form and digest are two of the checks that must pass: where one of them fails the rest need not be run to know it.
      if (offset % 97 !== 0 && !holdsItself(content.text ?? '')) continue;
      const { verdict } = await judge(content, { trust: { chains: [pin] }, now: 0, companions: [] }, [certificateKind]);
      if (verdict === 'verified') expect.fail(`byte ${offset} can be changed`);
    }
  }, 600_000);

  it('is never verified after a value has been changed and the digest made right again', async () => {
    const paths: (string | number)[][] = [];
    const visit = (value: unknown, path: (string | number)[]): void => {
      if (typeof value === 'object' && value !== null) {
        for (const [name, inner] of Object.entries(value))
          visit(inner, [...path, Array.isArray(value) ? Number(name) : name]);
      } else paths.push(path);
    };
    const { digest: _, ...body } = JSON.parse(text) as Record<string, unknown>;
    visit(body, []);
    expect(paths.length).toBeGreaterThan(40);
    for (const path of paths) {
      for (const mode of [0, 1, 2]) {
        const changed = rewritten((certificate) => {
          let place: any = certificate;
          for (const step of path.slice(0, -1)) place = place[step];
          const last = path.at(-1) as string;
          const value = place[last] as unknown;
          if (typeof value === 'number')
            place[last] = mode === 0 ? value + 1 : mode === 1 ? Math.max(0, value - 1) : value + 1000;
          else if (typeof value === 'string') {
            const at = mode === 0 ? 0 : mode === 1 ? Math.floor(value.length / 2) : value.length - 1;
            place[last] = value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1);
          }
        });
        if (changed === text) continue;
        // What the maker allowed the clock to be off by is shown as his word; it is the checker's own that decides.
        if (path.join('.') === 'anchors.skewSeconds') continue;
        const { verdict } = await check(changed);
        if (verdict === 'verified') expect.fail(`${path.join('.')} can be changed`);
      }
    }
  }, 600_000);

  it.each([
    ['tighter times', (c: any) => (c.claim.after += 1), 'CERTIFICATE_TIMES'],
    ['another leaf', (c: any) => (c.claim.leaf = 0), 'CERTIFICATE_INCLUSION'],
    ['another leaf count', (c: any) => (c.proof.leaves = 4), 'CERTIFICATE_INCLUSION'],
    ['another height', (c: any) => (c.claim.height = 1), 'CERTIFICATE_BLOCK'],
    ['a number left out', (c: any) => c.proof.transcript.splice(2, 1), 'CERTIFICATE_TRANSCRIPT'],
    ['no blocks', (c: any) => (c.proof.transcript = []), 'CERTIFICATE_INCLUSION'],
    ['fewer anchors', (c: any) => (c.anchors.measurements = []), 'CERTIFICATE_ANCHORS'],
    ['fewer keys', (c: any) => (c.anchors.timestamp.jwks.keys = []), 'CERTIFICATE_ANCHORS'],
    ['another root', (c: any) => delete c.anchors.nitroRoots, 'CERTIFICATE_ANCHORS'],
    ['a label taken away', (c: any) => (c.labels = []), 'CERTIFICATE_LABELS'],
    ['a label added', (c: any) => c.labels.unshift('development'), 'CERTIFICATE_LABELS'],
    ['a field that is not known', (c: any) => (c.claim.note = 'x'), 'CERTIFICATE_CLAIM'],
    ['another subject', (c: any) => (c.subject.hash = 'ab'.repeat(32)), 'CERTIFICATE_CLAIM'],
    ['a name for the chain', (c: any) => (c.anchors.name = 'x'), 'CERTIFICATE_CLAIM'],
  ])('is rejected with %s', async (_, change, code) => {
    const report = await check(rewritten(change));
    expect(report.verdict).toBe('rejected');
    expect(codes(report, 'fail')).toContain(code);
  });

  it('is rejected for a block of a fork that lost', async () => {
    const fork = made[2] as MadeBlock;
    const forked = certify({
      hash: toHex(transactionHash(fork.transactions[0] as Uint8Array)),
      height: 1,
      transactions: hashesOf(fork),
      entries: entries.slice(0, 3),
    });
    await expect(forked).rejects.toThrow(/CERTIFICATE_BLOCK/);
  });

  it('is rejected when a proof that the sequencer contradicts itself lies beside it', async () => {
    const genesis = made[0] as MadeBlock;
    const other = await world.block({ parent: genesis });
    const documents = [entries[1]?.document as Uint8Array, await world.attest(genesis, other, { k: 1 })].map(
      toBase64Url,
    );
    const proof = canonicalJson({ affidavit: 'equivocation/1', genesis: pin.genesis, documents });
    const report = await check(text, { chains: [pin] }, { 'e.json': proof });
    expect(report.verdict).toBe('rejected');
    expect(codes(report, 'fail')).toContain('CHAIN_EQUIVOCATION');
  });

  it('names the file beside it as the recorded one, or says that it is another', async () => {
    expect((await check(text, { chains: [pin] }, { 'a.txt': record })).verdict).toBe('verified');
    const other = await check(text, { chains: [pin] }, { 'a.txt': utf8('a Record') });
    expect(codes(other, 'fail')).toEqual(['CERTIFICATE_FILE']);
  });

  it('starts from a pinned checkpoint, and is open without that pin', async () => {
    const checkpoint = { k: 1, height: 1, timestampHash: made[1]?.hash as string };
    const pinned = { ...pin, checkpoint };
    const certificate = await certify({ pin: pinned, entries: entries.slice(1) });
    const report = await check(certificate, { chains: [pinned] });
    expect([report.verdict, report.labels]).toEqual(['verified', ['from checkpoint', 'simulated']]);
    expect((await check(certificate)).verdict).not.toBe('verified');
  });

  it('holds when a checkpoint beyond its transcript is pinned, and is rejected when it contradicts one within', async () => {
    const timestampHash = made[1]?.hash as string;
    const beyond = { ...pin, checkpoint: { k: 9, height: 9, timestampHash } };
    expect((await check(text, { chains: [beyond] })).verdict).toBe('verified');
    const other = { ...pin, checkpoint: { k: 2, height: 1, timestampHash } };
    expect(codes(await check(text, { chains: [other] }), 'fail')).toContain('CHAIN_CHECKPOINT');
  });

  it('is refused in words where it is none, and cannot be told where it is of another version', async () => {
    expect(certificateKind.recognise(readContent('c', utf8('')))).toBe(false);
    expect(codes(await check('{"affidavit":"certificate/1"}'), 'fail')).toEqual(['CERTIFICATE_FORM']);
    const newer = await check(text.replace('certificate/1', 'certificate/2'));
    expect([newer.verdict, codes(newer, 'unknown')]).toEqual(['undetermined', ['CERTIFICATE_VERSION']]);
  });

  it('is refused when cut off anywhere, or with a line end behind it', async () => {
    for (const cut of [100, 1000, text.length - 1]) {
      expect((await check(text.slice(0, cut))).verdict).not.toBe('verified');
    }
    expect(codes(await check(`${text}\n`), 'fail')).toEqual(['CERTIFICATE_FORM']);
  });

  it('orders two of one chain by height, then leaf, and two of different chains not at all', () => {
    const at = (genesis: string, height: number, leaf: number) => ({ genesis, height, leaf });
    expect(comparePositions(at('a', 1, 9), at('a', 2, 0))).toBeLessThan(0);
    expect(comparePositions(at('a', 2, 1), at('a', 2, 0))).toBeGreaterThan(0);
    expect(comparePositions(at('a', 1, 0), at('b', 2, 0))).toBeUndefined();
  });
});

describe('the transcript', () => {
  it('gives back every byte, forks and whatever cannot be packed included', () => {
    const odd = { ...(entries[3] as TranscriptEntry), timestamp: 'no.token.atall', document: utf8('no document') };
    const all = [...entries.slice(0, 3), odd];
    expect([...unpackTranscript(packTranscript(all, partsOf))]).toEqual(all);
  });

  it('refuses changed fields or gives other bytes, and never breaks down', () => {
    const packed = packTranscript(entries, partsOf);
    fc.assert(
      fc.property(fc.nat(3), fc.constantFrom('a', 'b', 't'), fc.nat(), fc.nat(63), (index, field, place, letter) => {
        const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
        const transcript = packed.transcript.map((entry) => ({ ...entry }));
        const entry = transcript[index] as { a: string; b: string; t: string };
        const value = entry[field];
        const at = place % value.length;
        entry[field] = value.slice(0, at) + alphabet[letter] + value.slice(at + 1);
        fc.pre(entry[field] !== value);
        try {
          expect([...unpackTranscript({ ...packed, transcript })]).not.toEqual(entries);
        } catch (error) {
          if ((error as Error).name !== 'FormatError') throw error;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes at most 600 bytes a block gzipped and 760 as a file, over 1,000 blocks', async () => {
    const genesis = made[0] as MadeBlock;
    const long: TranscriptEntry[] = [];
    let parent = genesis;
    for (let k = 0; k < 1000; k += 1) {
      const block =
        k === 0 ? genesis : await world.block({ parent, transactions: k === 999 ? [record] : [utf8(`${k}`)] });
      // Documents are not evenly spaced in time, nor are blocks.
      const documentTime = block.time * 1000 + 100 + ((k * 7919) % 800);
      long.push(entryOf(k, block, await world.attest(genesis, block, { k, documentTime })));
      parent = block;
    }
    const certificate = await certify({ entries: long, height: 999, transactions: hashesOf(parent) });
    expect(certificate.length / 1000).toBeLessThanOrEqual(760);
    expect(gzipSync(certificate).length / 1000).toBeLessThanOrEqual(600);
    expect((await check(certificate)).verdict).toBe('verified');
  }, 600_000);
});

it('times that differ are told as people write them', async () => {
  const forged = JSON.parse(text) as Certificate & { claim: { after: number; before: number } };
  const { after, before } = forged.claim;
  forged.claim.after = after + 1;
  const { digest: _, ...body } = forged;
  const report = await check(sealCertificate(body));
  const at = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  const times = [...walk(report.checks)].find(({ code }) => code === 'CERTIFICATE_TIMES');
  expect(times).toMatchObject({
    status: 'fail',
    params: { after: at(after + 1), before: at(before), signedAfter: at(after), signedBefore: at(before) },
  });
});
