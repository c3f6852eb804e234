import { useId, useState, type FormEvent } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { Button } from '../parts/Button.tsx';
import type { ZipperLayout } from '../zipper/layout.ts';
import { chain as words } from '../words/chain.en.ts';
import styles from './ChainScreen.module.css';

interface Props {
  readonly layout: ZipperLayout;
  readonly onBlock: (block: string) => void;
}

/** Finds a block by height, sequence number (`k 12`) or the beginning of its digest. */
export function GoToBlock({ layout, onBlock }: Props) {
  const [text, setText] = useState('');
  const [missing, setMissing] = useState<string>();
  const input = useId();
  const go = (event: FormEvent): void => {
    event.preventDefault();
    const found = lookUp(layout, text);
    setMissing(found ? undefined : text);
    if (found) onBlock(found);
  };
  return (
    <form className={styles.goTo} onSubmit={go} role="search">
      <label htmlFor={input} className="visually-hidden">
        {words.goTo}
      </label>
      <input
        id={input}
        type="search"
        placeholder={words.goTo}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit">{words.goToButton}</Button>
      {missing !== undefined && <p role="alert">{fill(words.goToNone, { text: missing })}</p>}
    </form>
  );
}

function lookUp({ rows }: ZipperLayout, text: string): string | undefined {
  const wanted = text.toLowerCase().replace(/[\s…]/g, '');
  if (wanted === '') return undefined;
  const number = /^k?(\d{1,15})$/.exec(wanted);
  const byK = wanted.startsWith('k');
  for (const row of rows) {
    if (row.type !== 'block') continue;
    const { block } = row;
    if (number && (byK ? block.k : row.lane === 0 ? block.height : null) === Number(number[1])) return block.block;
    if (wanted.length >= 6 && (block.block.startsWith(wanted) || block.timestampHash.startsWith(wanted)))
      return block.block;
  }
  return undefined;
}
