import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { builtPage } from './builtPage.ts';
import { serveFolder, type ServedFolder } from './serveFolder.ts';

/** A host of the built page that can exchange it for another build, and be cut off. */
export interface ServedSite extends ServedFolder {
  /** The digest of the build as it is. */
  readonly digest: string;
  /** From here on, the host has another build: the same but for its digest, which is given back. */
  exchange(): string;
  /** From here on, nobody answers. */
  cut(): void;
  mend(): void;
}

/** Serves the built page in a folder of a name that it cannot know. */
export async function serveSite(prefix: string): Promise<ServedSite> {
  const folder = builtPage();
  const { digest } = JSON.parse(readFileSync(`${folder}/build.json`, 'utf8')) as { digest: string };
  let shown = digest;
  let isCut = false;
  const served = await serveFolder(
    folder,
    {},
    {
      prefix,
      isCut: () => isCut,
      change: (bytes) => (shown === digest ? bytes : Buffer.from(bytes.toString('utf8').replaceAll(digest, shown))),
    },
  );
  return {
    ...served,
    digest,
    exchange: () => {
      shown = createHash('sha3-256').update(shown).digest('hex');
      return shown;
    },
    cut: () => {
      isCut = true;
    },
    mend: () => {
      isCut = false;
    },
  };
}
