import { expect, it } from 'vitest';
import { dealShares, type KeyShare } from '../../core/host/release/shares.ts';
import { makeHpkeKey, publicKeyBytes } from '../hpke/hpke.ts';
import { openShare, sealShare } from './shareEnvelope.ts';

it('a sealed share opens for its client, credential, validator and image alone', async () => {
  const image = '11'.repeat(32);
  const random = new Uint8Array(32).fill(4);
  const [share] = dealShares({ key: new Uint8Array(32).fill(1), image, shares: 3, threshold: 2, random }) as [KeyShare];
  const client = await makeHpkeKey();
  const binding = { credential: '22'.repeat(32), validator: 'did:web:a.example' };
  const sealed = await sealShare(share, await publicKeyBytes(client), binding);
  expect(await openShare(sealed, client, binding, image)).toEqual(share);
  expect(await openShare(sealed, await makeHpkeKey(), binding, image)).toBeUndefined();
  expect(await openShare(sealed, client, { ...binding, credential: '55'.repeat(32) }, image)).toBeUndefined();
  expect(await openShare(sealed, client, { ...binding, validator: 'did:web:x' }, image)).toBeUndefined();
  expect(await openShare(sealed, client, binding, '66'.repeat(32))).toBeUndefined();
  expect(await openShare(sealed.slice(1), client, binding, image)).toBeUndefined();
});
