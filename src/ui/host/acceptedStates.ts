import { createStore, del, entries, get, set } from 'idb-keyval';
import type { AcceptedStates } from '../../audit/host/examineHost.ts';
import { sameDid } from '../../core/did/didChange.ts';

/** The states of a host that this person accepted first and last, by a click each time. */
export interface KeptStates extends AcceptedStates {
  /** Milliseconds since 1970, by this machine's clock. */
  readonly firstAt: number;
  readonly lastAt: number;
}

const store = (): ReturnType<typeof createStore> => createStore('affidavit-hosts', 'accepted');

export async function keptStates(did: string): Promise<KeptStates | undefined> {
  return get<KeptStates>(sameDid(did), store());
}

/** Accepts a credential's state: the last one from here on, and the first where there was none. */
export async function keepState(did: string, credential: AcceptedStates['last'], now: number): Promise<KeptStates> {
  const before = await keptStates(did);
  const { first, firstAt } = before ?? { first: credential, firstAt: now };
  const kept = { first, firstAt, last: credential, lastAt: now };
  await set(sameDid(did), kept, store());
  return kept;
}

export async function forgetStates(did: string): Promise<void> {
  await del(sameDid(did), store());
}

/** DIDs of the hosts of which states were accepted here. */
export async function acceptedHosts(): Promise<readonly string[]> {
  return (await entries<string, KeptStates>(store())).map(([did]) => did);
}

/** Everything that was accepted here, by DID. */
export async function everyKeptState(): Promise<Readonly<Record<string, KeptStates>>> {
  return Object.fromEntries(await entries<string, KeptStates>(store()));
}

/** Takes over the states of hosts of which none is kept here yet: what was accepted in this browser stays. Says of how many. */
export async function restoreStates(states: Readonly<Record<string, KeptStates>>): Promise<number> {
  let taken = 0;
  for (const [did, kept] of Object.entries(states)) {
    if (await keptStates(did)) continue;
    await set(sameDid(did), kept, store());
    taken += 1;
  }
  return taken;
}
