import { buildLibrary } from './buildLibrary.ts';

/** `npm run library`: builds the package's modules into `lib/`; `npm pack` does so by itself. */
await buildLibrary();
