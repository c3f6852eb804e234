import type { NetworkNode } from '../../core/network/networkDetails.ts';
import type { NetworkView } from './networkView.ts';

export type Standing = 'trust' | 'node' | 'slashed' | 'away';

/** What a node was in each epoch: `away` before it joined and after it left. */
export function lanesOf(view: NetworkView, { account }: NetworkNode): readonly Standing[] {
  return view.details.epochs.map(({ number, from, to }): Standing => {
    if (view.isTrusted(account, number)) return 'trust';
    const end = to ?? Number.MAX_SAFE_INTEGER;
    if (view.ended(account, from) === 'slashed') return 'slashed';
    return view.wasNode(account, from, end) ? 'node' : 'away';
  });
}

/** Neighbours of one standing as one run, by places in the list of epochs, both included. */
export function runsOf(
  standings: readonly Standing[],
): readonly { readonly standing: Standing; readonly from: number; readonly to: number }[] {
  const runs: { standing: Standing; from: number; to: number }[] = [];
  for (const [place, standing] of standings.entries()) {
    const last = runs.at(-1);
    if (last?.standing === standing) last.to = place;
    else runs.push({ standing, from: place, to: place });
  }
  return runs;
}
