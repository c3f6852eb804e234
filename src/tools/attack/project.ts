import { fileURLToPath } from 'node:url';

/** The project's folder, with a separator behind it; of a copy of the source it is the copy's. */
export const project = fileURLToPath(new URL('../../../', import.meta.url));

/** `tsx` of the project that is installed, found from a copy below it too. */
export const tsx = fileURLToPath(import.meta.resolve('tsx/cli'));
