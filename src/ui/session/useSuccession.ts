import { useMemo } from 'react';
import { withSuccession } from '../../audit/chain/succession.ts';
import type { ChainAudit } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { usePins } from '../anchors/usePins.ts';
import type { ChainSession, SessionState } from './chainSession.ts';
import { useSessions, useSessionState } from './Sessions.tsx';
import { useSessionStates } from './useFind.ts';

const nowhere: readonly ChainPin[] = [];

/**
 * A session's state with its chain compared with the one that it says it follows on (CHAIN.md 33). Where that one is pinned its audit is opened
 * too; until it has a result the comparison is a remark that it was not made.
 */
export function useSuccession(session: ChainSession): SessionState {
  const state = useSessionState(session);
  const { trust } = usePins();
  const chains = trust.chains ?? nowhere;
  const named = state.snapshot?.audit?.predecessor?.genesis;
  const pins = useMemo(
    () => (named === undefined ? nowhere : chains.filter(({ genesis }) => genesis === named)),
    [chains, named],
  );
  const others = useSessionStates(useSessions(pins));
  return useMemo(() => {
    const own = state.snapshot?.audit;
    if (!state.snapshot || !own?.predecessor) return state;
    const audits: ChainAudit[] = [own];
    for (const { snapshot } of others) if (snapshot?.audit) audits.push(snapshot.audit);
    const [audit = own] = withSuccession(audits, chains);
    return { ...state, snapshot: { ...state.snapshot, audit } };
  }, [state, others, chains]);
}
