import { createStore, del, get, set } from 'idb-keyval';
import type { TimeChoice } from '../judging/timeChoice.ts';

/** Files on their way from the app to the check page: within this browser, for one visit. */
export interface Handoff {
  readonly files: readonly {
    readonly name: string;
    readonly bytes: Uint8Array<ArrayBuffer>;
    /** The whole of it, where `bytes` are its beginning alone. */
    readonly blob?: File;
  }[];
  /** A trust file that goes with them: offered there, never used unasked. */
  readonly trust?: { readonly name: string; readonly text: string };
  /** What was pinned for this session on the check page itself, and at which time it judges, while it is loaded again; nobody else may say so. */
  readonly session?: { readonly trust: string; readonly names: readonly string[]; readonly time: TimeChoice };
  /** Where they were fetched, because a link said so: what the link says, and the address that answered. */
  readonly linked?: { readonly src: string; readonly from: string };
}

/** The fragment that tells the check page to look. */
const handoffFragment = '#handed-over';

const key = 'handoff';
const store = (): ReturnType<typeof createStore> => createStore('affidavit-handoff', 'files');

/**
 * Puts the files where the check page finds them, and goes there.
 * @param beside in a tab of its own: where this page holds what would be lost with it
 */
export async function handOver(
  handoff: Omit<Handoff, 'session'>,
  { beside = false }: { readonly beside?: boolean } = {},
): Promise<void> {
  await set(key, handoff, store());
  const address = `check.html${handoffFragment}`;
  if (beside) window.open(address, '_blank', 'noopener');
  // Going back from what a link brought leads to where the link was, not to fetching it again.
  else if (handoff.linked) window.location.replace(address);
  else window.location.assign(address);
}

/** Keeps the files and the session of the check page while it is loaded again. */
export async function putBy(handoff: Handoff): Promise<void> {
  await set(key, handoff, store());
  history.replaceState(null, '', handoffFragment);
}

/** Takes what was handed over, once. */
export async function takeHandoff(): Promise<Handoff | undefined> {
  if (window.location.hash !== handoffFragment) return undefined;
  history.replaceState(null, '', window.location.pathname);
  const handoff = await get<Handoff>(key, store());
  await del(key, store());
  return handoff;
}
