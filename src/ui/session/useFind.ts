import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Found } from '../../core/chain/findTransaction.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { ChainSession, SessionState } from './chainSession.ts';
import { useSessions } from './Sessions.tsx';

/** Where a record was found. */
export interface Finding {
  readonly session: ChainSession;
  readonly state: SessionState;
  readonly hash: string;
  readonly found: Extract<Found, { result: 'found' }>;
}

/** The answer over all chains asked: the first finding, or how certain it is that there is none. */
export type FindAnswer =
  { readonly result: 'found'; readonly finding: Finding } | { readonly result: 'absent' | 'unknown' | 'searching' };

const nowhere: readonly ChainPin[] = [];

/**
 * Looks for the first of these records on the pinned chains, with audits that are under way or begin now. Asked anew whenever one of them
 * has read more.
 * @param hashes H(d), hex; undefined while they are not known: then nothing is asked
 */
export function useFind(hashes: readonly string[] | undefined, pins: readonly ChainPin[]): FindAnswer {
  const sessions = useSessions(hashes === undefined ? nowhere : pins);
  const states = useSessionStates(sessions);
  return useMemo(() => {
    if (!hashes || hashes.length === 0) return { result: 'searching' };
    return answer(hashes, sessions, states);
  }, [hashes, sessions, states]);
}

function answer(
  hashes: readonly string[],
  sessions: readonly ChainSession[],
  states: readonly SessionState[],
): FindAnswer {
  let certain = true;
  let settled = true;
  for (const [index, session] of sessions.entries()) {
    const state = states[index] as SessionState;
    for (const hash of hashes) {
      const found = session.find(hash);
      if (found?.result === 'found') return { result: 'found', finding: { session, state, hash, found } };
      if (found?.result !== 'absent') certain = false;
    }
    if (!state.snapshot?.audit && state.status === 'running') settled = false;
  }
  if (!settled) return { result: 'searching' };
  return { result: certain ? 'absent' : 'unknown' };
}

/** The states of several sessions as one value that changes only when one of them does. */
export function useSessionStates(sessions: readonly ChainSession[]): readonly SessionState[] {
  const last = useRef<readonly SessionState[]>([]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = sessions.map((session) => session.subscribe(listener));
      return () => ends.forEach((end) => end());
    },
    [sessions],
  );
  const read = (): readonly SessionState[] => {
    const states = sessions.map((session) => session.state());
    const isSame =
      states.length === last.current.length && states.every((state, index) => state === last.current[index]);
    if (!isSame) last.current = states;
    return last.current;
  };
  return useSyncExternalStore(subscribe, read);
}
