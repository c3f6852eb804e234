import { expect, it } from 'vitest';
import { fail, unknown } from '../../core/verdict/check.ts';
import { reasonOf, refusalOf } from './refusalOf.ts';

it('a refusal is named by the check that it begins with, and by how that turned out', () => {
  const refusal = 'HOST_DRIFT fails. The host has drifted. runtime.vcpus was 1 and is 2.';
  expect(refusalOf(refusal, [fail('HOST_DRIFT')])).toBe('the host has drifted from what you accepted');
  expect(reasonOf(refusal)).toBe('The host has drifted. runtime.vcpus was 1 and is 2.');
  const stale = 'HOST_STATUS is not known. The list is stale.';
  expect(refusalOf(stale, [unknown('HOST_STATUS')])).toMatch(/stale/);
  expect(refusalOf('HOST_STATUS fails. x', [fail('HOST_STATUS')])).toBe('the host has been revoked');
  expect(refusalOf('HOST_SHARE: 2 right shares', [fail('HOST_SHARE')])).toBe('too few right shares of the key');
  expect(refusalOf('What is inside has the digest x', [])).toBe('it does not hold');
  expect(reasonOf('HOST_EVIDENCE: HOST_DOCUMENT fails. Bad.')).toBe('Bad.');
});
