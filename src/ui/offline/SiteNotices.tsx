import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { Button } from '../parts/Button.tsx';
import { site as words } from '../words/site.en.ts';
import { siteState, watchSite } from './siteState.ts';
import styles from './SiteNotices.module.css';

const BuildNotice = lazy(() =>
  import('./BuildNotice.tsx').then(({ BuildNotice: default_ }) => ({ default: default_ })),
);

/** What a person should know of the site itself: at the lower edge, over the page, so that nothing moves. */
export function SiteNotices() {
  const { newer, former } = useSyncExternalStore(watchSite, siteState);
  const online = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  const [hidden, setHidden] = useState(false);
  const isOffline = !online && !hidden;
  if (newer === undefined && former === undefined && !isOffline) return null;
  return (
    <aside className={styles.notices} aria-label={words.label}>
      {isOffline && (
        <div className={styles.line} role="status">
          <p>{words.offline.kept}</p>
          <Button look="quiet" onClick={() => setHidden(true)}>
            {words.offline.close}
          </Button>
        </div>
      )}
      <Suspense>
        {newer !== undefined ? (
          <BuildNotice of="newer" other={newer} />
        ) : (
          former !== undefined && <BuildNotice of="former" other={former} />
        )}
      </Suspense>
    </aside>
  );
}

function watchNetwork(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
