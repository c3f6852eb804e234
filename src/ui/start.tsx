import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserNotice } from './browser/BrowserNotice.tsx';
import { SiteNotices } from './offline/SiteNotices.tsx';
import { keepForOffline } from './offline/siteState.ts';
import { Announcer } from './parts/Announcer.tsx';
import { settleLanguage } from './words/settleLanguage.ts';
import './tokens.css';
import './base.css';

/** Starts one of the pages. Nothing is fetched again without need: what is fetched is either content-addressed or asked for anew on purpose. */
export function start(page: ReactNode): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element "root".');
  // Judging needs no network, so being offline pauses nothing; what does need one says so when it fails.
  const queries = { networkMode: 'always', refetchOnWindowFocus: false, retry: false } as const;
  const client = new QueryClient({ defaultOptions: { queries, mutations: { networkMode: 'always' } } });
  const draw = (): void => {
    createRoot(root).render(
      <StrictMode>
        <QueryClientProvider client={client}>
          <Announcer>
            <BrowserNotice />
            {page}
            <SiteNotices />
          </Announcer>
        </QueryClientProvider>
      </StrictMode>,
    );
    keepForOffline();
  };
  const settled = settleLanguage();
  if (settled) void settled.then(draw);
  else draw();
}
