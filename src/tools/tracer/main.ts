import { writeFile } from 'node:fs/promises';
import { assembleTracer, tracerFile } from './assembleTracer.ts';

/** Builds `tracer.wat` into the file that the core imports. */
const target = new URL('../../core/trace/tracer/tracerModule.ts', import.meta.url);
const bytes = await assembleTracer();
await writeFile(target, tracerFile(bytes));
console.error(`The tracer has ${bytes.length} bytes.`);
