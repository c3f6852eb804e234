import { useMemo } from 'react';
import type { ChainPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { useChainLabels } from '../anchors/useChainLabels.ts';
import { usePins } from '../anchors/usePins.ts';
import { ButtonLink } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useSessions } from '../session/Sessions.tsx';
import { common } from '../words/common.en.ts';
import { chain as words } from '../words/chain.en.ts';
import { ChainView } from './ChainView.tsx';

interface Props {
  /** The name of a pinned chain, or its genesis. */
  readonly name: string;
  /** H(b) of a block, or its height. */
  readonly block: string | undefined;
  readonly onBlock: (block: string) => void;
}

/** The page of one chain: only of one that is pinned, since nothing can be said about another. */
export function ChainScreen({ name, block, onBlock }: Props) {
  const { trust } = usePins();
  const pin = useMemo(
    () => trust.chains?.find((each) => each.name === name) ?? trust.chains?.find((each) => each.genesis === name),
    [trust, name],
  );
  if (!pin) {
    return (
      <>
        <h1>{name}</h1>
        <Notice title={fill(words.notPinnedTitle, { name })} next={words.notPinnedNext}>
          <ButtonLink href="#/anchors">{common.navigation.anchors}</ButtonLink>
        </Notice>
      </>
    );
  }
  return <PinnedChain key={pin.name} pin={pin} block={block} onBlock={onBlock} />;
}

function PinnedChain({ pin, block, onBlock }: { readonly pin: ChainPin } & Omit<Props, 'name'>) {
  const pins = useMemo(() => [pin], [pin]);
  const [session] = useSessions(pins);
  // Its labels stand above everything else: they come with the first thing that is drawn, or all of it would move down.
  const labels = useChainLabels(pin);
  return session && labels ? <ChainView session={session} block={block} onBlock={onBlock} /> : null;
}
