import { useSyncExternalStore } from 'react';
import type { JudgedFile } from '../judging/useJudging.ts';
import { Digest } from '../parts/Digest.tsx';
import { Seal } from '../seal/Seal.tsx';
import { sealedDigest } from '../views/sealedDigest.ts';
import { check } from '../words/check.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import styles from './CheckPage.module.css';

const { expected: words } = check;

/** The digest of a printed certificate whose address led here, and whether the file that was dropped is that one. */
export function ExpectedDigest({ shown }: { readonly shown: JudgedFile | undefined }) {
  const fragment = useSyncExternalStore(subscribe, () => window.location.hash);
  const digest = /^#([0-9a-f]{64})$/.exec(fragment)?.[1];
  if (digest === undefined) return null;
  const found = shown?.file && sealedDigest(shown.file.bytes);
  return (
    <section className={styles.expected} aria-label={words.title}>
      <Seal digest={digest} size={96} />
      <div>
        <p>{words.title}</p>
        <Digest hex={digest} what={words.title} />
        <p role="status">
          {shown?.file === undefined ? (
            words.drop
          ) : found === digest ? (
            <>
              <StatusMark of="pass" /> {words.same}
            </>
          ) : (
            <>
              <StatusMark of="fail" /> {words.other}
            </>
          )}
        </p>
      </div>
    </section>
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
