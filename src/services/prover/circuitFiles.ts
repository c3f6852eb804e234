import { fileURLToPath } from 'node:url';

/** Where what the prover needs of a circuit lies. */
export interface CircuitFiles {
  /** The witness calculator. */
  readonly program: string;
  /** The proving key. */
  readonly key: string;
}

/** The circuit of events with the setup that comes with the project. */
export const eventFiles: CircuitFiles = {
  program: fileURLToPath(new URL('../../circuits/event.wasm', import.meta.url)),
  key: fileURLToPath(new URL('../../circuits/event.zkey', import.meta.url)),
};
