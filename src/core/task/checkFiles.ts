import { keccak256, sha3 } from '../bytes/hash.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';
import { affidavitType, type Content } from '../kinds/content.ts';
import { recogniseCompanion } from '../kinds/companion.ts';
import { fail, pass, unknown, type Check, type Code } from '../verdict/check.ts';
import { attestationKinds } from './checkAttestation.ts';
import type { TaskTimeline } from './timeline.ts';

/** Files of a task that can be held against the ledger, and the check of each. */
export const fileRoles = {
  program: 'TASK_PROGRAM',
  dataSet: 'TASK_DATA_SET',
  secretFile: 'TASK_SECRET_FILE',
  result: 'TASK_RESULT',
  output: 'TASK_OUTPUT',
} as const satisfies Readonly<Record<string, Code>>;

export type FileRole = keyof typeof fileRoles;

/** Files that the person dropped for what they are. */
export type TaskFiles = Readonly<Partial<Record<FileRole, Content>>>;

const hashes = [
  ['SHA3-256', sha3],
  ['Keccak-256', keccak256],
  ['SHA-256', sha256],
] as const;

const spec = 'src/core/task/README (hashes)';

/**
 * Holds files against the hashes on the ledger: those that are dropped for something against that one, all others against each. A file of neither kind fails, unless it
 * is evidence or collateral itself and may be there for another reason.
 */
export async function checkFiles(
  ledger: TaskTimeline['hashes'],
  files: TaskFiles,
  companions: readonly Content[],
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [role, content] of Object.entries(files) as [FileRole, Content][]) {
    checks.push(await checkRole(role, content, ledger[role]));
  }
  for (const content of companions) {
    if (Object.values(files).includes(content)) continue;
    const found = await findRole(content, ledger);
    if (found) checks.push(found);
    else if (!isOther(content)) checks.push(fail('TASK_FILE', { spec, params: { name: content.name } }));
  }
  return checks;
}

async function checkRole(role: FileRole, content: Content, expected: Hex | null): Promise<Check> {
  const params = { name: content.name, role };
  if (expected === null) return unknown(fileRoles[role], { spec, params });
  const how = await hashThatFits(content, expected);
  if (how) return pass(fileRoles[role], { spec, params: { ...params, how, hash: expected } });
  return fail(fileRoles[role], { spec, params: { ...params, expected, found: toHex0x(sha3(content.fileBytes)) } });
}

async function findRole(content: Content, ledger: TaskTimeline['hashes']): Promise<Check | undefined> {
  for (const role of Object.keys(fileRoles) as FileRole[]) {
    const expected = ledger[role];
    const how = expected === null ? undefined : await hashThatFits(content, expected);
    if (how) {
      const params = { name: content.name, role, how, hash: expected };
      return pass(fileRoles[role], { spec, params });
    }
  }
  return undefined;
}

async function hashThatFits({ fileBytes }: Content, expected: Hex): Promise<string | undefined> {
  for (const [name, hash] of hashes) if (toHex0x(await hash(fileBytes)) === expected) return name;
  return undefined;
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}

/** Evidence of its own, or what goes with an attestation document. A program may look like collateral by chance, but then it is found by its hash. */
function isOther(content: Content): boolean {
  if (affidavitType(content) !== undefined) return true;
  if (attestationKinds.some(({ recognise }) => recognise(content))) return true;
  const companion = recogniseCompanion(content);
  return companion !== undefined && !companion.serves.includes('certificate');
}
