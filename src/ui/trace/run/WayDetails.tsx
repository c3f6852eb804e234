import type { UseQueryResult } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { keccak256 } from '../../../core/bytes/hash.ts';
import { MerklePicture } from '../../merkle/MerklePicture.tsx';
import { Notice } from '../../parts/Notice.tsx';
import styles from './TraceRun.module.css';

interface Props {
  readonly path: UseQueryResult<Omit<ComponentProps<typeof MerklePicture>, 'hash' | 'leafWord'>>;
  readonly words: {
    readonly title: string;
    readonly lead: string;
    readonly label: string;
    readonly leaf: string;
    /** Said until the way is there. */
    readonly waiting?: string;
  };
}

/** The way from a leaf to the root of its tree, drawn. */
export function WayDetails({ path, words }: Props) {
  return (
    <details className={styles.finer} open>
      <summary>{words.title}</summary>
      <p>{words.lead}</p>
      {path.error && <Notice urgent title={path.error.message} />}
      {!path.data && !path.error && words.waiting !== undefined && <p role="status">{words.waiting}</p>}
      {path.data && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
        <div className={styles.way} role="region" aria-label={words.label} tabIndex={0}>
          <MerklePicture {...path.data} hash={keccak256} leafWord={words.leaf} />
        </div>
      )}
    </details>
  );
}
