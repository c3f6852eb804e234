import { describe, expect, it } from 'vitest';
import { toHex } from '../../core/bytes/hex.ts';
import { builtInRoots, titleOfRoot } from './builtInRootList.ts';

describe('the roots that ship with the program', () => {
  it('have the fingerprints that are shown, and titles of their own', async () => {
    const roots = builtInRoots();
    for (const { der, fingerprint } of roots) {
      const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(der));
      expect(toHex(new Uint8Array(digest))).toBe(fingerprint);
    }
    expect(new Set(roots.map(({ title }) => title)).size).toBe(roots.length);
    for (const { title, fingerprint } of roots) expect(titleOfRoot(fingerprint)).toBe(title);
    expect(titleOfRoot('ab')).toBe('ab');
  });
});
