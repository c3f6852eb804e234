import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Seal } from '../seal/Seal.tsx';
import { site } from '../words/site.en.ts';
import { ownBuild } from './ownBuild.ts';
import { forgetFormer, forgetNewer, takeNewer } from './siteState.ts';
import styles from './SiteNotices.module.css';

interface Props {
  readonly of: 'newer' | 'former';
  /** The digest of the other build. */
  readonly other: string;
}

/** Says that there are two builds, with the digests of both; a newer one is never taken unasked. */
export function BuildNotice({ of, other }: Props) {
  const words = site[of];
  const rows = [
    [words.own, ownBuild()],
    [words.other, other],
  ] as const;
  return (
    <div className={styles.build}>
      {/* Told to those who listen without the digests, which they find here when they want to compare them. */}
      <p className={styles.title} role="status">
        {words.title}
      </p>
      <dl className={styles.digests}>
        {rows.map(
          ([name, digest]) =>
            digest !== undefined && (
              <div key={name}>
                <Seal digest={digest} size={48} />
                <dt>{name}</dt>
                <dd>
                  <Digest hex={digest} what={name} />
                </dd>
              </div>
            ),
        )}
      </dl>
      <p>{words.text}</p>
      <p className={styles.actions}>
        {of === 'newer' ? (
          <>
            <Button look="primary" onClick={() => void takeNewer()}>
              {words.do}
            </Button>
            <Button onClick={forgetNewer}>{site.newer.later}</Button>
          </>
        ) : (
          <Button onClick={forgetFormer}>{words.do}</Button>
        )}
      </p>
    </div>
  );
}
