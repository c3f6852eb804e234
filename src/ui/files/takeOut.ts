import { readContent } from '../../core/kinds/content.ts';
import { recognise } from '../../core/kinds/judge.ts';
import { kinds } from '../../core/kinds/registry.ts';
import { isReadFile, type ReadOutcome } from './readFiles.ts';

const beginning = new TextEncoder().encode('<!doctype html>\n<html lang=');

/** Longer texts are documents themselves. */
const longestText = 4 * 1024 * 1024;

/**
 * The document in place of what is around it, under the same name: of a page that checks itself its certificate, of a Markdown fence or a `data:` URL what is in it.
 * Every other file as it is. For files that are to be judged, not for such as are recorded.
 */
export function takeOut(outcome: ReadOutcome): ReadOutcome {
  if (!isReadFile(outcome) || outcome.blob) return outcome;
  const isPage = beginning.every((byte, index) => outcome.bytes[index] === byte);
  if (!isPage && outcome.bytes.length > longestText) return outcome;
  const content = readContent(outcome.name, outcome.bytes);
  const { page, wrapping } = content;
  if (page) {
    const bytes = new Uint8Array(content.fileBytes);
    return { ...outcome, bytes, size: bytes.length, page };
  }
  // A text around something unknown may itself be what a certificate names.
  if (!wrapping || !recognise(content, kinds)) return outcome;
  const bytes = new Uint8Array(content.bytes);
  return { ...outcome, bytes, size: bytes.length, wrapping };
}
