import { useState } from 'react';
import { DropOverlay } from './DropOverlay.tsx';
import { OfferCheck } from './OfferCheck.tsx';
import { useFileDrop } from './useFileDrop.ts';

/** Every page takes files: where the screen itself does not, they are offered to be judged. */
export function AnyDrop() {
  const [dropped, setDropped] = useState<readonly File[]>([]);
  const dragging = useFileDrop(setDropped, { lastResort: true });
  if (dropped.length > 0) return <OfferCheck files={dropped} onClose={() => setDropped([])} />;
  return dragging ? <DropOverlay /> : null;
}
