import { useState } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { count } from '../format/quantity.ts';
import { useWidth } from '../parts/useWidth.ts';
import { verdict as words } from '../words/verdict.en.ts';
import styles from './HexView.module.css';

interface Props {
  /** The object. */
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly offset?: number;
  readonly length?: number;
}

const firstBytes = 256;

/** Bytes with their offsets in hex, and as text where they are ASCII. Long ones are cut until asked for. */
export function HexView({ bytes, name, offset = 0, length = bytes.length - offset }: Props) {
  const [all, setAll] = useState(false);
  const [frame, width] = useWidth<HTMLDivElement>();
  const perRow = width > 560 ? 16 : 8;
  const end = Math.min(bytes.length, offset + length);
  const shownEnd = all ? end : Math.min(end, offset + firstBytes);
  const rows: number[] = [];
  for (let row = offset; row < shownEnd; row += perRow) rows.push(row);
  return (
    <div ref={frame}>
      <div
        className={styles.scroll}
        role="group"
        aria-label={fill(words.hexLabel, { name, offset })}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table className={styles.hex}>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{words.hexColumns.offset}</th>
              <th scope="col">{words.hexColumns.bytes}</th>
              <th scope="col">{words.hexColumns.text}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const part = bytes.subarray(row, Math.min(row + perRow, shownEnd));
              return (
                <tr key={row}>
                  <th scope="row">{row.toString(16).padStart(6, '0')}</th>
                  <td>{hexPairs(part)}</td>
                  <td>{ascii(part)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {end > shownEnd && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {fill(words.showAll, { count: count(end - offset, 'byte') })}
        </button>
      )}
    </div>
  );
}

function hexPairs(bytes: Uint8Array): string {
  return Array.from(bytes, (byte, index) => byte.toString(16).padStart(2, '0') + (index % 4 === 3 ? '  ' : ' '))
    .join('')
    .trimEnd();
}

function ascii(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·')).join('');
}
