import type { HeliosModule, LoadHelios } from '../audit/evm/lightClient.ts';

/** Kept apart from the import, so that nothing asks for the package where it is not installed. */
const name: string = '@a16z/helios';

/** The light client, where somebody has installed it beside this project. */
export const loadHelios: LoadHelios = async () => {
  try {
    const helios = (await import(name)) as HeliosModule;
    // Its timers know a window and a worker, and end the whole process where there is neither (0.11.1): here the global object stands for a worker's.
    if (!('WorkerGlobalScope' in globalThis)) Object.assign(globalThis, { WorkerGlobalScope: Object });
    return helios;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
};
