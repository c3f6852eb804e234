import { useId, useState, type FormEvent } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { urlIn } from '../../core/kinds/look.ts';
import { usePins } from '../anchors/usePins.ts';
import { Button } from '../parts/Button.tsx';
import { checkPath } from '../links/linkAddress.ts';
import { overview as words } from '../words/overview.en.ts';
import styles from './OverviewScreen.module.css';

/** One box for what can be typed: a digest, the height of a block, the name of a chain, the address of a file to be fetched and checked. */
export function LookUp() {
  const { trust } = usePins();
  const [text, setText] = useState('');
  const [missing, setMissing] = useState<string>();
  const input = useId();
  const search = (event: FormEvent): void => {
    event.preventDefault();
    const address = addressOf(text, trust.chains ?? []);
    setMissing(address === undefined && text.trim() !== '' ? text : undefined);
    if (address !== undefined) window.location.hash = address;
  };
  return (
    <form className={styles.lookUp} role="search" onSubmit={search}>
      <label htmlFor={input}>{words.searchLabel}</label>
      <div>
        <input
          id={input}
          type="search"
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit">{words.searchButton}</Button>
      </div>
      {missing !== undefined && <p role="alert">{fill(words.searchNone, { text: missing })}</p>}
    </form>
  );
}

/** Where a text leads; spaces between groups of digits do not count. */
export function addressOf(text: string, chains: readonly ChainPin[]): string | undefined {
  const trimmed = text.trim();
  const compact = trimmed.toLowerCase().replace(/\s/g, '').replace(/^0x/, '');
  const chain = chains.find(({ name, genesis }) => name === trimmed || genesis === compact);
  if (chain) return `#/chain/${encodeURIComponent(chain.name)}`;
  if (/^[0-9a-f]{64}$/.test(compact)) return `#/tx/${compact}`;
  const web = urlIn(trimmed);
  if (web) return checkPath(web);
  const [first] = chains;
  if (/^\d{1,15}$/.test(compact) && first) return `#/chain/${encodeURIComponent(first.name)}?block=${compact}`;
  return undefined;
}
