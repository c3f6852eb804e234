import { longestAtSight, readContent, type Content } from '../../core/kinds/content.ts';
import { mayBePage } from '../../core/certificate/html/page.ts';
import type { Kind } from '../../core/kinds/kind.ts';
import { recognise } from '../../core/kinds/judge.ts';
import { kinds } from '../../core/kinds/registry.ts';

const endLength = 4096;

/** The kind of a file, for what to offer and what to draw; the worker that judges looks again. Undefined for what is none of the known ones. */
export function kindAtSight(name: string, bytes: Uint8Array): Kind | undefined {
  return recognise(
    bytes.length <= longestAtSight || mayBePage(bytes) ? readContent(name, bytes) : readEnds(name, bytes),
    kinds,
  );
}

/** Only our own JSON documents grow so long, and those say what they are near one of their ends. */
function readEnds(name: string, bytes: Uint8Array): Content {
  const head = bytes.subarray(0, endLength);
  const decoder = new TextDecoder();
  const text = decoder.decode(head) + decoder.decode(bytes.subarray(-endLength));
  return { name, bytes: head, fileBytes: head, encoding: 'raw', text };
}
