import { affidavitType, type Content } from '../kinds/content.ts';

/** What somebody has asked the holder of a trace for: his own file, kept beside the proof that he gets. */
export function isTraceRequest(content: Content): boolean {
  return affidavitType(content)?.startsWith('trace-request/') ?? false;
}
