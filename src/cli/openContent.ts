import { resolve } from 'node:path';
import { maximumFileLength, readContent, type Content } from '../core/kinds/content.ts';
import type { Kind } from '../core/kinds/kind.ts';
import { headLength, isStreamed, streamedContent } from '../core/kinds/source.ts';
import { readGivenFile } from './files.ts';
import { openSource } from './openSource.ts';

/** A file to judge; `close` it when it is judged. */
export interface OpenContent {
  readonly content: Content;
  readonly close: () => Promise<void>;
}

/**
 * A file as it is judged: whole, or, where its kind reads it piece by piece, its beginning and a way to the rest. Pipes are always read whole.
 * @throws AuditorError `usage` as `readGivenFile`
 */
export async function openContent(
  folder: string,
  name: string,
  kinds: readonly Kind[],
  signal?: AbortSignal,
): Promise<OpenContent> {
  const file = await openSource(resolve(folder, name));
  if (file) {
    const head = await file.source.read(0, Math.min(headLength, file.source.size));
    if (isStreamed(name, head, kinds)) {
      return { content: streamedContent(name, head, file.source), close: file.close };
    }
    await file.close();
  }
  const bytes = await readGivenFile(folder, name, maximumFileLength, signal);
  return { content: readContent(name, bytes), close: async () => undefined };
}
