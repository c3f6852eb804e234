import { useCallback, useEffect, useMemo, useReducer, useRef, useState, useSyncExternalStore } from 'react';
import type { JudgedAudit } from '../../audit/remote/protocol.ts';
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

/** What the sessions said last, before their states of now are put beside it. */
type Said =
  | (Omit<Finding, 'state'> & { readonly result: 'found'; readonly audit: JudgedAudit | null })
  | { readonly result: 'absent' | 'unknown' | 'searching' };

const searching: Said = { result: 'searching' };

/**
 * Looks for the first of these records on the pinned chains, with audits that are under way or begin now. Asked anew whenever one of them
 * has read more; never twice at once.
 * @param hashes H(d), hex; undefined while they are not known: then nothing is asked
 */
export function useFind(hashes: readonly string[] | undefined, pins: readonly ChainPin[]): FindAnswer {
  const sessions = useSessions(hashes === undefined ? nowhere : pins);
  const states = useSessionStates(sessions);
  const [said, setSaid] = useState<{ readonly hashes: typeof hashes; readonly said: Said }>();
  const asking = useRef(false);
  const wanted = useRef({ hashes, sessions });
  const [round, askAgain] = useReducer((count: number) => count + 1, 0);
  const missed = useRef(false);
  useEffect(() => {
    wanted.current = { hashes, sessions };
    if (!hashes || hashes.length === 0) return;
    const last = said?.hashes === hashes ? said?.said : undefined;
    // What was found is where it is until the chain is judged anew.
    if (last?.result === 'found' && last.audit === (last.session.state().snapshot?.audit ?? null)) return;
    if (asking.current) {
      missed.current = true;
      return;
    }
    asking.current = true;
    void ask(hashes, sessions).then((answer) => {
      asking.current = false;
      if (wanted.current.hashes === hashes && wanted.current.sessions === sessions) setSaid({ hashes, said: answer });
      if (missed.current) askAgain();
      missed.current = false;
    });
  }, [hashes, sessions, states, round, said]);
  return useMemo(() => {
    const last = hashes && said?.hashes === hashes ? said.said : searching;
    if (last.result !== 'found') return { result: last.result };
    const { session, hash, found } = last;
    const state = states[sessions.indexOf(session)];
    return state ? { result: 'found', finding: { session, state, hash, found } } : { result: 'searching' };
  }, [said, hashes, sessions, states]);
}

async function ask(hashes: readonly string[], sessions: readonly ChainSession[]): Promise<Said> {
  let certain = true;
  let settled = true;
  for (const session of sessions) {
    const { snapshot, status } = session.state();
    for (const hash of hashes) {
      // An audit that ended says nothing more.
      const found = await session.find(hash).catch(() => ({ result: 'unknown' }) as const);
      if (found.result === 'found') return { result: 'found', session, hash, found, audit: snapshot?.audit ?? null };
      if (found.result !== 'absent') certain = false;
    }
    if (!snapshot?.audit && status === 'running') settled = false;
  }
  if (!settled) return searching;
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
