import { sha3Hex } from '../../core/bytes/hash.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import type { PageAround } from '../../core/kinds/content.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { templateFor } from './templateFor.ts';

/** What to say of a page that a certificate was taken out of, and whether it is byte for byte the page that this version makes. */
export async function describePage(name: string, { system, template, hasTrust }: PageAround): Promise<string> {
  const own = await templateFor(system).catch((error: unknown) => {
    if (error instanceof AuditorError) return undefined;
    throw error;
  });
  const same =
    own === undefined
      ? ''
      : sha3Hex(utf8(own)) === template
        ? ' All else in it is byte for byte the page of this version.'
        : ' All else in it is not the page of this version: it was made by another one, or was changed, and what it shows may be wrong.';
  const trust = hasTrust ? ' The trust file that its sender put into it counts for nothing here.' : '';
  return `${name} is a page that checks itself: its certificate was taken out and is judged here, its own program was not run.${same}${trust}`;
}
