import type { HeliosModule, LoadHelios } from '../audit/evm/lightClient.ts';

/** Kept apart from the import, so that nothing asks for the package where it is not installed. */
const name: string = '@a16z/helios';

export const loadHelios: LoadHelios = async () => {
  try {
    return (await import(name)) as HeliosModule;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
};
