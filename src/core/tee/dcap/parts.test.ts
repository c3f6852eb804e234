import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { makeCollateral } from './collateral.fixture.ts';
import {
  day,
  judgedAt,
  makeQuote,
  makeWorld,
  measured,
  pckChainOf,
  pemOf,
  sgxExtensionOf,
  issue,
  u16,
  u32,
  type QuoteChanges,
  type World,
} from './dcap.fixture.ts';
import { codesWith, failing, judgeMade, makeRight, unsettled, type Right } from './judge.fixture.ts';
import { parseQuote } from './parse.ts';
import type { Range } from './quote.ts';

let world: World;
let right: Right;
beforeAll(async () => {
  world = await makeWorld();
  right = await makeRight();
});

const flipped = (bytes: Uint8Array, offset: number, bit = 0) => {
  const changed = bytes.slice();
  changed[offset] = changed[offset]! ^ (1 << bit);
  return changed;
};

describe('every part of a quote changed', () => {
  const at = (range: Range) => [range.offset, range.offset + (range.length >> 1), range.offset + range.length - 1];
  const field = (start: number, offset: number, length: number): Range => ({ offset: start + offset, length });

  it.each([
    ['version', 0, ['TEE_FORM']],
    ['attestation key type', 2, ['TEE_FORM']],
    ['TEE type', 4, ['TEE_FORM']],
    ['reserved', 8, ['TEE_SIGNATURE']],
    ['vendor', 12, ['TEE_PLATFORM', 'TEE_SIGNATURE']],
    ['user data', 28, ['TEE_SIGNATURE']],
  ])('header: %s', async (_, offset, codes) => {
    expect(failing(await judgeMade(flipped(right.quote, offset)))).toEqual(codes);
  });

  it('fails exactly the check that the part is about', async () => {
    const quote = parseQuote(right.quote);
    const body = quote.body.range.offset;
    const qe = quote.qeReport.range.offset;
    const parts: readonly (readonly [string, Range, readonly string[]])[] = [
      ['TEETCBSVN', field(body, 0, 16), ['TEE_SIGNATURE']],
      ['MRTD', field(body, 136, 48), ['TEE_SIGNATURE']],
      ['RTMR3', field(body, 472, 48), ['TEE_SIGNATURE']],
      ['REPORTDATA', field(body, 520, 64), ['TEE_SIGNATURE']],
      ['size', quote.signatureSize, ['TEE_FORM']],
      ['signature', quote.signature, ['TEE_SIGNATURE']],
      ['attestation key', quote.attestationKey, ['DCAP_QE_BINDING', 'TEE_SIGNATURE']],
      ['wrapper', quote.wrapperHead as Range, ['TEE_FORM']],
      ['QE CPUSVN', field(qe, 0, 16), ['DCAP_QE_SIGNATURE']],
      ['QE MRSIGNER', field(qe, 128, 32), ['DCAP_QE_SIGNATURE']],
      ['QE REPORTDATA', field(qe, 320, 64), ['DCAP_QE_SIGNATURE', 'DCAP_QE_BINDING']],
      ['QE signature', quote.qeSignature, ['DCAP_QE_SIGNATURE']],
      ['auth size', quote.qeAuthSize, ['TEE_FORM']],
      ['auth data', quote.qeAuth, ['DCAP_QE_BINDING']],
      ['certification type', field(quote.certification.head.offset, 1, 1), ['TEE_FORM']],
      ['certification size', field(quote.certification.head.offset, 2, 4), ['TEE_FORM']],
    ];
    for (const [name, range, codes] of parts) {
      for (const offset of at(range)) {
        const changed = flipped(right.quote, offset);
        expect(failing(await judgeMade(changed)), `${name}, byte ${offset}`).toEqual(codes);
        // With collateral the measured parts are compared with Intel's lists too; nothing else changes, the second reading least of all.
        const full = failing(await judgeMade(changed, { companions: [right.bundle] }));
        expect(full.filter((code) => code !== 'DCAP_QE' && code !== 'DCAP_TCB')).toEqual(codes);
      }
    }
  });

  it('taken for certification data of another type leaves the chain open', async () => {
    const { offset } = parseQuote(right.quote).certification.head;
    const report = await judgeMade(flipped(right.quote, offset), {
      companions: [right.bundle],
      pins: [toHex(measured)],
    });
    expect([report.verdict, ...failing(report)]).toEqual(['undetermined']);
  });

  it('never leaves it verified, whichever byte it is', async () => {
    const covered = parseQuote(right.quote).certification.data.offset;
    await fc.assert(
      fc.asyncProperty(fc.nat(covered - 1), fc.nat(7), async (offset, bit) => {
        const report = await judgeMade(flipped(right.quote, offset, bit), {
          companions: [right.bundle],
          pins: [toHex(measured)],
        });
        expect(report.verdict).not.toBe('verified');
      }),
      { numRuns: 120, interruptAfterTimeLimit: 3000 },
    );
  });

  it('a certificate changed inside its base64 fails the chain, the PCK or the form', async () => {
    const { data } = parseQuote(right.quote).certification;
    const pem = String.fromCharCode(...right.quote.subarray(data.offset, data.offset + data.length));
    const seen = new Set<string>();
    for (let offset = 40; offset < pem.length; offset += 97) {
      if (/[-\s\0=]/.test(pem.charAt(offset)) || /-----/.test(pem.slice(offset - 30, offset + 30))) continue;
      const report = await judgeMade(flipped(right.quote, data.offset + offset));
      expect(report.verdict, `character ${offset}`).toBe('rejected');
      for (const code of failing(report)) seen.add(code);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['TEE_CHAIN']));
  });
});

describe('the signatures', () => {
  it('of another key over everything fails where the key is vouched for', async () => {
    const other = await makeWorld({});
    const mixed = await makeQuote({ ...world, attestation: other.attestation });
    expect(failing(await judgeMade(mixed))).toEqual([]);
    const parsed = parseQuote(right.quote);
    const spliced = concatBytes(
      mixed.subarray(0, parsed.attestationKey.offset + 64),
      right.quote.subarray(parsed.attestationKey.offset + 64),
    );
    expect(failing(await judgeMade(spliced))).toEqual(['DCAP_QE_BINDING']);
  });

  it('of the quoting enclave by a key that is not of the PCK certificate fails DCAP_QE_SIGNATURE', async () => {
    const forged = { ...world, pck: { ...world.pck, keys: world.signer.keys } };
    expect(failing(await judgeMade(await makeQuote(forged)))).toEqual(['DCAP_QE_SIGNATURE']);
  });

  it('under an attestation key that is no point fails TEE_SIGNATURE with words', async () => {
    const changed = right.quote.slice();
    const { offset } = parseQuote(right.quote).attestationKey;
    changed.fill(0xff, offset, offset + 64);
    const report = await judgeMade(changed);
    expect(failing(report)).toEqual(['DCAP_QE_BINDING', 'TEE_SIGNATURE']);
    expect(report.checks[6]?.params?.['reason']).toMatch(/no point/);
  });

  it('hashes authentication data of any length, and demands zeros behind the hash', async () => {
    for (const length of [0, 1, 64, 1000]) {
      expect(failing(await judgeMade(await makeQuote(world, { qeAuth: new Uint8Array(length).fill(7) })))).toEqual([]);
    }
    const parsed = parseQuote(right.quote);
    const REPORTDATA = parsed.qeReport.get('REPORTDATA').slice();
    REPORTDATA[63] = 1;
    expect(failing(await judgeMade(await makeQuote(world, { qeReport: { REPORTDATA } })))).toEqual(['DCAP_QE_BINDING']);
  });
});

describe('the chain of the PCK certificate', () => {
  const childrenFailing = (report: Awaited<ReturnType<typeof judgeMade>>) =>
    codesWith(report, 'fail').filter((code) => code !== 'TEE_CHAIN');

  it.each([
    ['in the wrong order', (ders: readonly Uint8Array[]) => [...ders].reverse(), 'TEE_ROOT'],
    ['without its root', (ders: readonly Uint8Array[]) => ders.slice(0, 2), 'TEE_ROOT'],
    ['without its issuer', (ders: readonly Uint8Array[]) => [ders[0]!, ders[2]!], 'X509_NAMES'],
    ['of the leaf alone', (ders: readonly Uint8Array[]) => ders.slice(0, 1), 'X509_FORM'],
    ['with one too many', (ders: readonly Uint8Array[]) => [...ders, ders[2]!, ders[2]!], 'X509_FORM'],
  ])('%s fails', async (_, chain, code) => {
    const report = await judgeMade(await makeQuote(world, { chain }));
    expect(report.verdict).toBe('rejected');
    expect(codesWith(report, 'fail')).toContain(code);
  });

  it('under another root, named alike, fails TEE_ROOT alone', async () => {
    const other = await makeWorld({});
    const report = await judgeMade(await makeQuote(other));
    expect(failing(report)).toEqual(['TEE_CHAIN']);
    expect(childrenFailing(report)).toEqual(['TEE_ROOT']);
  });

  it('below an issuer that may not issue fails X509_AUTHORITY', async () => {
    const authority = await issue('Intel SGX PCK Platform CA', world.root, { ca: false });
    const pck = await issue('Intel SGX PCK Certificate', authority, { extensions: [sgxExtensionOf()] });
    const report = await judgeMade(await makeQuote({ ...world, authority, pck }));
    expect(childrenFailing(report)).toEqual(['X509_AUTHORITY', 'X509_KEY_USAGE']);
  });

  it('with an expired certificate fails TEE_TIME alone', async () => {
    const pck = await issue('Intel SGX PCK Certificate', world.authority, {
      extensions: [sgxExtensionOf()],
      notAfter: judgedAt - day,
    });
    expect(failing(await judgeMade(await makeQuote({ ...world, pck })))).toEqual(['TEE_TIME']);
  });

  it.each([
    ['has no extension of Intel', { extensions: [] }],
    ['lacks the FMSPC', { extensions: [sgxExtensionOf({ without: 4 })] }],
    ['lacks the TCB', { extensions: [sgxExtensionOf({ without: 2 })] }],
    ['says its FMSPC twice', { extensions: [sgxExtensionOf({ twice: 4 })] }],
    ['has a component too few', { extensions: [sgxExtensionOf({ components: [1, 2] })] }],
    ['has another name', { subject: 'CN=Somebody', extensions: [sgxExtensionOf()] }],
  ])('whose leaf %s fails DCAP_PCK alone', async (_, changes) => {
    const pck = await issue('Intel SGX PCK Certificate', world.authority, changes);
    const report = await judgeMade(await makeQuote({ ...world, pck }), { companions: [right.bundle] });
    expect(failing(report)).toEqual(['DCAP_PCK']);
  });
});

describe('certification data', () => {
  it.each([1, 2, 3, 4, 7])('of type %i leaves the chain open, and is named', async (type) => {
    const quote = await makeQuote(world, { certification: { type, data: new Uint8Array(404).fill(9) } });
    const report = await judgeMade(quote, { companions: [right.bundle], pins: [toHex(measured)] });
    expect([report.verdict, ...failing(report)]).toEqual(['undetermined']);
    expect(codesWith(report, 'unknown')).toEqual(
      expect.arrayContaining(['TEE_CHAIN', 'DCAP_PCK', 'DCAP_QE_SIGNATURE']),
    );
    expect(report.checks[2]?.children?.[0]?.params?.['reason']).toMatch(new RegExp(`type ${type}: \\w`));
  });

  it('of an encrypted platform id is judged with the chain given beside', async () => {
    const quote = await makeQuote(world, { certification: { type: 3, data: new Uint8Array(404).fill(9) } });
    const pem = pckChainOf(world).map(pemOf).join('');
    const report = await judgeMade(quote, { companions: [right.bundle, pem], pins: [toHex(measured)] });
    expect([report.verdict, ...unsettled(report)]).toEqual(['verified']);
    expect(report.checks[2]?.notes?.[0]?.code).toBe('DCAP_GIVEN_CHAIN');
  });

  it('that a quote carries is never replaced by what is given beside', async () => {
    const other = await makeWorld({});
    const report = await judgeMade(await makeQuote(other), { companions: [pckChainOf(world).map(pemOf).join('')] });
    expect(failing(report)).toEqual(['TEE_CHAIN']);
  });

  it.each<[string, QuoteChanges]>([
    ['of type 6 inside type 6', { certification: { type: 6, data: new Uint8Array(8) } }],
    ['of type 0', { certification: { type: 0, data: new Uint8Array(8) } }],
    ['of type 8', { certification: { type: 8, data: new Uint8Array(8) } }],
    ['wrapped in another type', { wrapperType: 5 }],
    ['with bytes behind it inside the quote', { insideWrapper: Uint8Array.of(0) }],
    ['that is not PEM', { certification: { type: 5, data: utf8('certificate') } }],
    ['that is empty', { certification: { type: 5, data: new Uint8Array() } }],
    [
      'with words between certificates',
      { certification: { type: 5, data: utf8('-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\nand') } },
    ],
    ['cut inside a certificate', { certification: { type: 5, data: utf8('-----BEGIN CERTIFICATE-----\nMIIB') } }],
  ])('%s fails TEE_FORM', async (_, changes) => {
    expect(failing(await judgeMade(await makeQuote(world, changes)))).toEqual(['TEE_FORM']);
  });

  it.each<[string, QuoteChanges]>([
    ['a body of SGX in a quote of TDX', { version: 5, bodyHead: concatBytes(u16(1), u32(384)) }],
    ['a body of an unknown type', { version: 5, bodyHead: concatBytes(u16(4), u32(584)) }],
    ['a body of another size', { version: 5, bodyHead: concatBytes(u16(2), u32(585)) }],
    ['TDX in version 3', { version: 3, header: { teeType: u32(0x81) } }],
    ['an unknown TEE', { header: { teeType: u32(0x82) } }],
    ['a key on P-384', { header: { attestationKeyType: u16(3) } }],
  ])('%s fails TEE_FORM', async (_, changes) => {
    expect(failing(await judgeMade(await makeQuote(world, changes)))).toEqual(['TEE_FORM']);
  });
});

describe('anything at all', () => {
  it('cut anywhere fails TEE_FORM with an offset inside', async () => {
    for (let length = 28; length < right.quote.length; length += 61) {
      const report = await judgeMade(right.quote.slice(0, length));
      expect(failing(report)).toEqual(['TEE_FORM']);
      expect(report.checks[0]?.params?.['offset']).toBeLessThanOrEqual(length);
    }
  });

  it('behind the beginning of a quote is judged without an exception, and never verified', async () => {
    const { companions, pins } = { companions: [right.bundle], pins: [toHex(measured)] };
    await fc.assert(
      fc.asyncProperty(fc.nat(636), fc.uint8Array({ maxLength: 600 }), async (kept, random) => {
        const report = await judgeMade(concatBytes(right.quote.subarray(0, 28 + kept), random), { companions, pins });
        expect(report.verdict).not.toBe('verified');
      }),
      { numRuns: 60, interruptAfterTimeLimit: 2500 },
    );
  });

  it('in a companion is read without an exception, and never makes a quote good', async () => {
    const { tcbInfo, tcbInfoSignature } = await makeCollateral(world);
    const document = utf8(`{"tcbInfo":${tcbInfo},"signature":"${tcbInfoSignature}"}`);
    const sources = [utf8(right.bundle), document, world.root.der, utf8(pemOf(world.root.der))];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(3),
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        async (which, place, edit) => {
          const changed = sources[which]!.slice();
          const offset = place % (changed.length - edit.length);
          changed.set(edit, offset);
          const report = await judgeMade(right.quote, { companions: [changed], pins: [toHex(measured)] });
          const same = changed.every((byte, index) => byte === sources[which]![index]);
          if (which > 0) expect(report.verdict).not.toBe('verified');
          else if (!same) expect(['verified', 'undetermined', 'rejected']).toContain(report.verdict);
        },
      ),
      { numRuns: 80, interruptAfterTimeLimit: 3000 },
    );
  });
});
