import fc from 'fast-check';
import { expect, test } from 'vitest';
import { containerTask, manifestDigest } from './container.ts';
import { judgeTask } from './judgeTask.ts';
import { changed, chainId, contract, files, hash, makeEvents, openCodes, rightSteps } from './task.fixture.ts';

const program = hash(files.program);
const image = `registry.example:5000/team/analysis:1.2@sha256:${program.slice(2)}`;

async function judge(metadata: string) {
  const events = makeEvents(changed(rightSteps(hash(files.result)), 'TaskSubmitted', { metadata }));
  return judgeTask(events, 1n, { chainId, contract, trust: {}, now: 0, companions: [] });
}

test.each([
  [image, true],
  [`example.org/a@sha256:${'0'.repeat(64)}`, true],
  [`localhost/a__b/c-d.e@sha256:${'f'.repeat(64)}`, true],
  [`a@sha256:${'0'.repeat(64)}`, false],
  ['example.org/a:1.2', false],
  [`example.org/a@sha256:${'0'.repeat(63)}`, false],
  [`example.org/a@sha256:${'F'.repeat(64)}`, false],
  [`example.org/a@sha512:${'0'.repeat(64)}`, false],
  [`example.org/A@sha256:${'0'.repeat(64)}`, false],
  [`example.org//a@sha256:${'0'.repeat(64)}`, false],
  [`example.org/${'a'.repeat(512)}@sha256:${'0'.repeat(64)}`, false],
])('%s', (text, right) => {
  expect(manifestDigest(text) !== undefined).toBe(right);
  expect(containerTask(text)).toEqual(
    right ? { program: expect.any(Uint8Array), metadata: `oci://${text}` } : undefined,
  );
});

test('any text is read soon, and an image as it was written', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 2048 }),
      fc.constantFrom('', 'a/'.repeat(200), 'a-'.repeat(200)),
      (text, start) => {
        const digest = manifestDigest(start + text);
        if (digest !== undefined) expect(`${start}${text}`).toContain(digest.slice(2));
      },
    ),
    { numRuns: 300 },
  );
});

test('a container is named by the digest that is the program on the ledger, and said not to have been run', async () => {
  const { checks, timeline } = await judge(`oci://${image} mean of the second column`);
  const check = checks.find(({ code }) => code === 'TASK_CONTAINER');
  expect(check).toMatchObject({ status: 'pass', params: { image }, notes: [{ code: 'TASK_CONTAINER_NOT_RUN' }] });
  expect(timeline.container).toBe(image);
  expect(openCodes(checks)).toEqual(['TASK_ATTESTATION unknown']);
});

test.each([image.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')), 'registry.example/analysis:latest', ''])(
  'another digest, or none: %s',
  async (named) => {
    const { checks } = await judge(`oci://${named}`);
    expect(openCodes(checks)).toEqual(['TASK_CONTAINER fail', 'TASK_ATTESTATION unknown']);
  },
);

test('a text that only speaks of one names none', async () => {
  const { checks, timeline } = await judge(`runs oci://${image}`);
  expect(checks.map(({ code }) => code)).not.toContain('TASK_CONTAINER');
  expect(timeline.container).toBeNull();
});
