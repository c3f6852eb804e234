import { describe, expect, it } from 'vitest';
import { sealedDigest } from './sealedDigest.ts';

const digest = '0123abcd'.repeat(8);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the digest that a certificate carries', () => {
  it('is found where the members stand in canonical order', () => {
    expect(sealedDigest(bytes(`{"affidavit":"certificate/1","digest":"${digest}","labels":[]}`))).toBe(digest);
  });

  it('is found behind the middle of a long file', () => {
    expect(sealedDigest(bytes(`{"a":"${'x'.repeat(3_000_000)}","digest":"${digest}"}`))).toBe(digest);
  });

  it('is nothing where there is none, or none of the right form', () => {
    expect(sealedDigest(bytes('{"digest":"ABCD"}'))).toBeUndefined();
    expect(sealedDigest(new Uint8Array())).toBeUndefined();
  });
});
