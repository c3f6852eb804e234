import { canonicalJson } from '../../core/bytes/jcs.ts';

/** One session for all who ask for the same; of more than `maximum` the oldest are stopped and forgotten. */
export function keptSessions<Of extends readonly unknown[], Session extends { stop(): void }>(
  maximum: number,
  open: (...of: Of) => Session,
): (...of: Of) => Session {
  const sessions = new Map<string, Session>();
  return (...of) => {
    const key = canonicalJson(of.map((each) => (typeof each === 'bigint' ? String(each) : each)));
    const known = sessions.get(key);
    if (known) return known;
    const session = open(...of);
    sessions.set(key, session);
    for (const [old, each] of sessions) {
      if (sessions.size <= maximum) break;
      each.stop();
      sessions.delete(old);
    }
    return session;
  };
}
