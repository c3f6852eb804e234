import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { canonicalJson } from '../bytes/jcs.ts';
import { parseJson, type JsonObject } from '../bytes/json.ts';
import { contextSource } from '../vc/contextSource.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { judgeHost } from './checkHost.ts';
import { countValidators } from './countValidators.ts';
import { hostTime, makeHost, validatorSigners, vouched, type MadeHost } from './host.fixture.ts';
import { parseHostCredential, readHostCredential, type HostCredential } from './hostCredential.ts';
import { decryptImage, encryptImage } from './release/image.ts';
import { dealShares, encodeShare, parseShare, shareDigest, type KeyShare } from './release/shares.ts';

let host: MadeHost;
let json: JsonObject;
let text: string;

beforeAll(async () => {
  host = await makeHost();
  json = await vouched(host.json, [validatorSigners[0]!, validatorSigners[1]!]);
  text = canonicalJson(json);
}, 600_000);

/** What it says, or undefined where it refuses as it should. */
function refusing<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return undefined;
  }
}

const edits = (length: number) =>
  fc.tuple(
    fc.nat(length - 1),
    fc.nat(3),
    fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('"', '}', ',', '0', 'null')),
  );
const edited = (whole: string, [at, gone, put]: readonly [number, number, string]): string =>
  whole.slice(0, at) + put + whole.slice(at + gone);

describe('edited at random', () => {
  it('credentials of any shape are read or refused', async () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        (value) => void refusing(() => readHostCredential(value as JsonObject)),
      ),
    );
    fc.assert(fc.property(edits(text.length), (edit) => void refusing(() => parseHostCredential(edited(text, edit)))));
    const whole = parseJson(text) as JsonObject;
    const members = fc.constantFrom(...Object.keys(whole), ...Object.keys(whole['credentialSubject'] as JsonObject));
    fc.assert(
      fc.property(members, fc.jsonValue({ maxDepth: 2 }), (member, value) => {
        const put = value as JsonObject;
        const inside = { ...(whole['credentialSubject'] as JsonObject), [member]: put };
        refusing(() => readHostCredential({ ...whole, [member]: put }));
        refusing(() => readHostCredential({ ...whole, credentialSubject: inside }));
      }),
    );
    const context = { trust: host.trust, now: hostTime, companions: [] };
    const bytes = fc.string({ maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(bytes, async (value) => void (await judgeHost(value, context))),
      { numRuns: 20 },
    );
  });

  it('no proof counts after an edit of what it covers, and none of the others is lost by one in a proof', async () => {
    const [policy] = host.trust.hosts ?? [];
    const source = contextSource({ trust: host.trust, companions: [], now: hostTime }, []);
    const count = (credential: HostCredential) =>
      countValidators(credential, { trust: host.trust, beside: [], source, at: hostTime, policy });
    expect((await count(readHostCredential(json))).counted).toBe(2);
    const { proof, ...claims } = json;
    const proofs = proof as JsonObject[];
    const before = canonicalJson(claims);
    await fc.assert(
      fc.asyncProperty(edits(before.length), async (edit) => {
        const changed = refusing(() => parseJson(edited(before, edit)) as JsonObject);
        const read = changed && refusing(() => readHostCredential({ ...changed, proof: proofs }));
        if (!read || canonicalJson(changed) === before) return;
        const found = await count(read);
        expect([found.host.status, found.counted]).toEqual(['fail', 0]);
      }),
      { numRuns: 60 },
    );
    const last = canonicalJson(proofs[2] as JsonObject);
    await fc.assert(
      fc.asyncProperty(edits(last.length), async (edit) => {
        const changed = refusing(() => parseJson(edited(last, edit)));
        if (changed === undefined || canonicalJson(changed) === last) return;
        const read = refusing(() => readHostCredential({ ...claims, proof: [...proofs.slice(0, 2), changed] }));
        if (!read) return;
        const found = await count(read);
        expect([found.host.status, found.counted]).toEqual(['pass', 1]);
      }),
      { numRuns: 40 },
    );
  });

  it('images and shares are read or refused, and open with nothing changed', async () => {
    const key = new Uint8Array(32).fill(3);
    const image = await encryptImage(utf8('a program'), key, new Uint8Array(12));
    const opens = async (bytes: Uint8Array): Promise<boolean> => {
      try {
        return (await decryptImage(bytes, key)) !== undefined;
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return false;
      }
    };
    expect(await opens(image)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (bytes) => {
        expect(await opens(bytes)).toBe(false);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(image.length - 1), fc.integer({ min: 1, max: 255 }), async (at, bits) => {
        const bent = image.map((byte, place) => (place === at ? byte ^ bits : byte));
        expect(await opens(bent)).toBe(false);
      }),
    );
    const parts = { key, image: '11'.repeat(32), shares: 3, threshold: 2, random: new Uint8Array(32).fill(4) };
    const [share] = dealShares(parts) as [KeyShare];
    const bytes = encodeShare(share);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), (some) => void refusing(() => parseShare(some))));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const bent = refusing(() => parseShare(bytes.map((byte, place) => (place === at ? byte ^ bits : byte))));
        if (bent) expect(shareDigest(bent)).not.toBe(shareDigest(share));
      }),
    );
  });
});
