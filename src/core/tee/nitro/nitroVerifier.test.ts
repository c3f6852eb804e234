import { beforeAll, describe, expect, it } from 'vitest';
import { bytes, map, negative, nil, text, uint } from '../../cose/cose.fixture.ts';
import { ecdsaDer } from '../../x509/ecdsa.fixture.ts';
import { x509 } from '../../x509/x509.ts';
import { pathTime } from '../../x509/path.fixture.ts';
import { awsNitroRoot } from './awsNitroRoot.ts';
import { documentTime, encodeRegisters, makeDocument, registers, type DocumentChanges } from './nitro.fixture.ts';
import { createNitroVerifier, type NitroVerification } from './nitroVerifier.ts';

async function verify(changes: DocumentChanges): Promise<NitroVerification> {
  const { document, root } = await makeDocument(changes);
  return createNitroVerifier([root]).verify(document);
}

describe('a right document', () => {
  it('verifies at its own time under a pinned root, and says which', async () => {
    const { document, root } = await makeDocument();
    const result = await createNitroVerifier([awsNitroRoot(), root]).verify(document);
    expect(result).toMatchObject({ ok: true, root: 1, signatures: 5, document: { timestamp: documentTime } });
  });

  it('costs one signature once its path is known', async () => {
    const { document, root } = await makeDocument();
    const verifier = createNitroVerifier([root]);
    const results = await Promise.all(Array.from({ length: 10 }, () => verifier.verify(document.slice())));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(results.reduce((sum, { signatures }) => sum + signatures, 0)).toBe(4 + 10);
  });

  it('may be signed anywhere in the window of its leaf, whatever path is known already', async () => {
    const { root } = await makeDocument();
    const verifier = createNitroVerifier([root]);
    const at = async (timestamp: number) =>
      (await verifier.verify((await makeDocument({ fields: { timestamp: uint(timestamp) } })).document)).ok;
    const hour = 3_600_000;
    expect(await at(pathTime - hour)).toBe(true);
    expect(await at(pathTime + 2 * hour + 999)).toBe(true);
    expect(await at(pathTime + 2 * hour + 1000)).toBe(false);
    expect(await at(pathTime - hour - 1)).toBe(false);
  });

  it('may be of a debug enclave: what was measured is another question', async () => {
    const pcrs = encodeRegisters([...registers].map(([index]) => [index, new Uint8Array(48)]));
    expect(await verify({ fields: { pcrs } })).toMatchObject({ ok: true });
  });
});

describe('one rule broken is called by its code', () => {
  const cases: readonly [name: string, changes: DocumentChanges, code: string, words: RegExp][] = [
    ['a form that AWS does not describe', { fields: { digest: text('SHA256') } }, 'TEE_FORM', /digest, byte \d+/],
    [
      'a document of a NitroTPM',
      { fields: { pcrs: undefined }, extra: [[text('nitrotpm_pcrs'), encodeRegisters(registers)]] },
      'TEE_PLATFORM',
      /NitroTPM/,
    ],
    [
      'a NitroTPM document with both',
      { extra: [[text('nitrotpm_pcrs'), encodeRegisters(registers)]] },
      'TEE_PLATFORM',
      /NitroTPM/,
    ],
    ['a field that nobody has described', { extra: [[text('later'), nil]] }, 'TEE_PLATFORM', /"later"/],
    ['a P-256 leaf', { levels: { 4: { curve: 'P-256' } } }, 'TEE_CHAIN', /Certificate 5 .*P-256/],
    [
      'a zonal certificate without basic constraints',
      { levels: { 2: { ca: null } } },
      'TEE_CHAIN',
      /Certificate 3 .*authority/,
    ],
    ['a leaf that is an authority', { levels: { 4: { ca: true } } }, 'TEE_CHAIN', /Certificate 5 .*authority/],
    [
      'a leaf that may not sign',
      { levels: { 4: { keyUsage: x509.KeyUsageFlags.keyAgreement } } },
      'TEE_CHAIN',
      /digitalSignature/,
    ],
    ['a path length that is too short', { levels: { 1: { pathLength: 1 } } }, 'TEE_CHAIN', /certificate 2 /],
    ['a forged instance certificate', { levels: { 3: { forged: true } } }, 'TEE_CHAIN', /signature on certificate 4 /],
    ['a bundle in the other order', { bundle: (ders) => ders.toReversed() }, 'TEE_CHAIN', /neither the root of AWS/],
    ['a missing link', { bundle: (ders) => ders.toSpliced(2, 1) }, 'TEE_CHAIN', /Certificate 3 .*line of issuers/],
    [
      'a certificate too many',
      { bundle: (ders) => [...ders, ders[1] as Uint8Array] },
      'TEE_CHAIN',
      /Certificate 5 .*line of issuers/,
    ],
    ['the root alone', { bundle: (ders) => ders.slice(0, 1) }, 'TEE_CHAIN', /Certificate 2 .*line of issuers/],
    ['nine certificates', { bundle: (ders) => [...ders, ...ders] }, 'TEE_CHAIN', /at most 8/],
    [
      'a byte behind the leaf',
      { leaf: (der) => Uint8Array.of(...der, 0) },
      'TEE_CHAIN',
      /Certificate 5 cannot be read/,
    ],
    [
      'an unknown critical extension',
      { levels: { 2: { extensions: [new x509.Extension('1.2.3.4', true, Uint8Array.of(5, 0))] } } },
      'TEE_CHAIN',
      /Certificate 3 .*1\.2\.3\.4/,
    ],
    ['a regional certificate on P-256', { levels: { 1: { curve: 'P-256' } } }, 'TEE_CHAIN', /Certificate 2 .*P-256/],
    ['a leaf signed with SHA-256', { levels: { 4: { hash: 'SHA-256' } } }, 'TEE_CHAIN', /Certificate 5 .*SHA256/],
    [
      'an instance certificate that may not sign certificates',
      { levels: { 3: { keyUsage: x509.KeyUsageFlags.cRLSign } } },
      'TEE_CHAIN',
      /certificate 4 .*keyCertSign/,
    ],
    [
      'an issuer of another name',
      { levels: { 3: { issuer: 'CN=somebody' } } },
      'TEE_CHAIN',
      /Certificate 4 .*somebody/,
    ],
    ['a signature in DER', { message: { signature: ecdsaDer } }, 'TEE_SIGNATURE', /96 bytes/],
    ['another algorithm', { message: { protectedHeader: map([uint(1), negative(-7)]) } }, 'TEE_SIGNATURE', /states -7/],
    ['half a signature of zeros', { message: { signature: (both) => both.fill(0, 48) } }, 'TEE_SIGNATURE', /zero/],
    ['a signature of 95 bytes', { message: { signature: (both) => both.subarray(1) } }, 'TEE_SIGNATURE', /96 bytes/],
    [
      'a signature of something else',
      { message: { signature: (both) => Uint8Array.of(...both.subarray(0, -1), both[95]! ^ 1) } },
      'TEE_SIGNATURE',
      /no signature/,
    ],
    ['no algorithm', { message: { protectedHeader: map() } }, 'TEE_SIGNATURE', /-35/],
    [
      'an expired zonal certificate',
      { levels: { 2: { notAfter: pathTime - 1000 } } },
      'TEE_TIME',
      /Certificate 3 .*11:59:59Z/,
    ],
    ['a leaf that is not valid yet', { levels: { 4: { notBefore: pathTime + 1000 } } }, 'TEE_TIME', /Certificate 5 /],
    ['a root that has expired', { levels: { 0: { notAfter: pathTime - 1000 } } }, 'TEE_TIME', /Certificate 1 /],
    [
      'seconds for milliseconds',
      { fields: { timestamp: uint(Math.floor(documentTime / 1000)) } },
      'TEE_TIME',
      /1970-01-21/,
    ],
  ];

  it.each(cases)('%s', async (_, changes, code, words) => {
    expect(await verify(changes)).toMatchObject({ ok: false, code, reason: expect.stringMatching(words) as unknown });
  });

  it('the first of several', async () => {
    const message = { signature: (both: Uint8Array) => both.subarray(1) };
    const expired = { 4: { notAfter: pathTime - 1000 } };
    expect(await verify({ message, levels: expired })).toMatchObject({ ok: false, code: 'TEE_SIGNATURE' });
    expect(await verify({ message, levels: { ...expired, 3: { forged: true } } })).toMatchObject({
      ok: false,
      code: 'TEE_CHAIN',
    });
  });
});

describe('roots', () => {
  it('are compared by their bytes: the same name under another key is not the same root', async () => {
    const [one, other] = [await makeDocument(), await makeDocument({ levels: {} })];
    expect(await createNitroVerifier([other.root]).verify(one.document)).toMatchObject({
      ok: false,
      code: 'TEE_CHAIN',
    });
    expect(await createNitroVerifier([other.root]).verify(other.document)).toMatchObject({ ok: true });
  });

  it('are none where none is given', async () => {
    expect(await createNitroVerifier([]).verify((await makeDocument()).document)).toMatchObject({
      ok: false,
      code: 'TEE_CHAIN',
    });
  });

  it('cannot be swapped in after a path is known', async () => {
    const one = await makeDocument();
    const verifier = createNitroVerifier([awsNitroRoot()]);
    expect((await verifier.verify(one.document)).ok).toBe(false);
    expect((await createNitroVerifier([one.root]).verify(one.document)).ok).toBe(true);
    expect((await verifier.verify(one.document)).ok).toBe(false);
  });
});

describe('every byte changed', () => {
  let made: { document: Uint8Array; root: Uint8Array };
  beforeAll(async () => {
    made = await makeDocument({ fields: { nonce: bytes(new Uint8Array(20).fill(3)) } });
  });

  it('is noticed', async () => {
    const verifier = createNitroVerifier([made.root]);
    const { document } = made;
    for (let offset = 0; offset < document.length; offset += 3) {
      const changed = document.slice();
      changed[offset] = changed[offset]! ^ (1 << (offset % 8));
      expect((await verifier.verify(changed)).ok, `byte ${offset}`).toBe(false);
    }
  });
});
