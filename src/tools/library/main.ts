import { toolArguments } from '../house/toolArguments.ts';
import { buildLibrary } from './buildLibrary.ts';

/** `npm run library`: builds the package's modules into `lib/`; `npm pack` does so by itself. */
toolArguments('Usage: npm run -s library\n  builds the modules and types of the package into lib/', {});
console.error('Building lib/, which takes some seconds …');
await buildLibrary();
