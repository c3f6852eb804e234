import { memo, useMemo } from 'react';
import { rosette } from './rosette.ts';
import styles from './Seal.module.css';

interface Props {
  /** 32 bytes in lower-case hex. */
  readonly digest: string;
  readonly size?: number;
}

/** The rosette of a digest. Decorative: the digest itself always stands beside it. */
export const Seal = memo(function Seal({ digest, size = 96 }: Props) {
  const { ticks, outerBand, innerBand, star } = useMemo(() => rosette(digest), [digest]);
  return (
    <svg
      className={styles.seal}
      width={size}
      height={size}
      viewBox="0 0 1000 1000"
      style={{ strokeWidth: Math.max(4, 480 / size) }}
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="500" cy="500" r="490" />
      <circle cx="500" cy="500" r="408" />
      <path d={ticks} />
      <path d={outerBand} />
      <circle cx="500" cy="500" r="262" />
      <path d={innerBand} />
      <circle cx="500" cy="500" r="126" />
      <path d={star} />
    </svg>
  );
});
