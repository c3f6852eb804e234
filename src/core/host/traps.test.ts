import { combine } from 'shamir-secret-sharing';
import { beforeAll, describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { toBase64Url } from '../bytes/base64.ts';
import { utf8 } from '../bytes/bytes.ts';
import type { JsonObject } from '../bytes/json.ts';
import { readContent } from '../kinds/content.ts';
import { addJcsProof } from '../vc/proof/jcsProof.ts';
import { judgeMade, hostSigner, listPlace, makeHost, makeList, proofSigner } from './host.fixture.ts';
import { hostTime, nextId, states, told, validatorSigners, vouched, type MadeHost } from './host.fixture.ts';
import { combineShares, dealShares, type KeyShare } from './release/shares.ts';

const three = validatorSigners.slice(0, 3);
let host: MadeHost;

beforeAll(async () => {
  host = await makeHost();
}, 600_000);

describe('traps', () => {
  it('proof chains: the usual library takes one proof that holds for all of them, and never looks at what a proof builds on', async () => {
    const json = await vouched(host.json, three, 'chain');
    expect(told(await judgeMade(host, json))).toEqual([]);
    const list = json['proof'] as JsonObject[];
    const value = String(list[1]?.['proofValue']);
    const bent = `${value.slice(0, -1)}${value.endsWith('2') ? '3' : '2'}`;
    // The host's own proof still holds; with that library, so would the whole.
    const broken = { ...json, proof: list.map((proof, at) => (at === 1 ? { ...proof, proofValue: bent } : proof)) };
    const found = await judgeMade(host, broken);
    expect(found.verdict).toBe('rejected');
    expect(states(found)).toEqual(['invalid', 'invalid', 'invalid']);
    expect(told(found)).toEqual(['HOST_THRESHOLD fail']);
    // And the other way about: a proof over others is right, though it is not over the document alone.
    const last = { ...json, proof: [list[0], list[1], list[3]] as JsonObject[] };
    expect(states(await judgeMade(host, last))).toEqual(['counted', 'dangling']);
  });

  it('Shamir’s sharing has no integrity: too few shares, or a bent one, give a key without an error', async () => {
    const key = Uint8Array.from({ length: 32 }, (_, at) => at);
    const random = new Uint8Array(32).fill(7);
    const shares = dealShares({ key, image: '11'.repeat(32), shares: 5, threshold: 3, random });
    const few = await combine(shares.slice(0, 2).map(({ share }) => Uint8Array.from(share)));
    expect(few).toHaveLength(32);
    expect(few).not.toEqual(key);
    const bent = shares.map((each, at): KeyShare => {
      return at === 0 ? { ...each, share: each.share.map((byte, place) => (place === 3 ? byte ^ 1 : byte)) } : each;
    });
    const wrong = await combineShares(bent.slice(0, 3));
    expect(wrong).toHaveLength(32);
    expect(wrong).not.toEqual(key);
    // So digests stand in signed proofs, and a commitment in the host's: `release/releaseKey.test.ts` sees both refuse.
    expect(await combineShares(shares.slice(2))).toEqual(key);
  });

  it('order of bits: the first place of a list is the most significant bit of its first byte', async () => {
    const rest = host.companions.filter(({ name }) => name !== 'list.json');
    const json = await vouched(host.json, three);
    const judged = async (list: JsonObject) => {
      const companions = [...rest, readContent('list.json', utf8(JSON.stringify(list)))];
      return told(await judgeMade({ ...host, companions }, json));
    };
    expect(listPlace & 7).not.toBe(7 - (listPlace & 7));
    expect(await judged(await makeList(hostTime, listPlace))).toEqual(['HOST_STATUS fail']);
    // The bit that a reader from the other end would take for it.
    const bits = new Uint8Array(16_384);
    bits[listPlace >> 3] = 1 << (listPlace & 7);
    const { proof: _proof, ...list } = await makeList();
    const subject = {
      ...(list['credentialSubject'] as JsonObject),
      encodedList: `u${toBase64Url(new Uint8Array(gzipSync(bits)))}`,
    };
    const created = String(list['validFrom']);
    const mirrored = await addJcsProof({ ...list, credentialSubject: subject }, proofSigner(hostSigner), {
      id: nextId(),
      created,
    });
    expect(await judged(mirrored)).toEqual([]);
  });
});
