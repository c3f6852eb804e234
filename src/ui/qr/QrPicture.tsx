import { useMemo } from 'react';
import { qrCode } from '../../core/qr/qrCode.ts';
import { qrPath } from '../../core/qr/qrPath.ts';

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
  const { side, path } = useMemo(() => qrPath(qrCode(text)), [text]);
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
