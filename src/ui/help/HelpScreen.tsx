import { fill } from '../../core/verdict/messages.ts';
import { ButtonLink } from '../parts/Button.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import { help as words } from '../words/help.en.ts';
import { JobPicture, type JobName } from './JobPicture.tsx';
import styles from './HelpScreen.module.css';

/** In the order of the words. */
const names: readonly JobName[] = ['check', 'certify', 'audit', 'launch', 'publish', 'follow', 'operate'];

/** What one can do here in plain words, each with the product's own picture, and ten words of the field. */
export function HelpScreen() {
  const { first, jobs, glossary, more } = words;
  const parts = [
    ['first', first.title],
    ...names.map((name, index) => [name, jobs[index]!.title]),
    ['glossary', glossary.title],
  ];
  return (
    <div className={styles.help}>
      <header className={styles.lead}>
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <nav aria-label={words.contents}>
          <ul role="list" className={styles.contents}>
            {parts.map(([id, title]) => (
              <li key={id}>
                <button type="button" onClick={() => goTo(id)}>
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <section aria-labelledby="first">
        <h2 id="first" tabIndex={-1}>
          {first.title}
        </h2>
        <ol role="list" className={styles.steps}>
          {first.steps.map(({ title, text, action, href }) => (
            <li key={title}>
              <strong>{title}</strong>
              <p>{text}</p>
              <a href={href}>{action}</a>
            </li>
          ))}
        </ol>
      </section>
      {names.map((name, index) => (
        <Job key={name} name={name} {...jobs[index]!} />
      ))}
      <section aria-labelledby="glossary">
        <h2 id="glossary" tabIndex={-1}>
          {glossary.title}
        </h2>
        <dl className={styles.glossary}>
          {glossary.terms.map(([term, meaning]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="more">
        <h2 id="more">{more.title}</h2>
        <ul role="list" className={styles.more}>
          <li>
            <a href="#/report">{more.reports}</a>
          </li>
          <li>
            <a href="#/limits">{more.limits}</a>
          </li>
          <li>
            <a href="#/about">{more.about}</a>
          </li>
        </ul>
        <p>{more.keys}</p>
      </section>
    </div>
  );
}

interface JobProps {
  readonly name: JobName;
  readonly title: string;
  readonly text: string;
  readonly caption: string;
  readonly action: string;
  readonly href: string;
  readonly command: string;
}

function Job({ name, title, text, caption, action, href, command }: JobProps) {
  return (
    <section className={styles.job} aria-labelledby={name}>
      <div className={styles.words}>
        <h2 id={name} tabIndex={-1}>
          {title}
        </h2>
        <p>{text}</p>
        <ButtonLink href={href}>{action}</ButtonLink>
        <p className={styles.command}>
          <span>{words.command}</span>
          <code>{command}</code>
          <CopyButton text={command} what={fill(words.commandOf, { title })} />
        </p>
      </div>
      <div className={styles.picture}>
        <JobPicture of={name} />
        <p className={styles.caption}>{caption}</p>
      </div>
    </section>
  );
}

/** The fragment is the address of the screen, so that a link to a part of it cannot be one. */
function goTo(id: string | undefined): void {
  const heading = document.getElementById(id ?? '');
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: 'start' });
}
