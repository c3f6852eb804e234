/** One measured value and the pinned one beside it: a row of the table of registers. */
export interface MeasuredRegister {
  /** As people call it: `PCR 0`, `MRTD`, `launch measurement`. */
  readonly name: string;
  /** Lower-case hex. */
  readonly hex: string;
  /** What the nearest pin demands; null where none of the pins names this register. */
  readonly pinned: string | null;
}
