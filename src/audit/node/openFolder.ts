import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { createFolderBucket } from './folderBucket.ts';
import type { Bucket } from '../source/bucket.ts';

/**
 * The folder that a bucket's address names: `file://…`, or a path, resolved against `baseFolder`.
 * @throws AuditorError `usage` BUCKET_URL for a file address that names no path
 */
export function openFolder(url: string, baseFolder: string): Bucket {
  return createFolderBucket(/^file:/i.test(url) ? pathOf(url) : resolve(baseFolder, url), url);
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new AuditorError(
      'usage',
      'BUCKET_URL',
      `The bucket address ${JSON.stringify(url)} names no folder: write file:///the/whole/path, or the path alone.`,
      { cause },
    );
  }
}
