import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { testMachine, testMetadata } from '../../core/trace/anchor/machine.fixture.ts';
import type { Signer } from '../../core/trace/anchor/signer.ts';
import { signTrace } from '../../core/trace/anchor/signTrace.ts';
import { verifyTraceSignature } from '../../core/trace/anchor/verifySignature.ts';
import { parseVmKey } from '../../core/trace/anchor/vmKey.ts';
import { traceDigest } from '../../core/trace/metadata.ts';
import { accountSigner } from './accountSigner.ts';
import { openWalletSigner } from './walletSigner.ts';
import { makeWebCryptoKey, webCryptoSigner } from './webCryptoSigner.ts';

const account = privateKeyToAccount(`0x${'17'.repeat(32)}`);
const domain = { chainId: 412_346, verifyingContract: `0x${'ab'.repeat(20)}` } as const;
const signers: Readonly<Record<string, () => Promise<Signer>>> = {
  'the browser’s own key': async () => webCryptoSigner(await makeWebCryptoKey()),
  'an account': () => Promise.resolve(accountSigner(account)),
  // A local account does what wallets do.
  'a wallet': () => openWalletSigner(account),
  'a key on P-256': () => Promise.resolve(testMachine('p256', 'a')),
  'a key on secp256k1': () => Promise.resolve(testMachine('secp256k1', 'a')),
};

describe.each(Object.entries(signers))('%s', (_name, open) => {
  it('signs traces, and nothing that it signed speaks for another trace, ledger, contract or key', async () => {
    const signer = await open();
    const key = parseVmKey(signer.publicKey);
    expect(key.algorithm).toBe(signer.algorithm);
    for (let count = 0; count < 8; count += 1) {
      const metadata = testMetadata({ count });
      const signature = await signTrace(signer, metadata, domain);
      expect(signature).toHaveLength(64);
      const holds = (digest: Uint8Array, by = key, given = signature) => verifyTraceSignature(digest, given, by);
      expect(holds(traceDigest(metadata, domain))).toBe(true);
      expect(holds(traceDigest({ ...metadata, records: 21 }, domain))).toBe(false);
      expect(holds(traceDigest(metadata, { ...domain, chainId: 1 }))).toBe(false);
      expect(holds(traceDigest(metadata, { ...domain, verifyingContract: `0x${'ac'.repeat(20)}` }))).toBe(false);
      expect(holds(traceDigest(metadata, domain), testMachine(key.algorithm, 'b').key)).toBe(false);
      const other = signature.slice();
      other[40] = (other[40] as number) ^ 1;
      expect(holds(traceDigest(metadata, domain), key, other)).toBe(false);
      expect(holds(traceDigest(metadata, domain), key, signature.subarray(0, 63))).toBe(false);
      expect(holds(traceDigest(metadata, domain), { ...key, y: key.x })).toBe(false);
    }
  });
});

it('the account and the wallet of one person are one key', async () => {
  expect((await openWalletSigner(account)).publicKey).toEqual(accountSigner(account).publicKey);
});

it('a key of WebCrypto cannot be taken out', async () => {
  const { privateKey } = await makeWebCryptoKey();
  await expect(crypto.subtle.exportKey('pkcs8', privateKey)).rejects.toThrow(/extractable/);
});

it('a signer that signs something else is found before anything leaves', async () => {
  const honest = testMachine('p256', 'a');
  const wrong = {
    ...honest,
    sign: (digest: Uint8Array) => honest.sign(digest.map((byte) => byte ^ 1)),
  };
  await expect(signTrace(wrong, testMetadata(), domain)).rejects.toMatchObject({ kind: 'source', code: 'SIGNER' });
  const keyless = { ...honest, publicKey: new Uint8Array(44) };
  await expect(signTrace(keyless, testMetadata(), domain)).rejects.toMatchObject({ code: 'SIGNER' });
});
