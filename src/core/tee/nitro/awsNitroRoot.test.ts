import { expect, it } from 'vitest';
import { toHex } from '../../bytes/hex.ts';
import { parseCertificate } from '../../x509/parse.ts';
import { awsNitroRoot, awsNitroRootFingerprint } from './awsNitroRoot.ts';

it('the built-in root is the one that AWS publishes: fingerprint, name, window', async () => {
  const der = awsNitroRoot();
  const digest = await crypto.subtle.digest('SHA-256', der as Uint8Array<ArrayBuffer>);
  expect(toHex(new Uint8Array(digest))).toBe('641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b');
  expect(awsNitroRootFingerprint).toBe(toHex(new Uint8Array(digest)));
  expect(parseCertificate(der)).toMatchObject({
    subject: { text: 'C=US, O=Amazon, OU=AWS, CN=aws.nitro-enclaves' },
    notBefore: Date.UTC(2019, 9, 28, 13, 28, 5),
    notAfter: Date.UTC(2049, 9, 28, 14, 28, 5),
    basicConstraints: { ca: true },
  });
});

it('a caller cannot change it for the next one', () => {
  awsNitroRoot().fill(0);
  expect(awsNitroRoot()[0]).toBe(0x30);
});
