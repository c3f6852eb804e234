import { useSyncExternalStore } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { ownBuild } from '../offline/ownBuild.ts';
import { siteState, watchSite } from '../offline/siteState.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Seal } from '../seal/Seal.tsx';
import { about } from '../words/about.en.ts';
import styles from './AboutScreen.module.css';
import { Commands } from './Commands.tsx';

const { version: words } = about;

/** Which build this page is of, how to compare it with one's own, what it is made of. */
export function ThisBuild() {
  const digest = ownBuild();
  const { kept } = useSyncExternalStore(watchSite, siteState);
  const address = new URL('.', window.location.href).href;
  return (
    <section aria-labelledby="version">
      <h2 id="version">{words.title}</h2>
      <div className={styles.version}>
        <div className={styles.seal}>{digest && <Seal digest={digest} size={120} />}</div>
        <Facts
          facts={[
            [words.version, __AFFIDAVIT_VERSION__],
            [words.licence, words.licenceText],
            [words.build, digest ? <Digest key="build" hex={digest} what={words.build} /> : words.noBuild],
            [
              words.list,
              digest && (
                <a key="list" href="build.json">
                  {words.listLink}
                </a>
              ),
            ],
            [
              words.bill,
              digest && (
                <span key="bill">
                  <a href="sbom.cdx.json">{words.billLink}</a> {words.billText}
                </span>
              ),
            ],
            [words.offline, digest && (kept ? words.isKept : words.isNotKept)],
          ]}
        />
      </div>
      {digest && (
        <>
          <h3>{words.compare}</h3>
          <p>{words.compareText}</p>
          <Commands items={words.commands.map(([meaning, command]) => [meaning, fill(command, { address })])} />
        </>
      )}
    </section>
  );
}
