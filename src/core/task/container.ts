import { fromHex0x, type Hex } from '../evm/hex.ts';
import { fail, pass, type Check } from '../verdict/check.ts';
import { hexOf } from './contractEvent.ts';
import type { FollowedTask } from './followTask.ts';

/** How a task's text begins where its program is a container. */
const scheme = 'oci://';
const maximumLength = 512;

const part = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const host = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const reference = new RegExp(
  `^${host}(?:\\.${host})*(?::[0-9]{1,5})?(?:/${part})+(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?@sha256:([0-9a-f]{64})$`,
);

const spec =
  'src/core/task/README (containers); distribution/reference; OCI Image Format Specification, descriptor (digests)';

/** The image that a task names as its program: the first word of its text, without the scheme. Undefined where it names none. */
export function containerOf({ moves }: FollowedTask): string | undefined {
  const submitted = moves.find(({ step }) => step.name === 'TaskSubmitted')?.step;
  const [word = ''] = /^\S*/.exec(String(submitted?.values['metadata'] ?? '')) ?? [];
  return word.startsWith(scheme) ? word.slice(scheme.length) : undefined;
}

/** SHA-256 of an image's manifest, as an image is named by it; undefined where this is no reference with one. */
export function manifestDigest(image: string): Hex | undefined {
  const digits = image.length <= maximumLength ? reference.exec(image)?.[1] : undefined;
  return digits === undefined ? undefined : `0x${digits}`;
}

/** Where a task names a container: it is named by its digest, and that digest is the program on the ledger. */
export function checkContainer(task: FollowedTask): Check[] {
  const image = containerOf(task);
  if (image === undefined) return [];
  const submitted = task.moves.find(({ step }) => step.name === 'TaskSubmitted')?.step;
  const program = submitted ? hexOf(submitted, 'program') : '0x';
  const digest = manifestDigest(image);
  const params = { image: image.slice(0, maximumLength), program };
  if (digest === program) {
    return [pass('TASK_CONTAINER', { spec, params, notes: [{ code: 'TASK_CONTAINER_NOT_RUN' }] })];
  }
  const reason =
    digest === undefined
      ? 'It is not named as host/name[:tag]@sha256:digest.'
      : `Its digest is ${digest}, the program on the ledger is ${program}.`;
  return [fail('TASK_CONTAINER', { spec, params: { ...params, reason } })];
}

/** How a task records an image: its program hash, and how its text begins. Undefined for what is no reference with a digest. */
export function containerTask(image: string): { readonly program: Uint8Array; readonly metadata: string } | undefined {
  const bare = image.startsWith(scheme) ? image.slice(scheme.length) : image;
  const digest = manifestDigest(bare);
  return digest && { program: fromHex0x(digest), metadata: `${scheme}${bare}` };
}
