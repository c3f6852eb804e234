import type { SVGProps } from 'react';

/** The small signs of the interface, in a box of 16 × 16, stroked with the colour of the words beside them. */
const drawn = {
  chevron: 'M6 3l5 5-5 5',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  tick: 'M2.5 8.5l3.5 3.5 7.5-8',
  partly: 'M3 8h10',
  cross: 'M3.5 3.5l9 9m0-9l-9 9',
  menu: 'M2 4h12M2 8h12M2 12h12',
} as const;

export type IconName = keyof typeof drawn;

interface Props extends SVGProps<SVGSVGElement> {
  readonly of: IconName;
  readonly size?: number;
}

/** A sign that always stands beside its word or within a button that has a name, so it is hidden from screen readers. */
export function Icon({ of, size = 16, ...rest }: Props) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      aria-hidden="true"
      focusable="false"
      {...rest}
    >
      <path d={drawn[of]} />
    </svg>
  );
}
