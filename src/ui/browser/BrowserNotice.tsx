import { useEffect, useState } from 'react';
import { Notice } from '../parts/Notice.tsx';
import { browser as words } from '../words/browser.en.ts';
import { missingFeatures, type Feature } from './missingFeatures.ts';
import styles from './BrowserNotice.module.css';

/** Says in words what this browser lacks; nothing where it has everything. */
export function BrowserNotice() {
  const [missing, setMissing] = useState<readonly Feature[]>([]);
  useEffect(() => {
    void missingFeatures().then(setMissing);
  }, []);
  if (missing.length === 0) return null;
  return (
    <div className={styles.frame}>
      <Notice urgent title={words.title} next={words.next}>
        <ul>
          {missing.map((feature) => (
            <li key={feature}>{words.features[feature]}</li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
