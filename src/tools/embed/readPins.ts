import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rolldown } from 'vite';
import type { Digests, Pin, Pins } from '../../audit/pool/pins.ts';
import { systems } from '../../core/certificate/envelope.ts';

type Bundle = Readonly<Record<string, Rolldown.OutputAsset | Rolldown.OutputChunk>>;

/** What `embed.js` may load from a build that was written into `folder`, with digests of the files as they lie there. `judge` is the worker for everything but certificates. */
export function readPins(folder: string, bundle: Bundle, part: Rolldown.OutputChunk, judge: string): Pins {
  const digests = (names: Iterable<string>): Digests =>
    Object.fromEntries([...names].sort().map((name) => [name, digestOf(folder, name)]));
  const pin = (name: string): Pin => ({ name, integrity: digestOf(folder, name) });
  const first = needed(bundle, [part.fileName], false);
  const entry = Object.values(bundle).find(
    (each) => each.type === 'chunk' && each.facadeModuleId?.endsWith('/src/core/kinds/german.ts') === true,
  );
  if (!entry) throw new Error('The German words of checks are no chunk of their own.');
  const german = without(needed(bundle, [entry.fileName], false), first);
  const judging = without(without(needed(bundle, [part.fileName], true), first), german);
  return {
    part: digests(first),
    german: digests(german),
    judging: digests(judging),
    workers: {
      ...Object.fromEntries(systems.map((system) => [system, pin(`templates/${system}.html`)])),
      other: pin(judge),
    },
  };
}

/** These chunks and all that they import, at once or later too. */
function needed(bundle: Bundle, names: readonly string[], later: boolean): Set<string> {
  const found = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = bundle[name];
    if (found.has(name) || chunk?.type !== 'chunk') continue;
    found.add(name);
    waiting.push(...chunk.imports, ...(later ? chunk.dynamicImports : []));
  }
  return found;
}

function without(names: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...names].filter((name) => !others.has(name)));
}

function digestOf(folder: string, name: string): string {
  return `sha256-${createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('base64')}`;
}
