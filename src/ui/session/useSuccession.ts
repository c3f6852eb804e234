import { useEffect, useMemo, useState } from 'react';
import { withSuccession } from '../../audit/chain/succession.ts';
import type { SequencedBlock } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { usePins } from '../anchors/usePins.ts';
import type { ChainSession, SessionState } from './chainSession.ts';
import type { PageSnapshot } from './pageSnapshot.ts';
import { useSessions, useSessionState } from './Sessions.tsx';
import { useSessionStates } from './useFind.ts';

const nowhere: readonly ChainPin[] = [];

/**
 * A session's state with its chain compared with the one that it says it follows on, and with every other pinned chain that says the same
 * (CHAIN.md 33). The audits of those are opened too, the predecessor's first and then one after the other, and of a chain that follows on none no other
 * is; until the predecessor's has a result the comparison is a remark that it was not made.
 */
export function useSuccession(session: ChainSession): SessionState {
  const state = useSessionState(session);
  const { trust } = usePins();
  const chains = trust.chains ?? nowhere;
  const named = state.snapshot?.audit?.predecessor?.genesis;
  const candidates = useMemo(() => {
    if (named === undefined) return nowhere;
    const others = chains.filter(({ genesis }) => genesis !== session.pin.genesis && genesis !== named);
    return [...chains.filter(({ genesis }) => genesis === named), ...others];
  }, [chains, named, session.pin.genesis]);
  const [opened, setOpened] = useState(1);
  const pins = useMemo(() => candidates.slice(0, opened), [candidates, opened]);
  const others = useSessionStates(useSessions(pins));
  const isRead = others.length === pins.length && others.every((other) => other.snapshot?.audit || isOver(other));
  useEffect(() => {
    if (isRead && opened < candidates.length) setOpened(opened + 1);
  }, [isRead, opened, candidates]);
  return useMemo(() => {
    const { snapshot } = state;
    const own = snapshot?.audit;
    if (!snapshot || !own?.predecessor) return state;
    const read = [snapshot, ...others.map((other) => other.snapshot)].filter((each) => each !== null);
    const heights = read.flatMap(({ audit }) => audit?.predecessor?.height ?? []);
    const audits = read.flatMap((each) => (each.audit ? [{ ...each.audit, mainChain: rowsAt(each, heights) }] : []));
    const [judged] = withSuccession(audits, chains);
    if (!judged) return state;
    const { mainChain: _, ...audit } = judged;
    return { ...state, snapshot: { ...snapshot, audit } };
  }, [state, others, chains]);
}

/** Nothing more will come of it by itself. */
function isOver({ status }: SessionState): boolean {
  return status === 'stopped' || status === 'failed';
}

/** Of a main chain the blocks at these heights: those that chains which follow on it have recorded. */
function rowsAt({ mainChain }: PageSnapshot, heights: readonly number[]): readonly SequencedBlock[] {
  const first = mainChain.at(0)?.height ?? 0;
  return heights.flatMap((height) => (height < first ? [] : (mainChain.at(height - first) ?? [])));
}
