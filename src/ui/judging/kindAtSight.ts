import { readContent, type Content } from '../../core/kinds/content.ts';
import type { Kind } from '../../core/kinds/kind.ts';
import { recognise } from '../../core/kinds/judge.ts';
import { kinds } from '../../core/kinds/registry.ts';

/** Longer files are not decoded on the main thread, but known by their two ends. */
const wholeBelow = 4 * 1024 * 1024;
const endLength = 4096;

/** The kind of a file, for what to offer and what to draw; the worker that judges looks again. Undefined for what is none of the known ones. */
export function kindAtSight(name: string, bytes: Uint8Array): Kind | undefined {
  return recognise(bytes.length <= wholeBelow ? readContent(name, bytes) : readEnds(name, bytes), kinds);
}

/** Only our own JSON documents grow so long, and those say what they are near one of their ends. */
function readEnds(name: string, bytes: Uint8Array): Content {
  const head = bytes.subarray(0, endLength);
  const decoder = new TextDecoder();
  const text = decoder.decode(head) + decoder.decode(bytes.subarray(-endLength));
  return { name, bytes: head, fileBytes: head, encoding: 'raw', text };
}
