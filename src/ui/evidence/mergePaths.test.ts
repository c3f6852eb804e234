import { describe, expect, it } from 'vitest';
import type { CertificateDetails, PathDetails } from '../../core/x509/describeCertificate.ts';
import { mergePaths } from './mergePaths.ts';

const path = (name: string, fingerprints: readonly string[], root: PathDetails['root'] = 'built-in'): PathDetails => ({
  name,
  root,
  certificates: fingerprints.map((fingerprint) => ({ fingerprint }) as CertificateDetails),
});

describe('paths over the same certificates', () => {
  it('are one, under all of their names', () => {
    const merged = mergePaths([
      path('document 1: Key', ['a', 'b']),
      path('document 2: Key', ['a', 'b']),
      path('document 3: Key', ['a', 'c']),
    ]);
    expect(merged.map(({ name }) => name)).toEqual(['document 1 and document 2: Key', 'document 3: Key']);
  });

  it('stay apart where one is trusted and the other is not, and where none could be read', () => {
    expect(mergePaths([path('one', ['a']), path('two', ['a'], 'unknown')])).toHaveLength(2);
    expect(mergePaths([path('one', []), path('two', [])])).toHaveLength(2);
  });

  it('are named once where they are called the same', () => {
    expect(mergePaths([path('Key', ['a']), path('Key', ['a'])]).map(({ name }) => name)).toEqual(['Key']);
  });
});
