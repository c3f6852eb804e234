import { statusDrawing, toothOf } from '../core/seal/statusDrawing.ts';
import { picture, s } from './html/element.ts';
import type { EmbedStatus } from './status.ts';

/** The shape of where a check stands; its word stands beside it. */
export function drawMark(status: EmbedStatus, size: number): SVGElement {
  const isVerdict = status === 'verified' || status === 'rejected' || status === 'undetermined';
  const state = toothOf(isVerdict ? status : 'pending');
  const paths = statusDrawing[state].map(({ look, path }) => s('path', { class: look, d: path }));
  return picture(size, '0 0 24 24', { class: `mark ${state}` }, ...paths);
}
