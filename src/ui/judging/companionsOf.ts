import { companions, evidenceBeside, takesAnyFile, type Companion } from '../../core/kinds/companion.ts';
import { crowd, isCompanionOf, isEvidence, stem } from '../../core/kinds/companionOf.ts';
import type { JudgedFile } from './useJudging.ts';

type Placed = Pick<JudgedFile, 'id' | 'name' | 'kind' | 'batch' | 'companion' | 'file'>;

/** For every piece of evidence the files that it is judged beside, and for every such file the evidence. */
export interface Matches<File> {
  readonly beside: ReadonlyMap<number, readonly File[]>;
  readonly serves: ReadonlyMap<number, readonly File[]>;
}

/**
 * What is judged together: evidence with companions of its kind whenever they came; with evidence that speaks about it; and with files that nobody knows, where
 * they came together with it or were added to it, because it may name them by digest. In a crowd of those a file must have the evidence's name.
 */
export function matchFiles<File extends Placed>(files: readonly File[]): Matches<File> {
  const known = files.filter(
    ({ kind, companion }) => companion !== undefined || evidenceBeside[kind ?? ''] !== undefined,
  );
  const strangers = new Map<string, File[]>();
  const put = (key: string, file: File): void => void strangers.set(key, [...(strangers.get(key) ?? []), file]);
  const counts = new Map<number, number>();
  for (const file of files) if (isStranger(file)) counts.set(file.batch, (counts.get(file.batch) ?? 0) + 1);
  const isCrowd = (batch: number): boolean => (counts.get(batch) ?? 0) > crowd;
  const key = ({ batch, name }: File): string => (isCrowd(batch) ? `${batch} ${stem(name)}` : `${batch}`);
  for (const file of files) if (isStranger(file)) put(key(file), file);
  const beside = new Map<number, readonly File[]>();
  const serves = new Map<number, File[]>();
  for (const own of files) {
    if (!isEvidence(own)) continue;
    const found = [...known, ...(strangers.get(key(own)) ?? [])].filter((other) =>
      goBeside(own, other, isCrowd(own.batch)),
    );
    if (found.length === 0) continue;
    beside.set(own.id, found);
    for (const other of found) {
      const served = serves.get(other.id);
      if (served) served.push(own);
      else serves.set(other.id, [own]);
    }
  }
  return { beside, serves };
}

/** The files that one piece of evidence is judged together with. */
export function companionsOf<File extends Placed>(own: File, files: readonly File[]): readonly File[] {
  const all = files.some(({ id }) => id === own.id) ? files : [own, ...files];
  return matchFiles(all).beside.get(own.id) ?? [];
}

/** The evidence that a file is judged beside. */
export function goesWith<File extends Placed>(own: File, files: readonly File[]): readonly File[] {
  return matchFiles(files).serves.get(own.id) ?? [];
}

/** Whether files may be added to evidence of this kind. */
export function takesFiles(kind: string): boolean {
  return (
    takesAnyFile.includes(kind) ||
    companions.some(({ serves }: Companion) => serves.includes(kind)) ||
    Object.values(evidenceBeside).some((served) => served.includes(kind))
  );
}

function isStranger({ kind, companion, file }: Placed): boolean {
  return kind === 'unknown' && companion === undefined && file !== undefined;
}

function goBeside(own: Placed, other: Placed, isCrowd: boolean): boolean {
  if (other.id === own.id || !other.file || !isCompanionOf(own, other, isCrowd)) return false;
  // What contradicts itself speaks against all; an attestation only about the image that it came with.
  return other.kind === 'unknown' || other.kind === 'equivocation' || other.batch === own.batch;
}
