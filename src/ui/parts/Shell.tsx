import { useState, type ReactNode } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { KeysHelp } from '../keys/KeysHelp.tsx';
import { useKeys } from '../keys/useKeys.ts';
import { common } from '../words/common.en.ts';
import { keys } from '../words/keys.en.ts';
import { Icon } from './Icon.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { Mark } from './Mark.tsx';
import { Notice } from './Notice.tsx';
import { usePageTitle } from './usePageTitle.ts';
import styles from './Shell.module.css';

export type Place = 'overview' | 'check' | 'trace' | 'hosts' | 'networks' | 'reports' | 'anchors' | 'about' | 'help';

interface Props {
  /** Where the person is, for the navigation. */
  readonly place: Place | undefined;
  /** The address of the app's page: empty inside it, `index.html` from the check page. */
  readonly app: '' | 'index.html';
  readonly children: ReactNode;
}

/** The frame of every page: name, navigation, content, foot. */
export function Shell({ place, app, children }: Props) {
  const [help, setHelp] = useState(false);
  const [menu, setMenu] = useState(false);
  usePageTitle(place);
  useKeys([
    { key: '/', name: keys.search, run: goToSearch },
    { key: '?', name: keys.help, run: () => setHelp(true) },
  ]);
  const links: readonly (readonly [Place, string])[] = [
    ['overview', `${app}#/`],
    ['check', app === '' ? 'check.html' : '#'],
    ['trace', `${app}#/trace`],
    ['hosts', `${app}#/host`],
    ['networks', `${app}#/network`],
    ['reports', `${app}#/report`],
    ['anchors', `${app}#/anchors`],
    ['about', `${app}#/about`],
    ['help', `${app}#/help`],
  ];
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content" onClick={skipToContent}>
        {common.skip}
      </a>
      <header className={styles.header}>
        <a className={styles.name} href={`${app}#/`}>
          <Mark /> {common.product}
        </a>
        <nav aria-label={common.navigation.label} className={styles.navigation}>
          <button
            type="button"
            className={styles.menu}
            aria-expanded={menu}
            aria-controls="places"
            onClick={() => setMenu(!menu)}
          >
            <Icon of={menu ? 'cross' : 'menu'} /> {common.navigation.menu}
          </button>
          <ul role="list" id="places" data-open={menu ? '' : undefined}>
            {links.map(([target, href]) => (
              <li key={target}>
                <a href={href} aria-current={target === place ? 'page' : undefined} onClick={() => setMenu(false)}>
                  {common.navigation[target]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="content" className={styles.main} tabIndex={-1}>
        {!globalThis.isSecureContext && <Notice title={common.insecure} />}
        {children}
      </main>
      <footer className={styles.footer}>
        <p>{common.footer.promise}</p>
        <p>
          <a href={`${app}#/help`}>{common.footer.help}</a>
          <a href={`${app}#/limits`}>{common.footer.limits}</a>
          {fill(common.footer.version, { version: __AFFIDAVIT_VERSION__ })}
          <button type="button" className={styles.keys} onClick={() => setHelp(true)}>
            <kbd>?</kbd> <span>{keys.open}</span>
          </button>
          <LanguageSwitch className={styles.keys} />
        </p>
      </footer>
      {help && <KeysHelp onClose={() => setHelp(false)} />}
    </div>
  );
}

/** The search box of the page, else the content, where the page has nothing to search in. */
function goToSearch(): void {
  const search = document.querySelector<HTMLInputElement>('input[type="search"]');
  if (!search) return document.getElementById('content')?.focus();
  search.focus();
  search.select();
}

/** The fragment is the app's address, so the link may not change it. */
function skipToContent(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
