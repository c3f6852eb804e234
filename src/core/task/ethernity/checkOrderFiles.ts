import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../../bytes/hex.ts';
import { affidavitType, type Content } from '../../kinds/content.ts';
import { fail, pass, type Check } from '../../verdict/check.ts';
import type { RequestMetadata } from './metadata.ts';
import type { OrderResult } from './orderResult.ts';

/** Files beside against the SHA-256 of program, input and result that the ledger has. */
export async function checkOrderFiles(
  metadata: RequestMetadata | undefined,
  result: OrderResult | undefined,
  files: readonly Content[],
): Promise<Check[]> {
  const digest = (checksum: RequestMetadata['codeChecksum'] | undefined): string | undefined =>
    checksum?.kind === 'digest' ? checksum.hex : undefined;
  const roles = [
    ['TASK_PROGRAM', 'program', digest(metadata?.codeChecksum)],
    ['TASK_DATA_SET', 'dataSet', digest(metadata?.inputChecksum)],
    ['TASK_RESULT', 'result', result?.resultHash],
  ] as const;
  return files
    .filter((content) => affidavitType(content) === undefined)
    .map((content) => {
      const { name } = content;
      const hash = toHex(sha256(content.fileBytes));
      const role = roles.find(([, , expected]) => expected === hash);
      return role
        ? pass(role[0], { params: { name, role: role[1], how: 'SHA-256', hash } })
        : fail('TASK_FILE', { params: { name } });
    });
}
