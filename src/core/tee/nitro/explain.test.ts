import { describe, expect, it } from 'vitest';
import { toBase64 } from '../../bytes/base64.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { toHex } from '../../bytes/hex.ts';
import { bytes, map, nil, tag, text, uint } from '../../cose/cose.fixture.ts';
import { readContent } from '../../kinds/content.ts';
import { judge } from '../../kinds/judge.ts';
import type { Trust } from '../../trust/trust.ts';
import type { Field } from '../field.ts';
import { readBytes, readJson, vectorFolder } from '../vectors.fixture.ts';
import type { NitroDetails } from './details.ts';
import { nitroFields } from './fields.ts';
import { nitroKind } from './kind.ts';
import { nitroMessages } from './messages.en.ts';
import { encodeRegisters, makeDocument, measurement, registers, type DocumentChanges } from './nitro.fixture.ts';
import { parseNitroDocument } from './parse.ts';

/** Demands that fields touch each other and fill their range, on every level. */
function expectFilled(fields: readonly Field[], start: number, end: number, digest: string): void {
  let next = start;
  for (const { name, evidence, children, hint } of fields) {
    expect(evidence, name).toMatchObject({ digest, offset: next });
    expect(evidence!.length, name).toBeGreaterThan(0);
    next += evidence!.length;
    if (hint) expect(nitroMessages[hint]?.title, hint).toBeDefined();
    if (children) expectFilled(children, evidence!.offset, next, digest);
  }
  expect(next).toBe(end);
}

const find = (fields: readonly Field[], ...names: readonly string[]): Field | undefined =>
  names.reduce<Field | undefined>((above, name) => (above?.children ?? []).find((field) => field.name === name), {
    name: '',
    children: fields,
  });

describe('the fields of a document', () => {
  it.each<[string, DocumentChanges]>([
    ['as AWS writes it now', {}],
    ['of definite length', { writeMap: map }],
    ['under tag 18', { message: { wrap: (message) => tag(18, message) } }],
    [
      'with every optional field',
      { fields: { nonce: bytes(new Uint8Array(600)), user_data: bytes(new Uint8Array()) } },
    ],
    ['without any', { fields: { nonce: nil, user_data: undefined, public_key: nil } }],
    ['with a field that nobody has described', { extra: [[text('later'), uint(5)]] }],
    ['with an empty protected header', { message: { protectedHeader: new Uint8Array() } }],
    ['with an odd signature', { message: { signature: (both) => both.subarray(1) } }],
    ['with no signature', { message: { signature: () => new Uint8Array() } }],
    ['with something unprotected', { message: { unprotected: map([uint(4), bytes(new Uint8Array(3))]) } }],
    ['with a certificate that is none', { leaf: () => new Uint8Array(40) }],
    ['of a NitroTPM', { fields: { pcrs: undefined }, extra: [[text('nitrotpm_pcrs'), encodeRegisters(registers)]] }],
  ])('%s cover every byte', async (_, changes) => {
    const { document } = await makeDocument(changes);
    const digest = sha3Hex(document);
    expectFilled(nitroFields(parseNitroDocument(document), digest), 0, document.length, digest);
  });

  it('name what stands where', async () => {
    const { document, root } = await makeDocument();
    const fields = nitroFields(parseNitroDocument(document), '');
    const at = (field: Field | undefined) => {
      const { offset, length } = field!.evidence!;
      return document.subarray(offset, offset + length);
    };
    expect(fields.map(({ name }) => name)).toEqual(['COSE_Sign1', 'protected', 'unprotected', 'payload', 'signature']);
    expect(find(fields, 'protected', 'header map')?.value).toBe('algorithm −35 (ES384)');
    expect(find(fields, 'payload', 'timestamp')?.value).toBe('2026-03-01T12:00:00.250Z');
    expect(find(fields, 'payload', 'pcrs', 'PCR 2')?.value).toBe(measurement.pcrs['2']);
    expect(at(find(fields, 'payload', 'cabundle', 'certificate 1', 'DER'))).toEqual(root);
    expect(at(find(fields, 'payload', 'user_data', 'bytes'))).toEqual(new Uint8Array(32).fill(8));
    expect(find(fields, 'payload', 'user_data')).toMatchObject({
      value: toHex(new Uint8Array(32).fill(8)),
      hint: 'NITRO_USER_DATA',
    });
    expect(find(fields, 'payload', 'nonce')?.value).toBe('null: not used');
    expect(at(find(fields, 'signature', 's'))).toEqual(document.subarray(-48));
    const leaf = find(fields, 'payload', 'certificate', 'DER', 'tbsCertificate', 'subject');
    expect(leaf?.value).toBe('CN=leaf, O=Test');
  });
});

describe('what is explained', () => {
  async function explain(changes: DocumentChanges, trust: (root: string) => Trust) {
    const { document, root } = await makeDocument(changes);
    const pem = `-----BEGIN CERTIFICATE-----\n${toBase64(root)}\n-----END CERTIFICATE-----`;
    const report = await judge(readContent('x', document), { trust: trust(pem), now: 0, companions: [] }, [nitroKind]);
    return { pem, ...(report.details as NitroDetails).explained };
  }
  const zeros = encodeRegisters([0, 1, 2].map((register) => [register, new Uint8Array(48)]));

  it('is offered for pinning where nothing is pinned, and used where it is', async () => {
    const bare = await explain({}, () => ({}));
    expect(bare.paths).toMatchObject([{ root: 'unknown', certificates: { length: 5 } }]);
    expect(bare.offered).toEqual({
      nitro: { roots: [bare.paths[0]!.certificates[0]!.pem], measurements: [measurement] },
    });
    expect(bare.used).toEqual({});
    expect(bare.registers.every(({ pinned }) => pinned === null)).toBe(true);
    const pinned = await explain({}, (pem) => ({ nitro: { roots: [pem], measurements: [measurement] } }));
    expect(pinned.paths[0]!.root).toBe('pinned');
    expect(pinned.offered).toBeUndefined();
    expect(pinned.used).toEqual({ nitro: { roots: [pinned.pem], measurements: [measurement] } });
    expect(pinned.registers.slice(0, 4).map((row) => row.pinned === row.hex)).toEqual([true, true, true, false]);
    expect(pinned.pinnedAt).toBe('nitro.measurements');
  });

  it('shows the nearest pin beside what differs', async () => {
    const other = { pcrs: { ...measurement.pcrs, '1': 'ab'.repeat(48) } };
    const { registers: rows, offered } = await explain({}, () => ({ nitro: { measurements: [other] } }));
    expect(rows[1]).toMatchObject({ name: 'PCR 1', pinned: 'ab'.repeat(48) });
    expect(offered?.nitro?.measurements).toEqual([measurement]);
  });

  it('offers nothing of a debug enclave, of another platform, or that a trust file could not hold', async () => {
    expect((await explain({ fields: { pcrs: zeros } }, () => ({}))).offered).toBeUndefined();
    const tpm = { fields: { pcrs: undefined }, extra: [[text('nitrotpm_pcrs'), encodeRegisters(registers)]] as const };
    expect((await explain(tpm, () => ({}))).offered).toBeUndefined();
    const short = encodeRegisters([0, 1, 2].map((register) => [register, new Uint8Array(32).fill(1)]));
    expect(
      (await explain({ fields: { pcrs: short } }, (pem) => ({ nitro: { roots: [pem] } }))).offered,
    ).toBeUndefined();
  });
});

const folder = vectorFolder();

describe.skipIf(!folder)('genuine documents', () => {
  it('are covered byte by byte', () => {
    const { nitro } = readJson<{ nitro: { file: string; expected: string }[] }>(folder as string, 'manifest.json');
    for (const { file } of nitro.filter(({ expected }) => expected === 'valid-at-window')) {
      const content = readContent(file, readBytes(folder as string, file));
      const digest = sha3Hex(content.bytes);
      expectFilled(nitroFields(parseNitroDocument(content.bytes), digest), 0, content.bytes.length, digest);
    }
  });
});
