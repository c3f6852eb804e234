import { expect, it } from 'vitest';
import { judgeSamples } from './judgeSamples.ts';
import { traceSamples } from './traceSamples.ts';

it('samples of traces turn out as their index says', async () => {
  const files = await traceSamples();
  expect(await judgeSamples(files, Date.now())).toEqual([]);
  expect(files.map(({ expect: verdict }) => verdict)).toEqual(['verified', 'rejected', 'undetermined', 'verified']);
});
