import { toBase64Url } from '../../bytes/base64.ts';
import { fromHex } from '../../bytes/hex.ts';

/** Two primes of 2048 bits: finding such ones anew takes seconds in every file of tests. Nobody trusts anything under them but those tests. */
const primes = [
  [
    'f52d8363a7088d7d83debf7fd09609ff8858b9077f759666cbfe2ea8a672c2c1701ffea0cbb779eefc7974a0adc02349070352a1',
    '2f707380fc18c02b17edd2acb5cdb2d31bebef171c609228ccc5ab3d773262578ba190bd8b7bd3c3392afc289899a4529b90e153',
    '1235a93a93b08e8be5e898168e4076da8ef4d1534d2732c4e536fd9146b228c009c4bfbdce1282cd0a4c6bcc6a0dae9df5775672',
    '5a70663d66f41a6efc603930a1312dff89e54e6b47eb16820be76425a5e2a8def7f0ce8efe1c8b509bf8232a1d140c9817ac27e7',
    '88ff1c9008976dba9a9f6e00e4ae3e8937e4e6551b1d1739af1697ba910b74389115541c66eedc4532f482c7f7ce41ab',
  ].join(''),
  [
    'eac68b1c1f332a6d07866a19bb4481c74d5c11eef0cf64ccebd256499338be7331471881138f2fbc916d995be6f3a615584f40f5',
    'a26ecb17a5428ded043be07befb32c17f14e2cdcdd0e661fff0b00355800eaa616ad6543bf2e2e3ab0363362f0c7007ac7de76e3',
    '3a39400dc8ddfe8ed1f653f9f155c6e453ac2ec05f0b47387937b07da2c60efda064107606cd9a447a3272be6c8cecdc55f57270',
    '546a316c0705e58667b3a5cca48930c07522ef8029c31523b8aa2aafaba932b7c430d1422f65a8e875dd21de08ba94df9c99e37f',
    'f37ba4799f75e89225c9d51b354a3f321e2fd8555727d38c9db09212888cb2bdbc5452ca0aed8aafeaef37a14578e02d',
  ].join(''),
] as const;

/** An RSA key of 4096 bits for signing test certificates, put together from its primes (RFC 8017 §3.2). */
export async function testRsaKeys(): Promise<CryptoKeyPair> {
  const [p, q] = primes.map((hex) => BigInt(`0x${hex}`)) as [bigint, bigint];
  const e = 65_537n;
  const d = inverse(e, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const jwk = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, base64Url(value)]));
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };
  const { n = '' } = jwk;
  return {
    privateKey: await crypto.subtle.importKey('jwk', { kty: 'RSA', ...jwk }, algorithm, true, ['sign']),
    publicKey: await crypto.subtle.importKey('jwk', { kty: 'RSA', n, e: base64Url(e) }, algorithm, true, ['verify']),
  };
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b] = [value, modulus];
  let [x, y] = [1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

function base64Url(value: bigint): string {
  const hex = value.toString(16);
  return toBase64Url(fromHex(hex.length % 2 === 0 ? hex : `0${hex}`));
}
