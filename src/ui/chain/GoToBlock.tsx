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
    setMissing(found === undefined ? text : undefined);
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

function lookUp(layout: ZipperLayout, text: string): string | undefined {
  const wanted = text.toLowerCase().replace(/[\s…]/g, '');
  const [, isNumber, digits] = /^(k?)(\d{1,15})$/.exec(wanted) ?? [];
  const index =
    digits === undefined ? -1 : isNumber ? layout.indexOfNumber(Number(digits)) : layout.indexOfHeight(Number(digits));
  const row = layout.row(index);
  if (row?.type === 'block' && (!isNumber || row.k === Number(digits))) return row.block.block;
  const found = layout.row(layout.indexOfHash(wanted));
  return found?.type === 'block' ? found.block.block : undefined;
}
