import { pins } from 'virtual:embed-pins';
import type { Part } from './lazy/part.ts';
import { pinModules } from './pins/pinModules.ts';

let loading: Promise<Part> | undefined;

/** What judges and draws, loaded once, from beside this program, and compared with the digests in it; what did not come is asked for again. */
export function loadPart(site: URL): Promise<Part> {
  loading ??= load(site).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(site: URL): Promise<Part> {
  if (pins) await pinModules(site, pins.part);
  const { part } = await import('./lazy/part.ts');
  return part;
}
