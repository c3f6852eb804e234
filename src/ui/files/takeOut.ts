import { mayBePage } from '../../core/certificate/html/page.ts';
import { longestAtSight, readContent } from '../../core/kinds/content.ts';
import { recognise } from '../../core/kinds/judge.ts';
import { kinds } from '../../core/kinds/registry.ts';
import { isReadFile, type ReadOutcome } from './readFiles.ts';

/**
 * The document in place of what is around it, under the same name: of a page that checks itself its certificate, of a Markdown fence or a `data:` URL what is in it.
 * Every other file as it is. For files that are to be judged, not for such as are recorded.
 */
export function takeOut(outcome: ReadOutcome): ReadOutcome {
  if (!isReadFile(outcome) || outcome.blob) return outcome;
  // Longer texts are documents themselves.
  if (outcome.bytes.length > longestAtSight && !mayBePage(outcome.bytes)) return outcome;
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
