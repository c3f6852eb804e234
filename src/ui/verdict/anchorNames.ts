import { trustEntries } from '../../core/trust/trustEntries.ts';
import { titleOfRoot } from '../anchors/builtInRootList.ts';
import { describeEntry } from '../anchors/describe.ts';
import { quoted } from '../format/quoted.ts';
import type { UsedAnchors } from '../views/view.ts';
import { anchors } from '../words/anchors.en.ts';

/** What a verdict rests on, by name: chains, kinds of anchors, built-in roots. */
export function anchorNames({ trust, roots }: UsedAnchors): string {
  const chains = trust.chains?.map(({ name }) => `${anchors.chains.one} ${quoted(name)}`) ?? [];
  const kinds = [
    ...new Set(
      trustEntries(trust)
        .filter(({ path }) => path[0] !== 'chains')
        .map((entry) => describeEntry(entry).name),
    ),
  ];
  return [
    ...chains,
    ...kinds,
    ...roots.map((root) => `${titleOfRoot(root)} (${anchors.builtIn.title.toLowerCase()})`),
  ].join(' · ');
}
