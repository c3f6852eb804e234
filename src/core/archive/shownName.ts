import { archiveLimits } from './limits.ts';

/**
 * The name of an entry as it may be shown: one line, nothing that hides or turns text around, not endless. It is never used as a path: nothing is
 * written anywhere, and no file is looked up by it.
 */
export function shownName(name: string): string {
  const clean = name
    .replaceAll('\\', '/')
    // oxlint-disable-next-line no-control-regex -- exactly those are taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '\ufffd')
    .replace(/^\/+/, '');
  if (clean.length <= archiveLimits.name) return clean === '' ? '?' : clean;
  const half = archiveLimits.name / 2 - 1;
  return `${clean.slice(0, half)}…${clean.slice(-half)}`;
}

/** Names in UTF-8 where they are that, else in the oldest form, whose upper half is not told apart. */
export function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : '\ufffd')).join('');
  }
}
