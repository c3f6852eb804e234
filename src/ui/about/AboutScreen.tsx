import { useQuery } from '@tanstack/react-query';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Seal } from '../seal/Seal.tsx';
import { about as words } from '../words/about.en.ts';
import styles from './AboutScreen.module.css';

/** What this program is, how it decides, and how to do without it. */
export function AboutScreen() {
  const { data: digest, isPending } = useQuery({
    queryKey: ['build'],
    queryFn: ({ signal }) => readBuildDigest(document.baseURI, signal),
    staleTime: Infinity,
  });
  return (
    <div className={styles.about}>
      <h1>{words.title}</h1>
      <section aria-labelledby="trust">
        <h2 id="trust">{words.trust.title}</h2>
        <Statements items={words.trust.items} />
        <p>
          <a href="#/limits">{words.trust.limits}</a>
        </p>
      </section>
      <section aria-labelledby="zipper">
        <h2 id="zipper">{words.zipper.title}</h2>
        <p>{words.zipper.text}</p>
      </section>
      <section aria-labelledby="privacy">
        <h2 id="privacy">{words.privacy.title}</h2>
        <p>{words.privacy.text}</p>
      </section>
      <section aria-labelledby="simulated">
        <h2 id="simulated">{words.simulated.title}</h2>
        <p>{words.simulated.text}</p>
        <Statements items={words.simulated.items} />
        <p>{words.simulated.real}</p>
      </section>
      <section aria-labelledby="repeat">
        <h2 id="repeat">{words.repeat.title}</h2>
        <p>{words.repeat.text}</p>
        <ul role="list" className={styles.commands}>
          {words.repeat.commands.map(([meaning, command]) => (
            <li key={command}>
              <span>{meaning}</span>
              <code>{command}</code>
              <CopyButton text={command} what={meaning} />
            </li>
          ))}
        </ul>
        <p>{words.repeat.exit}</p>
      </section>
      <section aria-labelledby="version">
        <h2 id="version">{words.version.title}</h2>
        <div className={styles.version}>
          <div className={styles.seal}>{digest && <Seal digest={digest} size={120} />}</div>
          <Facts
            facts={[
              [words.version.version, __AFFIDAVIT_VERSION__],
              [words.version.licence, words.version.licenceText],
              [
                words.version.build,
                digest ? (
                  <Digest key="build" hex={digest} what={words.version.build} />
                ) : isPending ? (
                  '…'
                ) : (
                  words.version.noBuild
                ),
              ],
              [
                words.version.list,
                digest ? (
                  <a key="list" href="build.json">
                    {words.version.listLink}
                  </a>
                ) : null,
              ],
            ]}
          />
        </div>
        {digest && <p>{words.version.buildHint}</p>}
      </section>
    </div>
  );
}

function Statements({ items }: { readonly items: readonly (readonly [string, string])[] }) {
  return (
    <dl className={styles.statements}>
      {items.map(([statement, meaning]) => (
        <div key={statement}>
          <dt>{statement}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The digest that the build wrote beside the page; null where there is none. */
async function readBuildDigest(base: string, signal: AbortSignal): Promise<string | null> {
  const answer = await fetch(new URL('build.json', base), { signal });
  if (!answer.ok || !/\bjson\b/.test(answer.headers.get('content-type') ?? '')) return null;
  const { digest } = (await answer.json()) as { readonly digest?: unknown };
  return typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest) ? digest : null;
}
