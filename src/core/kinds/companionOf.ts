import { evidenceBeside, type Companion } from './companion.ts';

/** A file among others that came with it: from one drop, one folder, one archive. */
export interface Together {
  /** With the path that it came under, where it has one. */
  readonly name: string;
  /** `unknown` where no kind judges it. */
  readonly kind: string | undefined;
  readonly companion: Companion | undefined;
}

/** In a folder with more files than this that nobody knows, a name must say which evidence each belongs to. */
export const crowd = 16;

export function isEvidence({ kind }: Pick<Together, 'kind'>): boolean {
  return kind !== undefined && kind !== 'unknown' && kind !== 'trust';
}

/**
 * Whether a file goes beside evidence that it came together with: a companion of its kind; evidence that speaks about it; and a file that nobody knows, since the
 * evidence may name it by digest. Matching decides only what is given to the kind: what it is worth, the kind's checks say.
 * @param isCrowd whether more than `crowd` such files came together: then one counts only in the same folder and with the same name but for its endings
 */
export function isCompanionOf(own: Together, other: Together, isCrowd: boolean): boolean {
  if (!isEvidence(own) || own.kind === undefined || other.kind === undefined) return false;
  if (other.kind !== 'unknown') return evidenceBeside[other.kind]?.includes(own.kind) ?? false;
  if (other.companion) return other.companion.serves.includes(own.kind);
  return !isCrowd || stem(own.name) === stem(other.name);
}

/** The files that each piece of evidence of a folder or an archive is judged beside. */
export function matchCompanions<File extends Together>(files: readonly File[]): ReadonlyMap<File, readonly File[]> {
  const candidates = files.filter(({ kind }) => kind === 'unknown' || evidenceBeside[kind ?? ''] !== undefined);
  const strangers = candidates.filter(({ kind, companion }) => kind === 'unknown' && companion === undefined);
  const byStem = new Map<string, File[]>();
  for (const file of strangers) byStem.set(stem(file.name), [...(byStem.get(stem(file.name)) ?? []), file]);
  const isCrowd = strangers.length > crowd;
  const named = isCrowd ? candidates.filter((file) => !strangers.includes(file)) : candidates;
  return new Map(
    files.filter(isEvidence).map((own) => {
      const among = isCrowd ? [...named, ...(byStem.get(stem(own.name)) ?? [])] : named;
      return [own, among.filter((other) => other !== own && isCompanionOf(own, other, isCrowd))];
    }),
  );
}

/** `a/data.affidavit.json` and `a/data.csv` have one stem. */
export function stem(name: string): string {
  const at = name.lastIndexOf('/') + 1;
  const dot = name.indexOf('.', at + 1);
  return dot < 0 ? name : name.slice(0, dot);
}
