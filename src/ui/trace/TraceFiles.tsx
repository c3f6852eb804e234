import type { ReactNode } from 'react';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { DropZone } from '../files/DropZone.tsx';
import { Elsewhere } from '../files/Elsewhere.tsx';
import type { ReadFile } from '../files/readFiles.ts';
import { useZone } from '../files/useZone.ts';

interface Props {
  readonly title: string;
  readonly hint: string;
  readonly pick: string;
  readonly multiple?: boolean;
  /** Names of kinds that are for this screen, beside files of no kind. */
  readonly kinds: readonly string[];
  readonly onFiles: (files: readonly ReadFile[]) => void;
  /** Between what was given and where more may be. */
  readonly children?: ReactNode;
}

/** Where traces, and what belongs to them, are dropped, pasted or chosen; what is for another screen is told there. With another `key` it forgets what it told. */
export function TraceFiles({ kinds, onFiles, children, ...shown }: Props) {
  const zone = useZone({
    takes: (_file, kind) => kind === 'unknown' || kinds.includes(kind),
    onFiles,
  });
  const place = <DropZone {...shown} compact opens onFiles={(files) => void zone.take(files)} />;
  return (
    <>
      {children === undefined && place}
      <Elsewhere zone={zone} faultsToo />
      {children}
      {children !== undefined && place}
      {zone.dragging && <DropOverlay />}
    </>
  );
}
