import type { Plugin } from 'vite';

/**
 * Every run of the tests draws the same cases of a property, so that none fails by chance. `AFFIDAVIT_SEED=17` draws others, which is how cases that nobody has
 * thought of are looked for.
 */
export function seededProperties(): Plugin {
  const seed = Number(process.env.AFFIDAVIT_SEED ?? 1);
  return {
    name: 'seeded-properties',
    enforce: 'pre',
    // In the first line, so that lines keep their numbers: imports are loaded before it all the same.
    transform: (code, id) =>
      /\.test\.tsx?$/.test(id) && /^import (?:\* as )?fc from 'fast-check';$/m.test(code)
        ? { code: `fc.configureGlobal({ seed: ${seed} }); ${code}`, map: null }
        : null,
  };
}
