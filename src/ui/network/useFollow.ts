import { useEffect } from 'react';
import { hasNews } from '../../audit/network/hasNews.ts';
import type { NetworkSession, NetworkState } from './networkSession.ts';

const every = 5_000;

/** Reads a network again as soon as a node of its ledger has more of it to tell, while somebody looks. What the node says is a hint to read, and nothing else. */
export function useFollow(session: NetworkSession, { status, result }: NetworkState, follow: boolean): void {
  const head = result?.head?.number;
  useEffect(() => {
    if (!follow || status !== 'read' || head === undefined) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const ask = async (): Promise<void> => {
      if (document.hidden) return;
      const news = await hasNews(session.pin, session.address, head, signal).catch(() => false);
      if (news && !signal.aborted) session.start();
    };
    const timer = setInterval(() => void ask(), every);
    return () => {
      clearInterval(timer);
      controller.abort();
    };
  }, [session, status, head, follow]);
}
