import { createStore, del, get, set } from 'idb-keyval';
import type { TraceMetadata } from '../../../core/trace/metadata.ts';

/** What is known of a trace that a person wants to run again: within this browser, for one visit. */
export interface RerunHandoff {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** What the machine signed, where a proof or a certificate says so and the trace is not at hand. */
  readonly claim?: TraceMetadata;
}

const key = 'rerun';
const store = (): ReturnType<typeof createStore> => createStore('affidavit-handoff', 'files');

/** Puts it where the screen finds it, and goes there. */
export async function handToRerun(handoff: RerunHandoff): Promise<void> {
  await set(key, handoff, store());
  window.location.assign('index.html#/trace/reexecute');
}

/** Takes what was handed over, once. */
export async function takeRerun(): Promise<RerunHandoff | undefined> {
  const handoff = await get<RerunHandoff>(key, store());
  if (handoff) await del(key, store());
  return handoff;
}
