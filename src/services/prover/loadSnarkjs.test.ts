import { expect, it } from 'vitest';
import { loadSnarkjs } from './loadSnarkjs.ts';

it('a prover that is not installed is said so, with what to do', async () => {
  await expect(loadSnarkjs('snarkjs-that-nobody-has')).rejects.toMatchObject({
    kind: 'source',
    code: 'SNARKJS_MISSING',
    message: expect.stringContaining('npm install --include=optional') as string,
  });
});
