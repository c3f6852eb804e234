import { describe, expect, it } from 'vitest';
import type { Field } from '../tee/field.ts';
import { certificateFields } from './certificateFields.ts';
import { makePath } from './path.fixture.ts';

const place = { digest: 'ab'.repeat(32), offset: 100, name: 'certificate 1' };

/** Whether children fill their parent and neighbours touch, all the way down. */
function expectFilled(fields: readonly Field[], start: number, end: number): void {
  let at = start;
  for (const { name, evidence, children } of fields) {
    expect(evidence?.offset, name).toBe(at);
    at += evidence?.length ?? 0;
    if (children) expectFilled(children, evidence?.offset ?? 0, at);
  }
  expect(at).toBe(end);
}

function find(fields: readonly Field[], name: string): Field | undefined {
  for (const field of fields) {
    const found = field.name === name ? field : find(field.children ?? [], name);
    if (found) return found;
  }
  return undefined;
}

describe('the fields of a certificate', () => {
  it('stand on all of its bytes, in order, in the object that it is in', async () => {
    const { ders } = await makePath([{}, { pathLength: 0 }, {}]);
    for (const der of ders) {
      const fields = certificateFields(der, place);
      expectFilled(fields, 100, 100 + der.length);
      expect(fields.map(({ name }) => name)).toEqual([
        'head',
        'tbsCertificate',
        'signatureAlgorithm',
        'signatureValue',
      ]);
      expect(find(fields, 'notBefore')?.value).toMatch(/^\d{4}-\d\d-\d\dT/);
      expect(find(fields, 'basicConstraints (critical)')?.evidence?.digest).toBe(place.digest);
    }
  });

  it('are none where the bytes are no certificate', async () => {
    const { ders } = await makePath([{}]);
    expect(certificateFields((ders[0] as Uint8Array).subarray(1), place)).toEqual([]);
    expect(certificateFields(new Uint8Array(), place)).toEqual([]);
  });
});
