import { companions, evidenceBeside, takesAnyFile, type Companion } from '../../core/kinds/companion.ts';
import type { JudgedFile } from './useJudging.ts';

type Placed = Pick<JudgedFile, 'id' | 'kind' | 'batch' | 'companion' | 'file'>;

/**
 * The files that evidence is judged together with: companions of its kind whenever they came; evidence that speaks about it; and files that
 * nobody knows, where they came together with it or were added to it, because it may name them by digest.
 */
export function companionsOf<File extends Placed>(own: Placed, files: readonly File[]): readonly File[] {
  const { id, kind, batch } = own;
  if (!isEvidence(own) || kind === undefined) return [];
  return files.filter((other) => {
    if (other.id === id || !other.file || other.kind === undefined) return false;
    if (other.kind !== 'unknown') {
      // What contradicts itself speaks against all; an attestation only about the image that it came with.
      return (
        (evidenceBeside[other.kind]?.includes(kind) ?? false) &&
        (other.kind === 'equivocation' || other.batch === batch)
      );
    }
    return other.companion ? other.companion.serves.includes(kind) : other.batch === batch;
  });
}

/** The evidence that a file is judged beside. */
export function goesWith<File extends Placed>(own: Placed, files: readonly File[]): readonly File[] {
  return files.filter((each) => companionsOf(each, [own]).length > 0);
}

/** Whether files may be added to evidence of this kind. */
export function takesFiles(kind: string): boolean {
  return (
    takesAnyFile.includes(kind) ||
    companions.some(({ serves }: Companion) => serves.includes(kind)) ||
    Object.values(evidenceBeside).some((served) => served.includes(kind))
  );
}

function isEvidence({ kind }: Placed): boolean {
  return kind !== undefined && kind !== 'unknown' && kind !== 'trust';
}
