import { about as words } from '../words/about.en.ts';
import { Commands } from './Commands.tsx';
import { ThisBuild } from './ThisBuild.tsx';
import styles from './AboutScreen.module.css';

/** What this program is, how it decides, and how to do without it. */
export function AboutScreen() {
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
        <Commands items={words.repeat.commands} />
        <p>{words.repeat.exit}</p>
      </section>
      <ThisBuild />
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
