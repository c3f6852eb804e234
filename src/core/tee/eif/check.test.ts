import { describe, expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { array, bytes, map, text, uint } from '../../cose/cose.fixture.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { Context } from '../../kinds/kind.ts';
import { streamedContent, type Source } from '../../kinds/source.ts';
import { AuditorError } from '../../verdict/auditorError.ts';
import { sentence } from '../../verdict/messages.ts';
import { walk, type Check } from '../../verdict/check.ts';
import { toBase64 } from '../../bytes/base64.ts';
import { encodeRegisters, makeDocument, documentTime } from '../nitro/nitro.fixture.ts';
import type { EifDetails } from './details.ts';
import {
  eifParts,
  makeEif,
  makeSigner,
  numbers,
  referenceRegister,
  referenceRegisters,
  signEif,
  signingTime,
} from './eif.fixture.ts';
import { eifKind } from './kind.ts';

const pemOf = (der: Uint8Array) => `-----BEGIN CERTIFICATE-----\n${toBase64(der)}\n-----END CERTIFICATE-----\n`;
const pin = (changes: Record<string, string> = {}) => ({
  nitro: { measurements: [{ pcrs: { ...referenceRegisters(), ...changes } }] },
});

function check(file: Uint8Array, context: Partial<Context> = {}): Promise<Report> {
  const all = { trust: {}, now: signingTime, companions: [], ...context };
  return judge(readContent('image.eif', file), all, [eifKind]);
}

const failing = (report: Report): string[] =>
  [...walk(report.checks)].filter(({ status, children }) => status === 'fail' && !children).map(({ code }) => code);
const open = (report: Report): string[] =>
  report.checks.filter(({ status }) => status === 'unknown').map(({ code }) => code);
const one = (report: Report, code: string): Check => {
  const found = [...walk(report.checks)].find((candidate) => candidate.code === code);
  if (!found) throw new Error(`no check ${code}`);
  return found;
};
const details = (report: Report) => report.details as EifDetails;

describe('an enclave image', () => {
  it('with nothing pinned is undetermined for that alone, and its registers are those of the rule', async () => {
    const report = await check(makeEif());
    expect(report).toMatchObject({ kind: 'eif', verdict: 'undetermined', timeSource: 'now' });
    expect(open(report)).toEqual(['TEE_MEASUREMENT']);
    expect(details(report).registers).toEqual({ ...referenceRegisters(), '8': '0'.repeat(96) });
    expect(details(report).explained.offered).toEqual(pin());
    expect(details(report).sections.map(({ type, measuredIn }) => [type, measuredIn])).toEqual([
      ['kernel', [0, 1]],
      ['cmdline', [0, 1]],
      ['metadata', []],
      ['ramdisk', [0, 1]],
      ['ramdisk', [0, 2]],
    ]);
  });

  it('with no application has the PCR2 that such images are known by', async () => {
    // SHA-384(0⁴⁸ ‖ SHA-384("")), as nitro-cli prints it for an image of one ramdisk.
    const report = await check(makeEif({ ramdisks: eifParts.ramdisks.slice(0, 1) }));
    expect(details(report).registers['2']).toBe(
      '21b9efbc184807662e966d34f390821309eeac6802309798826296bf3e8bec7c10edb30948c90ba67310f7b964fc500a',
    );
  });

  it('is verified where a pin names its registers, and the offer is gone', async () => {
    const report = await check(makeEif(), { trust: pin() });
    expect(report.verdict).toBe('verified');
    expect(details(report).explained).not.toHaveProperty('offered');
    expect(details(report).explained.used).toEqual(pin());
    expect(
      details(report)
        .explained.registers.slice(0, 3)
        .every(({ hex, pinned }) => hex === pinned),
    ).toBe(true);
  });

  it.each(['0', '1', '2', '8'])('is rejected where register %s is pinned to another value', async (register) => {
    const report = await check(makeEif(), { trust: pin({ [register]: 'ab'.repeat(48) }) });
    expect(failing(report)).toEqual(['TEE_MEASUREMENT']);
    expect(sentence(one(report, 'TEE_MEASUREMENT'), eifKind.messages)).toContain(`PCR ${register}`);
  });

  it('is not held to registers of the machine that a pin names', async () => {
    const report = await check(makeEif(), { trust: pin({ '4': 'ab'.repeat(48) }) });
    expect(report.verdict).toBe('verified');
    expect(one(report, 'TEE_MEASUREMENT').notes).toEqual([{ code: 'EIF_OTHER_REGISTERS' }]);
  });

  it('is judged at a given time, or now', async () => {
    expect(await check(makeEif(), { givenTime: 1000 })).toMatchObject({
      at: '1970-01-01T00:00:01Z',
      timeSource: 'given',
    });
  });

  it.each([
    ['kernel', 600],
    ['command line', 548 + 12 + 5000 + 12 + 3],
    ['application', 16_000],
  ])('changed in the %s fails its checksum and measures something else', async (_part, offset) => {
    const file = makeEif();
    file[offset] = (file[offset] ?? 0) ^ 1;
    const report = await check(file, { trust: pin() });
    expect(failing(report)).toEqual(['EIF_CRC', 'TEE_MEASUREMENT']);
  });

  it('changed in its metadata fails its checksum alone, and with the checksum made right nothing: metadata are not measured', async () => {
    const file = makeEif();
    const at = 548 + 12 + 5000 + 12 + eifParts.cmdline.length + 12 + 15;
    file[at] = (file[at] ?? 0) ^ 1;
    expect(failing(await check(file, { trust: pin() }))).toEqual(['EIF_CRC']);
    const other = await check(makeEif({ metadata: utf8('{"ImageName":"other"}') }), { trust: pin() });
    expect(other.verdict).toBe('verified');
    expect(one(other, 'TEE_FORM').notes).toContainEqual({ code: 'EIF_METADATA_FREE' });
  });

  it('says where metadata are no JSON, and shows them as they stand', async () => {
    const report = await check(makeEif({ metadata: utf8('{"a":1,"a":2}') }));
    expect(one(report, 'TEE_FORM').notes).toContainEqual({ code: 'EIF_METADATA_UNREAD' });
    expect(details(report).metadata).toBe('{"a":1,"a":2}');
  });

  it('measures the same with a border moved between kernel and command line: registers do not cover lengths', async () => {
    const joined = new Uint8Array([...eifParts.kernel, ...eifParts.cmdline]);
    const moved = { kernel: joined.subarray(0, 4990), cmdline: joined.subarray(4990) };
    expect((await check(makeEif(moved), { trust: pin() })).verdict).toBe('verified');
  });

  it('has every byte of its header among its fields, without a gap', async () => {
    const { fields, objects } = details(await check(makeEif())).explained;
    let end = 0;
    for (const { evidence } of fields[0]?.children ?? []) {
      expect(evidence?.offset).toBe(end);
      end += evidence?.length ?? 0;
    }
    expect(end).toBe(548);
    expect(objects).toHaveLength(2);
  });
});

describe('a signed image', () => {
  const value = referenceRegisters()['0'];

  it.each(['P-256', 'P-384', 'P-521'])('by a key of %s holds, and PCR8 is over its certificate', async (curve) => {
    const signer = await makeSigner(curve);
    const file = makeEif({ signature: await signEif(signer, value) });
    const report = await check(file, { trust: pin({ '8': referenceRegister(signer.der) }) });
    expect(report.verdict).toBe('verified');
    expect(one(report, 'EIF_SIGNATURE').status).toBe('pass');
    expect(details(report).signer?.subject).toContain('builder');
  });

  it('may carry more than one certificate and words in its PEM: the first counts', async () => {
    const [signer, other] = await Promise.all([makeSigner(), makeSigner()]);
    const pem = `Certificate of the builder\n${signer.pem}\n${other.pem}\n`;
    const report = await check(makeEif({ signature: await signEif(signer, value, { pem }) }), { trust: pin() });
    expect(report.verdict).toBe('verified');
    expect(details(report).registers['8']).toBe(referenceRegister(signer.der));
  });

  it('fails where a bit of the signature is turned', async () => {
    const signature = (bits: Uint8Array) => bits.map((byte, index) => (index === 5 ? byte ^ 1 : byte));
    const file = makeEif({ signature: await signEif(await makeSigner(), value, { signature }) });
    expect(failing(await check(file, { trust: pin() }))).toEqual(['TEE_SIGNATURE']);
  });

  it('fails under another key, or another algorithm than that of the key', async () => {
    const [signer, other] = await Promise.all([makeSigner(), makeSigner()]);
    const foreign = makeEif({ signature: await signEif(signer, value, { pem: other.pem }) });
    expect(failing(await check(foreign, { trust: pin() }))).toEqual(['TEE_SIGNATURE']);
    const protectedHeader = map([uint(1), Uint8Array.of(0x26)]);
    const confused = makeEif({ signature: await signEif(signer, value, { protectedHeader }) });
    expect(failing(await check(confused, { trust: pin() }))).toEqual(['TEE_SIGNATURE']);
  });

  it('fails where it signs another image or another register', async () => {
    const signer = await makeSigner();
    for (const signature of [await signEif(signer, 'cd'.repeat(48)), await signEif(signer, value, { register: 1 })]) {
      expect(failing(await check(makeEif({ signature }), { trust: pin() }))).toEqual(['EIF_SIGNED_REGISTER']);
    }
  });

  it('fails outside of the window of its certificate', async () => {
    const file = makeEif({ signature: await signEif(await makeSigner(), value) });
    const report = await check(file, { trust: pin(), givenTime: signingTime + 2 * 86_400_000 });
    expect(failing(report)).toEqual(['TEE_TIME']);
  });

  it('fails where the section has another form', async () => {
    const signer = await makeSigner();
    const right = await signEif(signer, value);
    const entry = right.subarray(1);
    const cases = [
      array(),
      array(entry, entry),
      entry,
      new Uint8Array([...right, 0]),
      right.subarray(0, -1),
      array(map([text('signing_certificate'), numbers(utf8(signer.pem))])),
      array(map([text('signing_certificate'), bytes(utf8(signer.pem))], [text('signature'), numbers(entry)])),
      await signEif(signer, value, { pem: 'no certificate' }),
    ];
    for (const signature of cases) {
      const report = await check(makeEif({ signature }), { trust: pin() });
      expect(failing(report), toHex(signature.subarray(0, 8))).toEqual(['EIF_CERTIFICATE']);
      expect(report.verdict).toBe('rejected');
    }
  });

  it('of a kind of key that images are not signed with fails', async () => {
    const signer = await makeSigner();
    const { x509 } = await import('../../x509/x509.ts');
    const keys = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: '01',
      subject: 'CN=builder',
      issuer: 'CN=builder',
      notBefore: new Date(signingTime - 1000),
      notAfter: new Date(signingTime + 1000),
      publicKey: keys.publicKey,
      signingKey: signer.keys.privateKey,
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-384' },
    });
    const pem = pemOf(new Uint8Array(certificate.rawData));
    const report = await check(makeEif({ signature: await signEif(signer, value, { pem }) }), { trust: pin() });
    expect(failing(report)).toEqual(['EIF_CERTIFICATE']);
  });

  it('that was signed again by AWS’s tool states another size: a note', async () => {
    const signature = await signEif(await makeSigner(), value);
    const header = (view: DataView) => view.setBigUint64(284 + 8 * 5, BigInt(signature.length + 3));
    const report = await check(makeEif({ signature, header }), { trust: pin() });
    expect(report.verdict).toBe('verified');
    expect(one(report, 'TEE_FORM').notes).toContainEqual({ code: 'EIF_SIGNED_AGAIN' });
  });
});

describe('an attestation beside an image', () => {
  const pcrs = (changes: Record<number, string> = {}) =>
    encodeRegisters(
      Object.entries({ ...referenceRegisters(), '3': '11'.repeat(48), '8': '00'.repeat(48), ...changes }).map(
        ([register, hex]) => [Number(register), Uint8Array.from(Buffer.from(hex, 'hex'))] as const,
      ),
    );
  const beside = async (changes?: Record<number, string>) => {
    const { document, root } = await makeDocument({ fields: { pcrs: pcrs(changes) } });
    return { companions: [readContent('doc.bin', document)], trust: { nitro: { roots: [pemOf(root)] } }, document };
  };

  it('of the same registers verifies it, with nothing pinned', async () => {
    const report = await check(makeEif(), await beside());
    expect(report).toMatchObject({ verdict: 'verified', labels: ['simulated'] });
    expect(report.checks.map(({ code }) => code)).toEqual(['TEE_FORM', 'EIF_CRC', 'EIF_ATTESTED']);
    expect(details(report).attested[0]?.registers['0']).toBe(referenceRegisters()['0']);
  });

  it.each([0, 1, 2, 8])('of another register %i rejects it', async (register) => {
    const report = await check(makeEif(), await beside({ [register]: 'ab'.repeat(48) }));
    expect(failing(report)).toEqual(['EIF_ATTESTED']);
    expect(sentence(one(report, 'EIF_ATTESTED'), eifKind.messages)).toContain(`Different are PCR ${register}.`);
  });

  it('in debug mode rejects it', async () => {
    const zeros = Object.fromEntries([0, 1, 2].map((register) => [register, '00'.repeat(48)]));
    expect(failing(await check(makeEif(), await beside(zeros)))).toEqual(['EIF_ATTESTED']);
  });

  it('that does not hold by itself says nothing', async () => {
    const context = await beside();
    const unknownRoot = await check(makeEif(), { ...context, trust: {} });
    expect(unknownRoot.verdict).toBe('undetermined');
    expect(sentence(one(unknownRoot, 'EIF_ATTESTED'), eifKind.messages)).toContain('neither the root of AWS');
    const bad = context.document.slice();
    bad[bad.length - 1] = (bad.at(-1) ?? 0) ^ 1;
    const report = await check(makeEif(), { ...context, companions: [readContent('doc.bin', bad)] });
    expect(open(report)).toEqual(['EIF_ATTESTED']);
    const late = await check(makeEif(), { ...context, givenTime: documentTime + 30 * 86_400_000 });
    expect(open(late)).toEqual(['EIF_ATTESTED']);
  });

  it('gives the time at which the signer had to be valid', async () => {
    const signer = await makeSigner();
    const file = makeEif({ signature: await signEif(signer, referenceRegisters()['0']) });
    const context = await beside({ 8: referenceRegister(signer.der) });
    const late = { now: signingTime + 365 * 86_400_000 };
    expect(await check(file, { ...context, ...late })).toMatchObject({
      verdict: 'verified',
      timeSource: 'signed',
      at: '2026-03-01T12:00:00Z',
    });
    expect(failing(await check(file, { trust: pin(), ...late }))).toEqual(['TEE_TIME']);
    const other = await beside({ 0: 'ab'.repeat(48) });
    expect(failing(await check(file, { ...other, ...late }))).toEqual(['EIF_ATTESTED', 'TEE_TIME']);
  });

  it('counts beside the pins, never in their place', async () => {
    const context = await beside();
    const wrong = { nitro: { ...context.trust.nitro, ...pin({ '0': 'ab'.repeat(48) }).nitro } };
    expect(failing(await check(makeEif(), { ...context, trust: wrong }))).toEqual(['TEE_MEASUREMENT']);
    const right = { nitro: { ...context.trust.nitro, ...pin().nitro } };
    expect((await check(makeEif(), { ...context, trust: right })).verdict).toBe('verified');
  });
});

describe('an image that is read piece by piece', () => {
  const sourceOf = (file: Uint8Array, read?: Source['read']): Source => ({
    size: file.length,
    read: read ?? (async (offset, length) => file.slice(offset, offset + length)),
  });
  const stream = (file: Uint8Array, context: Partial<Context> = {}, read?: Source['read']) =>
    judge(
      streamedContent('image.eif', file.subarray(0, 600), sourceOf(file, read)),
      { trust: {}, now: signingTime, companions: [], ...context },
      [eifKind],
    );
  const large = { ramdisks: [eifParts.ramdisks[0], new Uint8Array(9_000_000).fill(5)] as const };

  it('measures as one that is held, a few megabytes at a time, and says how far it is', async () => {
    const file = makeEif(large);
    const lengths: number[] = [];
    const progress: number[] = [];
    const report = await stream(file, { onProgress: ({ done }) => progress.push(done) }, async (offset, length) => {
      lengths.push(length);
      return file.slice(offset, offset + length);
    });
    expect(details(report).registers).toMatchObject(referenceRegisters(large));
    expect(Math.max(...lengths)).toBe(4 * 1024 * 1024);
    expect(progress.at(-1)).toBe(9);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    await expect(stream(makeEif(large), { signal: controller.signal, onProgress })).rejects.toThrow(/abort/i);
  });

  it('is an error, and no verdict, where the file changes under it', async () => {
    const file = makeEif();
    const short: Source['read'] = async (offset, length) => file.slice(offset, Math.min(offset + length, 9000));
    await expect(stream(file, {}, short)).rejects.toThrow(AuditorError);
    const gone: Source['read'] = async (offset, length) => {
      if (offset > 548) throw new DOMException('gone', 'NotReadableError');
      return file.slice(offset, offset + length);
    };
    await expect(stream(file, {}, gone)).rejects.toMatchObject({ kind: 'source', code: 'FILE_CHANGED' });
  });
});
