// The library refuses to load before this one (its dependency injection needs it), so both stand in this file and nowhere else.
// oxlint-disable-next-line import/no-unassigned-import -- a polyfill has nothing to assign
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/**
 * @peculiar/x509, for making certificates: the simulated Nitro root and its bundles, and certificates made in tests.
 * Nothing is *verified* with it: reading is `parse.ts`, the path is `path.ts`.
 */
export { x509 };
