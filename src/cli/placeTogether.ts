import { archiveLimits } from '../core/archive/limits.ts';
import { evidenceBeside, recogniseCompanion, type Companion } from '../core/kinds/companion.ts';
import { matchCompanions } from '../core/kinds/companionOf.ts';
import type { Content } from '../core/kinds/content.ts';
import { recognise } from '../core/kinds/judge.ts';
import type { Kind } from '../core/kinds/kind.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import type { FoundFile } from './expandFile.ts';

/** A file of a folder or an archive, and what of the others it is judged beside. */
export interface Placed {
  readonly file: FoundFile;
  readonly beside: readonly Content[];
  /** Where it is no evidence itself, but companion of some: what it is, and of which. */
  readonly usedBy?: { readonly title: string; readonly names: readonly string[] };
}

interface Looked {
  readonly name: string;
  readonly file: FoundFile;
  readonly kind: string | undefined;
  readonly companion: Companion | undefined;
  /** Held only for what may go beside others. */
  readonly content: Content | undefined;
}

/** Looks at every file once, and matches evidence with its companions. What cannot be read is left for the judging to say. */
export async function placeTogether(
  files: readonly FoundFile[],
  kinds: readonly Kind[],
  signal?: AbortSignal,
): Promise<readonly Placed[]> {
  const looked: Looked[] = [];
  let room: number = archiveLimits.total;
  for (const file of files) {
    signal?.throwIfAborted();
    const found = await lookAt(file, kinds, room);
    room -= found.content?.fileBytes.length ?? 0;
    looked.push(found);
  }
  const matched = matchCompanions(looked);
  const users = new Map<Looked, string[]>();
  for (const [own, beside] of matched) {
    for (const other of beside) if (other.kind === 'unknown') users.set(other, [...(users.get(other) ?? []), own.name]);
  }
  return looked.map((each) => {
    const beside = (matched.get(each) ?? []).flatMap(({ content }) => content ?? []);
    const names = users.get(each);
    // A file that nobody knows may be meant for it, or not: only what is known to go with it is left out.
    const title = each.companion?.title;
    return { file: each.file, beside, ...(names && title !== undefined ? { usedBy: { title, names } } : {}) };
  });
}

async function lookAt(file: FoundFile, kinds: readonly Kind[], room: number): Promise<Looked> {
  const { name } = file;
  try {
    const { content, close } = await file.open();
    await close();
    const kind = recognise(content, kinds)?.name ?? 'unknown';
    const companion = kind === 'unknown' ? recogniseCompanion(content) : undefined;
    const mayGoBeside = kind === 'unknown' || evidenceBeside[kind] !== undefined;
    const isHeld = mayGoBeside && content.source === undefined && content.fileBytes.length <= room;
    return { name, file, kind, companion, content: isHeld ? content : undefined };
  } catch (error) {
    if (!(error instanceof AuditorError)) throw error;
    return { name, file, kind: undefined, companion: undefined, content: undefined };
  }
}
