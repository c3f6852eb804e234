import type { ReactNode } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { shortened } from '../format/groups.ts';
import { utcDate, utcTime } from '../format/moment.ts';
import { count, number } from '../format/quantity.ts';
import type { ZipperRow } from '../zipper/layout.ts';
import { chain as words } from '../words/chain.en.ts';
import styles from './ZipperTable.module.css';

interface Props {
  readonly row: ZipperRow;
  readonly selected: boolean;
  readonly gutter: ReactNode;
}

/** The cells of one row: the block on the left, its timestamp on the right. */
export function BlockLine({ row, selected, gutter }: Props) {
  if (row.type === 'stop') {
    return (
      <>
        <td className={styles.left}>
          <strong>{fill(words.number, { k: number(row.k) })}</strong>
        </td>
        <td>{gutter}</td>
        <td className={styles.right}>{words.stopReasons[row.stop.reason]}</td>
      </>
    );
  }
  const { block } = row;
  const height = block.height ?? 0;
  const label = fill(row.lane > 0 ? words.forkHeight : words.height, { height: number(height) });
  return (
    <>
      <th scope="row" className={styles.left}>
        <a href={blockAddress(block.block)} aria-current={selected ? 'true' : undefined} data-block={block.block}>
          {label}
        </a>
        <code>{shortened(block.block)}</code>
      </th>
      <td>{gutter}</td>
      <td className={styles.right}>
        <time dateTime={new Date(block.time * 1000).toISOString()} title={utcDate(block.time * 1000)}>
          {utcTime(block.time * 1000)}
        </time>
        <span className={styles.small}>
          k {number(block.k)} · {block.leaves === null ? words.noTree : count(block.leaves, 'record')}
        </span>
      </td>
    </>
  );
}

/** The address of a block on the page that is open. */
export function blockAddress(block: string): string {
  const [path = '#/'] = window.location.hash.split('?');
  return `${path}?block=${block}`;
}
