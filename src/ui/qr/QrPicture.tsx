import { useMemo } from 'react';
import { qrCode } from './qrCode.ts';

/** A QR code with its quiet zone, dark on light whatever the theme, since that is what cameras expect. */
export function QrPicture({
  text,
  label,
  size = 128,
}: {
  readonly text: string;
  readonly label: string;
  readonly size?: number;
}) {
  const rows = useMemo(() => qrCode(text), [text]);
  const side = rows.length + 8;
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : ''))).join('');
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
