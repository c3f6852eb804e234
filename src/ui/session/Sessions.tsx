import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { usePins } from '../anchors/usePins.ts';
import { ChainSession, type SessionState } from './chainSession.ts';

/** The audits under way, one for each pin that a page has asked for. */
class SessionRegistry {
  readonly #sessions = new Map<string, ChainSession>();

  /** The session of a pin; a chain whose pin was changed is audited anew. */
  of(pin: ChainPin): ChainSession {
    const key = canonicalJson(pin);
    let session = this.#sessions.get(key);
    if (!session) {
      session = new ChainSession(pin);
      this.#sessions.set(key, session);
    }
    return session;
  }

  /** Ends the audits of what is no longer pinned so. */
  keepOnly(pins: readonly ChainPin[]): void {
    const wanted = new Set(pins.map((pin) => canonicalJson(pin)));
    for (const [key, session] of this.#sessions) {
      if (wanted.has(key)) continue;
      session.close();
      this.#sessions.delete(key);
    }
  }
}

const Registry = createContext<SessionRegistry | undefined>(undefined);

export function Sessions({ children }: { readonly children: ReactNode }) {
  const [registry] = useState(() => new SessionRegistry());
  const { trust } = usePins();
  useEffect(() => registry.keepOnly(trust.chains ?? []), [registry, trust]);
  return <Registry value={registry}>{children}</Registry>;
}

/** Opens the audits of these pins where they are not under way yet. */
export function useSessions(pins: readonly ChainPin[]): readonly ChainSession[] {
  const registry = useContext(Registry);
  return useMemo(() => (registry ? pins.map((pin) => registry.of(pin)) : []), [registry, pins]);
}

export function useSessionState(session: ChainSession): SessionState {
  return useSyncExternalStore(session.subscribe, session.state);
}
