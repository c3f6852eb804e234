import { memo } from 'react';
import { brokenToothPath, toothPath, type ToothState } from '../../core/seal/tooth.ts';
import styles from './ZipperGutter.module.css';

export const rowHeight = 44;
const rail = { left: 14, right: 66 };
const middle = (rail.left + rail.right) / 2;
const reach = 9;
const laneWidth = 20;
/** Where the upper (timestamp) and the lower (block) tooth of a row stand. */
const tooth = { upper: 11, lower: 33 };
const shape = { neck: 4.6, head: 9.4, depth: 11 };
const swap = 'matrix(0 1 1 0 0 0)';

export function gutterWidth(lanes: number): number {
  return rail.right + 14 + lanes * laneWidth;
}

function laneAt(lane: number): number {
  return rail.right + 14 + (lane - 0.5) * laneWidth;
}

interface Props {
  readonly lanes: number;
  /** The main chain's teeth in this row, or undefined where a fork has the row. */
  readonly teeth: ToothState | undefined;
  /** Whether the main rails run through this row. */
  readonly rails: boolean;
  /** The rails end in this row: drawn open, with the slider. */
  readonly open?: boolean;
  /** What is above the point where the chain stops: nobody knows. */
  readonly faint?: boolean;
  readonly passing: readonly number[];
  readonly leaving: readonly number[];
  /** The fork lane whose block has this row. */
  readonly lane?: number;
  readonly goesOn?: boolean;
  /** Arrived while the person was looking: its teeth close. */
  readonly fresh?: boolean;
}

/** One row of the zipper. Rows stacked without a gap make the picture. */
export const ZipperGutter = memo(function ZipperGutter(props: Props) {
  const {
    lanes,
    teeth,
    rails,
    open = false,
    faint = false,
    passing,
    leaving,
    lane = 0,
    goesOn = false,
    fresh = false,
  } = props;
  const width = gutterWidth(lanes);
  const origin = lane > 0 ? laneAt(lane) : rail.right;
  return (
    <svg
      className={styles.gutter}
      width={width}
      height={rowHeight}
      viewBox={`0 0 ${width} ${rowHeight}`}
      aria-hidden="true"
      focusable="false"
    >
      {passing.map((each) => (
        <path key={each} className={styles.fork} d={`M${laneAt(each)} 0V${rowHeight}`} />
      ))}
      {leaving.map((each) => (
        <path key={each} className={styles.fork} d={leavingPath(origin, laneAt(each), lane > 0 ? 22 : tooth.upper)} />
      ))}
      {rails && (
        <path
          className={faint ? styles.fork : styles.tape}
          d={open ? openTapes() : `M${rail.left} 0V${rowHeight}M${rail.right} 0V${rowHeight}`}
        />
      )}
      {teeth && <MainTeeth state={teeth} fresh={fresh} />}
      {open && <path className={styles.slider} d={sliderPath} />}
      {lane > 0 && (
        <>
          <path className={styles.fork} d={`M${laneAt(lane)} ${goesOn ? 0 : 22}V${rowHeight}`} />
          <ForkTeeth x={laneAt(lane)} />
        </>
      )}
    </svg>
  );
});

function MainTeeth({ state, fresh }: { readonly state: ToothState; readonly fresh: boolean }) {
  const apart = state === 'closed' ? 0 : 9;
  const left =
    state === 'broken'
      ? brokenToothPath(tooth.lower, rail.left, middle - 6, shape)
      : toothPath(tooth.lower, rail.left, middle + reach - apart, shape);
  const right = toothPath(tooth.upper, rail.right, middle - reach + apart, shape);
  return (
    <g className={`${styles[state]} ${fresh ? styles.fresh : ''}`}>
      <path className={`${styles.tooth} ${styles.left}`} transform={swap} d={left} />
      <path className={`${styles.tooth} ${styles.right}`} transform={swap} d={right} />
    </g>
  );
}

function ForkTeeth({ x }: { readonly x: number }) {
  const small = { neck: 1.6, head: 3.2, depth: 4 };
  return (
    <g className={styles.forkTeeth}>
      <rect x={x - 8} y={12} width={16} height={20} rx={2} />
      <path transform={swap} d={toothPath(26, x - 8, x + 3, small) + toothPath(18, x + 8, x - 3, small)} />
    </g>
  );
}

function leavingPath(from: number, to: number, y: number): string {
  return `M${from} ${y}C${to} ${y} ${to} ${y} ${to} 0`;
}

/** Above the slider the tapes part. */
function openTapes(): string {
  const { left, right } = rail;
  return `M${left} ${rowHeight}V30C${left} 16 ${left - 9} 16 ${left - 9} 0M${right} ${rowHeight}V30C${right} 16 ${right + 9} 16 ${right + 9} 0`;
}

const sliderPath = `M${middle - 16} 40L${middle - 22} 30Q${middle - 22} 26 ${middle - 18} 26H${middle + 18}Q${middle + 22} 26 ${middle + 22} 30L${middle + 16} 40ZM${middle - 4} 26V12a4 4 0 0 1 8 0V26`;
