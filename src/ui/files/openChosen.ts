import { archiveLimits, fullBudget } from '../../core/archive/limits.ts';
import { packingOf, unpack, type Unpacked } from '../../core/archive/unpack.ts';
import { blobSource, headLength, isStreamed } from '../../core/kinds/source.ts';
import { kinds } from '../../core/kinds/registry.ts';
import { fill } from '../../core/verdict/messages.ts';
import { kindAtSight } from '../judging/kindAtSight.ts';
import { number } from '../format/quantity.ts';
import { files as words } from '../words/files.en.ts';
import { pathOf } from './filePath.ts';
import { nextFileId, readFile, type ReadOutcome } from './readFiles.ts';
import { takeOut } from './takeOut.ts';

/** How long the page may be busy with one look at files before it draws again, milliseconds. */
const slice = 24;

/**
 * What was dropped, pasted or picked, to be judged: archives and PDFs opened, pages and texts around a document taken off. Everything in one go shares one bound.
 * The page stays quick meanwhile.
 * @param pieces whether files that are read piece by piece may come with their beginning alone
 */
export async function* openChosen(
  chosen: readonly File[],
  { pieces = true }: { readonly pieces?: boolean } = {},
): AsyncGenerator<ReadOutcome> {
  const budget = fullBudget();
  let last = performance.now();
  for (const file of chosen.slice(0, archiveLimits.entries)) {
    for await (const outcome of openOne(file, budget, pieces)) {
      yield takeOut(outcome);
      if (performance.now() - last > slice) {
        await new Promise((resolve) => setTimeout(resolve));
        last = performance.now();
      }
    }
  }
  if (chosen.length > archiveLimits.entries) {
    const name = pathOf(chosen[archiveLimits.entries] as File);
    yield {
      name,
      title: fill(words.tooMany.title, { limit: number(archiveLimits.entries) }),
      next: words.tooMany.next,
    };
  }
}

async function* openOne(
  file: File,
  budget: ReturnType<typeof fullBudget>,
  pieces: boolean,
): AsyncGenerator<ReadOutcome> {
  const name = pathOf(file);
  let found = false;
  try {
    if (await isArchive(file)) {
      const isEvidence = (inner: string, bytes: Uint8Array): boolean => kindAtSight(inner, bytes) !== undefined;
      for await (const entry of unpack(name, blobSource(file), { budget, isEvidence })) {
        found = true;
        yield outcomeOf(entry, pieces);
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    yield { name, title: fill(words.unreadable.title, { name, reason }), next: words.unreadable.next };
    return;
  }
  // Nothing was in it, or it is no archive: then it is what it is.
  if (!found) yield await readFile(file, pieces);
}

/** Whether files are packed in it. A PDF may be evidence as it stands; then it is not taken apart. */
export async function isArchive(file: File): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, headLength).arrayBuffer());
  const packing = packingOf(head);
  if (packing !== 'pdf' || file.size > archiveLimits.packed) return packing !== undefined && packing !== 'pdf';
  return kindAtSight(file.name, new Uint8Array(await file.arrayBuffer())) === undefined;
}

function outcomeOf(entry: Unpacked, pieces: boolean): ReadOutcome {
  const { name, packing } = entry;
  if ('fault' in entry) {
    return { name, title: fill(words.entry.title, { name, reason: entry.fault }), next: words.entry.next };
  }
  const bytes = new Uint8Array(entry.bytes);
  if (bytes.length === 0) return { name, title: fill(words.empty.title, { name }), next: words.empty.next };
  const head = bytes.slice(0, headLength);
  const whole = { id: nextFileId(), name, size: bytes.length, packing };
  return pieces && isStreamed(name, head, kinds)
    ? { ...whole, bytes: head, blob: new File([bytes], name) }
    : { ...whole, bytes };
}
