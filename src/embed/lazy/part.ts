import { checkEvidence, type Asked, type Checked, type CheckOptions } from './checkEvidence.ts';
import { drawChecked, speak, type Look } from './drawChecked.ts';
import { asAuditorError } from '../../core/kinds/errorReply.ts';
import type { EmbedError, PrintedReport } from '../status.ts';

/** The heavy part of the element, which is loaded when a check is asked for. */
export interface Part {
  readonly check: (asked: Asked, options: CheckOptions) => Promise<Checked>;
  readonly draw: (checked: Checked, look: Look) => HTMLElement;
  readonly speak: typeof speak;
  readonly printed: (checked: Checked) => PrintedReport;
  readonly fault: (thrown: unknown) => EmbedError;
}

export const part: Part = {
  check: checkEvidence,
  draw: drawChecked,
  speak,
  printed: ({ report: { details: _details, ...report } }) => report,
  fault: (thrown) => {
    const { kind, code, message } = asAuditorError(thrown);
    return { kind, code, message };
  },
};
