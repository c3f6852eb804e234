import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { common } from '../words/common.en.ts';
import { Button } from './Button.tsx';
import lists from './lists.module.css';
import { useCopied } from './useCopied.ts';
import type { LongRows } from './useLongRows.ts';

const { rows: words } = common;

/** Below a long table: how much of it is drawn, which is all that a browser's search finds; the rest, and a copy of everything. */
export function BelowRows({
  of,
}: {
  readonly of: Omit<LongRows<unknown>, 'shown'> & { readonly shown: readonly unknown[] };
}) {
  const [state, copy] = useCopied();
  if (!of.isLong) return null;
  const values = { shown: number(of.shown.length), count: number(of.count) };
  const isWhole = of.shown.length === of.count;
  return (
    <div className={lists.belowRows}>
      {!isWhole && <p className={lists.hint}>{fill(words.shown, values)}</p>}
      <p className={lists.actions}>
        {!isWhole && <Button onClick={of.showAll}>{fill(words.all, values)}</Button>}
        <Button look="quiet" onClick={() => void copy(of.text())}>
          {state === 'done' ? common.copied : state === 'failed' ? common.copyFailed : fill(words.copy, values)}
        </Button>
        <span className="visually-hidden" role="status">
          {state === 'done' ? common.copied : state === 'failed' ? common.copyFailed : ''}
        </span>
      </p>
    </div>
  );
}
