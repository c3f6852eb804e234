import { readFile } from 'node:fs/promises';

const source = new URL('../../core/trace/tracer/tracer.wat', import.meta.url);

/** Builds the tracer from its source: the same text gives the same bytes, with the pinned version of binaryen. */
export async function assembleTracer(): Promise<Uint8Array> {
  const { default: binaryen } = await import('binaryen');
  const module = binaryen.parseText(await readFile(source, 'utf8'));
  const { Features } = binaryen;
  module.setFeatures(Features.MutableGlobals);
  binaryen.setOptimizeLevel(3);
  binaryen.setShrinkLevel(0);
  // Engines inline little across WebAssembly functions: what every event runs through is put in one piece.
  binaryen.setAlwaysInlineMaxSize(200);
  binaryen.setFlexibleInlineMaxSize(400);
  binaryen.setOneCallerInlineMaxSize(400);
  module.optimize();
  const bytes = module.validate() ? module.emitBinary() : new Uint8Array();
  module.dispose();
  if (bytes.length === 0) throw new Error('tracer.wat is no valid module.');
  return bytes;
}

/** The file of the core that holds the tracer as text. */
export function tracerFile(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('base64');
  const lines = text.match(/.{1,108}/g) ?? [];
  return `import { fromBase64 } from '../../bytes/base64.ts';

/** Built from tracer.wat by \`npx tsx src/tools/tracer/main.ts\`, and anew by \`npm run build\`; a test compares the two. */
const text =
${lines.map((line) => `  '${line}'`).join(' +\n')};

/** The tracer as a WebAssembly module. */
export function tracerModule(): Uint8Array<ArrayBuffer> {
  return fromBase64(text);
}
`;
}
