import { trustDigest } from './trustDigest.ts';
import type { ReadFile } from '../files/readFiles.ts';
import { list, size } from '../format/quantity.ts';
import { quoted } from '../format/quoted.ts';
import type { UsedAnchors } from '../views/view.ts';
import { verdict as words } from '../words/verdict.en.ts';
import { anchorNames } from './anchorNames.ts';

interface Given {
  readonly file: ReadFile;
  readonly title: string;
  readonly digest: string | undefined;
  readonly sealed: string | undefined;
  readonly companions: readonly string[];
  readonly used: UsedAnchors | undefined;
}

/** Names and values of what a verdict is about and rests on: for paper and for plain text. */
export function plainFacts({ file, title, digest, sealed, companions, used }: Given) {
  const names = used && anchorNames(used);
  return [
    [words.fileName, file.name],
    [words.kind, title],
    [words.fileSize, size(file.size)],
    [words.fileDigest, digest],
    [words.sealed, sealed],
    [words.beside, companions.length === 0 ? undefined : list(companions.map(quoted))],
    [words.plainRests, used && (names || words.plainNothing)],
    [words.trustDigest, used && trustDigest(used.trust)],
  ] as const satisfies readonly (readonly [string, string | undefined])[];
}
