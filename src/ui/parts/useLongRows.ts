import { startTransition, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { usePrinting } from './usePrinting.ts';

/** The rows of a table that may be long, as far as they are drawn. */
export interface LongRows<Row> {
  /** What to draw. */
  readonly shown: readonly Row[];
  /** All there are. */
  readonly count: number;
  readonly isLong: boolean;
  /** The table that they stand in. */
  readonly table: RefObject<HTMLTableElement | null>;
  readonly showAll: () => void;
  /** The whole table as text: a line for each row, tabs between its cells. */
  readonly text: () => string;
}

/** At first so many rows are drawn, and all when a person asks; on paper and in a copy all of them are there. */
export function useLongRows<Row>(rows: readonly Row[], first: number): LongRows<Row> {
  const table = useRef<HTMLTableElement>(null);
  const [all, setAll] = useState(false);
  const [copying, setCopying] = useState(false);
  const printing = usePrinting();
  const text = (): string => {
    flushSync(() => setCopying(true));
    const written = textOf(table.current);
    flushSync(() => setCopying(false));
    return written;
  };
  return {
    shown: all || copying || printing ? rows : rows.slice(0, first),
    count: rows.length,
    isLong: rows.length > first,
    table,
    showAll: () => startTransition(() => setAll(true)),
    text,
  };
}

function textOf(table: HTMLTableElement | null): string {
  return Array.from(table?.rows ?? [], ({ cells }) =>
    Array.from(cells, ({ textContent }) => textContent.replace(/\s+/g, ' ').trim()).join('\t'),
  ).join('\n');
}
