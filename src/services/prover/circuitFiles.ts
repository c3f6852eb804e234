import { fileURLToPath } from 'node:url';

/** Where what the prover needs of a circuit lies. */
export interface CircuitFiles {
  /** The witness calculator. */
  readonly program: string;
  /** The proving key. */
  readonly key: string;
}

/** The circuit of events with the setup that comes with the project. */
export const eventFiles = filesOf('event');

/** The circuit of membership, likewise. */
export const membershipFiles = filesOf('membership');

function filesOf(name: string): CircuitFiles {
  const place = (ending: string) => fileURLToPath(new URL(`../../circuits/${name}.${ending}`, import.meta.url));
  return { program: place('wasm'), key: place('zkey') };
}
