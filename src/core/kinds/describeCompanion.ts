import { evidenceBeside, recogniseCompanion, takesAnyFile, type Companion } from './companion.ts';
import type { Content } from './content.ts';
import { recognise } from './judge.ts';
import type { Kind } from './kind.ts';

/** Why a companion is not judged, in sentences: what it is, and what to give it beside. */
export function describeCompanion(name: string, { title, serves }: Companion, kinds: readonly Kind[]): string {
  return `${name} is ${title}, which is no evidence by itself. Give it with --with beside the evidence: ${titles(serves, kinds)}.`;
}

/**
 * Why a file that was given beside evidence can be of no use to any of it, or undefined where it may be: what a kind makes of it, its checks say.
 * @param judged names of the kinds that were judged
 */
export function describeUnused(
  content: Content,
  judged: ReadonlySet<string>,
  kinds: readonly Kind[],
): string | undefined {
  const kind = recognise(content, kinds);
  const companion = kind ? undefined : recogniseCompanion(content);
  const serves = kind ? (evidenceBeside[kind.name] ?? []) : (companion?.serves ?? takesAnyFile);
  if (serves.some((name) => judged.has(name))) return undefined;
  // A data set may be of a kind itself: its certificate names it by digest.
  if (takesAnyFile.some((name) => judged.has(name))) return undefined;
  const what = kind ? `evidence of its own (${kind.title})` : (companion?.title ?? 'a file of no kind that is known');
  const goes = serves.length === 0 ? 'Give it as a FILE to have it judged.' : `It goes with: ${titles(serves, kinds)}.`;
  return `Nothing that was judged used ${content.name}, given by --with: it is ${what}. ${goes}`;
}

function titles(names: readonly string[], kinds: readonly Kind[]): string {
  return names.map((name) => kinds.find((kind) => kind.name === name)?.title ?? name).join(', ');
}
