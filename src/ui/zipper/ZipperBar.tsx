import { gather, spreads } from './bar.ts';
import { brokenToothPath, toothPath, type ToothState } from '../../core/seal/tooth.ts';
import { useWidth } from '../parts/useWidth.ts';
import styles from './ZipperBar.module.css';

const pitch = 20;
const middle = 28;
const reach = 6;
const rail = 16;
const widest = 8;
const shape = { neck: 2.4, head: 4.8, depth: 6.4 };

interface Props {
  readonly states: readonly ToothState[];
  /** Draws the slider after the last closed tooth. */
  readonly slider?: boolean;
  /** Lets the two tapes run on to the full width, as a divider. */
  readonly divider?: boolean;
}

/**
 * Two rails of teeth, one pair for each state: closed where something holds, apart where it cannot be told or was not looked at, snapped
 * where it does not hold. A picture only; what it shows is said in words beside it.
 */
export function ZipperBar({ states, slider = false, divider = false }: Props) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const slots = Math.max(4, Math.floor((width - (slider ? 40 : 12)) / pitch));
  const teeth = gather(states, slots);
  const apart = spreads(teeth, widest);
  const length = Math.max(teeth.length * pitch + (slider ? 24 : 0), divider ? width - 4 : 0);
  const margin = slider ? 8 : 2;
  const frontier = teeth.lastIndexOf('closed') + 1;
  return (
    <div ref={frame} className={styles.frame} aria-hidden="true">
      {width > 0 && (
        <svg
          className={styles.bar}
          width={length + margin + 2}
          height={middle * 2}
          viewBox={`${-margin} 0 ${length + margin + 2} ${middle * 2}`}
          focusable="false"
        >
          <path className={styles.tape} d={tape(apart, length, -1)} />
          <path className={styles.tape} d={tape(apart, length, 1)} />
          {teeth.map((state, index) => (
            <Pair key={index} state={state} x={index * pitch} apart={apart[index] ?? 0} />
          ))}
          {slider && <Slider x={frontier * pitch} />}
        </svg>
      )}
    </div>
  );
}

function Pair({ state, x, apart }: { readonly state: ToothState; readonly x: number; readonly apart: number }) {
  const top = middle - rail;
  const bottom = middle + rail;
  const upper =
    state === 'broken' ? brokenToothPath(x + 5, top, middle - 3, shape) : toothPath(x + 5, top, middle + reach, shape);
  return (
    <g className={styles[state]}>
      <path className={styles.tooth} d={upper} style={{ transform: `translateY(${-apart}px)` }} />
      <path
        className={styles.tooth}
        d={toothPath(x + 15, bottom, middle - reach, shape)}
        style={{ transform: `translateY(${apart}px)` }}
      />
      {state === 'broken' && (
        <path className={styles.tooth} d={`M${x + 0.5} ${middle + 4}l3-2 2.4 2 4-2.4 1.6 6.4-9.4 3z`} />
      )}
    </g>
  );
}

/** One edge of the cloth: follows the teeth outwards and back in soft curves. */
function tape(apart: readonly number[], length: number, side: 1 | -1): string {
  const y = (spread: number): number => middle + side * (rail + spread);
  let path = `M0 ${y(apart[0] ?? 0)}`;
  let x = pitch / 2;
  path += `H${x}`;
  for (let index = 1; index < apart.length; index += 1) {
    const from = y(apart[index - 1] ?? 0);
    const to = y(apart[index] ?? 0);
    path += `C${x + pitch / 2} ${from} ${x + pitch / 2} ${to} ${x + pitch} ${to}`;
    x += pitch;
  }
  return `${path}H${length}`;
}

function Slider({ x }: { readonly x: number }) {
  return (
    <g className={styles.slider} style={{ transform: `translateX(${x}px)` }}>
      <path
        d={`M-5 ${middle - 9}L4 ${middle - 13}Q8 ${middle - 13} 8 ${middle - 9}V${middle + 9}Q8 ${middle + 13} 4 ${middle + 13}L-5 ${middle + 9}Z`}
      />
      <path className={styles.pull} d={`M8 ${middle - 3}h10a3 3 0 0 1 0 6h-10`} />
    </g>
  );
}
