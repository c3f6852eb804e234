import { fill } from '../../core/verdict/messages.ts';
import { shortAddress } from '../task/shortAddress.ts';
import { networkWords } from '../words/network.en.ts';
import type { NetworkView } from './networkView.ts';

/** A node by its number and what its address begins and ends with; whoever is no node by its address alone. */
export function NodeName({ view, account }: { readonly view: NetworkView; readonly account: string }) {
  const node = view.node(account);
  return (
    <span title={account}>
      {node && <>{fill(networkWords.matrix.node, { number: node.index + 1 })} </>}
      <code>{node ? shortAddress(account) : account}</code>
    </span>
  );
}
