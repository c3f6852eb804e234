import {
  isEmbedError,
  isEmbedStatus,
  isObject,
  isPrintedReport,
  type EmbedError,
  type EmbedStatus,
  type PrintedReport,
} from '../status.ts';

/** Named in every message, so that it is not taken for somebody else's. */
export const embedVersion = 'embed/1';

/** What the frame tells the page that holds it. */
export type FrameMessage =
  | { readonly affidavit: typeof embedVersion; readonly type: 'ready' }
  | { readonly affidavit: typeof embedVersion; readonly type: 'size'; readonly height: number }
  | { readonly affidavit: typeof embedVersion; readonly type: 'status'; readonly status: EmbedStatus }
  | { readonly affidavit: typeof embedVersion; readonly type: 'verdict'; readonly report: PrintedReport }
  | { readonly affidavit: typeof embedVersion; readonly type: 'error'; readonly error: EmbedError };

/** What the page tells the frame: to check (what it gives in place of addresses goes with it), or how to look. */
export type PageMessage =
  | {
      readonly affidavit: typeof embedVersion;
      readonly type: 'check';
      readonly certificate?: unknown;
      readonly trustFile?: unknown;
    }
  | { readonly affidavit: typeof embedVersion; readonly type: 'look'; readonly theme: string; readonly lang: string };

/** No frame is drawn taller, in CSS pixels. */
const tallest = 100_000;

export function isFrameMessage(value: unknown): value is FrameMessage {
  if (!isObject(value) || value['affidavit'] !== embedVersion) return false;
  switch (value['type']) {
    case 'ready':
      return true;
    case 'size':
      return typeof value['height'] === 'number' && value['height'] >= 0 && value['height'] <= tallest;
    case 'status':
      return isEmbedStatus(value['status']);
    case 'verdict':
      return isPrintedReport(value['report']);
    case 'error':
      return isEmbedError(value['error']);
    default:
      return false;
  }
}

export function isPageMessage(value: unknown): value is PageMessage {
  if (!isObject(value) || value['affidavit'] !== embedVersion) return false;
  if (value['type'] === 'look') return typeof value['theme'] === 'string' && typeof value['lang'] === 'string';
  return value['type'] === 'check';
}

/** An origin as it must stand in `targetOrigin`: whole and exact, of the web; nothing else, and never `*`. */
export function exactOrigin(text: string | null): string | undefined {
  if (text === null || !URL.canParse(text)) return undefined;
  const { origin, protocol } = new URL(text);
  return /^https?:$/.test(protocol) && origin === text ? origin : undefined;
}
