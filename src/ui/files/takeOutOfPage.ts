import { readContent } from '../../core/kinds/content.ts';
import { isReadFile, type ReadOutcome } from './readFiles.ts';

const beginning = new TextEncoder().encode('<!doctype html>\n<html lang=');

/** The certificate in place of a page that checks itself, under the page's name; every other file as it is. For files that are to be judged, not for such as are recorded. */
export function takeOutOfPage(outcome: ReadOutcome): ReadOutcome {
  if (!isReadFile(outcome) || !beginning.every((byte, index) => outcome.bytes[index] === byte)) return outcome;
  const { page, fileBytes } = readContent(outcome.name, outcome.bytes);
  if (!page) return outcome;
  const bytes = new Uint8Array(fileBytes);
  return { ...outcome, bytes, size: bytes.length, page };
}
