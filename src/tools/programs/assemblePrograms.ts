import { readFile } from 'node:fs/promises';

/** Programs that the page offers to try, by name: `<name>.wat` here, `public/programs/<name>.wasm` there. */
export const programNames = ['primes', 'savings', 'average'] as const;

/** The same text gives the same bytes, with the pinned version of binaryen; names of functions are kept. */
export async function assembleProgram(name: (typeof programNames)[number]): Promise<Uint8Array> {
  const { default: binaryen } = await import('binaryen');
  binaryen.setDebugInfo(true);
  const module = binaryen.parseText(await readFile(new URL(`${name}.wat`, import.meta.url), 'utf8'));
  module.setFeatures(binaryen.Features.MutableGlobals);
  const bytes = module.validate() ? module.emitBinary() : new Uint8Array();
  module.dispose();
  if (bytes.length === 0) throw new Error(`${name}.wat is no valid module.`);
  return bytes;
}

/** Where the assembled program is kept. */
export function programFile(name: string): URL {
  return new URL(`../../../public/programs/${name}.wasm`, import.meta.url);
}
