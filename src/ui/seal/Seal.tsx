import { memo, useMemo } from 'react';
import { sealDrawing, sealStrokeWidth } from '../../core/seal/drawing.ts';
import styles from './Seal.module.css';

interface Props {
  /** 32 bytes in lower-case hex. */
  readonly digest: string;
  readonly size?: number;
}

/** The rosette of a digest. Decorative: the digest itself always stands beside it. */
export const Seal = memo(function Seal({ digest, size = 96 }: Props) {
  const strokes = useMemo(() => sealDrawing(digest), [digest]);
  return (
    <svg
      className={styles.seal}
      width={size}
      height={size}
      viewBox="0 0 1000 1000"
      style={{ strokeWidth: sealStrokeWidth(size) }}
      aria-hidden="true"
      focusable="false"
    >
      {strokes.map((stroke, index) =>
        'path' in stroke ? (
          <path key={index} d={stroke.path} />
        ) : (
          <circle key={index} cx="500" cy="500" r={stroke.circle} />
        ),
      )}
    </svg>
  );
});
