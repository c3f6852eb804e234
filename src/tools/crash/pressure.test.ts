import { expect, test } from 'vitest';
import { applyPressure } from './pressure.ts';

test('ten times the load: refused with Retry-After, nothing accepted is lost, memory and waiting bounded', async () => {
  const result = await applyPressure(4);
  expect(result).toMatchObject({ lost: 0, broken: [], withoutRetryAfter: 0 });
  expect(Object.keys(result.answers).toSorted()).toEqual(['202', '429']);
  expect(result.answers['429']).toBeGreaterThan(result.answers['202'] ?? 0);
  expect(result.accepted).toBeGreaterThan(0);
  expect(result.toAccepted.worst).toBeLessThan(15_000);
  expect(result.toFinal.worst).toBeLessThan(15_000);
  if (!Number.isNaN(result.memory.highest)) expect(result.memory.highest).toBeLessThan(512);
}, 600_000);
