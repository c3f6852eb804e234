import { useWidth } from '../../parts/useWidth.ts';
import { progressTeeth } from '../../zipper/bar.ts';
import { ZipperBar } from '../../zipper/ZipperBar.tsx';
import lists from '../../parts/lists.module.css';

interface Props {
  readonly label: string;
  readonly done: number;
  /** 0 where it is not known yet. */
  readonly total: number;
  readonly text: string;
}

/** How far a worker is: teeth close. */
export function WorkProgress({ label, done, total, text }: Props) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const slots = Math.max(4, Math.floor((width - 40) / 20));
  return (
    <div ref={frame}>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(total, 1)}
        aria-valuenow={Math.min(done, Math.max(total, 1))}
        aria-valuetext={text}
      >
        <ZipperBar states={progressTeeth(done, total, slots)} slider />
      </div>
      <p className={lists.hint}>{text}</p>
    </div>
  );
}
