import { canonicalJson } from '../bytes/jcs.ts';
import type { JsonValue } from '../bytes/json.ts';
import type { HostSubject } from './hostCredential.ts';

/** One thing that a host says of itself, then and now. Values as canonical JSON. */
export interface DriftField {
  /** `runtime.memoryMiB`. */
  readonly path: string;
  /** In the state that was accepted first, and in the last one. */
  readonly first: string | null;
  readonly last: string | null;
  readonly now: string;
  readonly changedSinceFirst: boolean;
  readonly changedSinceLast: boolean;
}

/** What must stay as it was accepted. Nonce, times, documents and the image are new each time. */
export function stateOf({ id, hypervisor, tpm, measuredBoot, runtime }: HostSubject): ReadonlyMap<string, JsonValue> {
  return new Map<string, JsonValue>([
    ['id', id],
    ['hypervisor.name', hypervisor.name],
    ['hypervisor.version', hypervisor.version],
    ['tpm.status', tpm.status],
    ['measuredBoot.algorithm', measuredBoot.algorithm],
    ['measuredBoot.digest', measuredBoot.digest],
    ['runtime.memoryMiB', runtime.memoryMiB],
    ['runtime.vcpus', runtime.vcpus],
    // What is allowed, in whatever order it is listed.
    ['runtime.network', [...runtime.network].sort()],
    ['runtime.devices', [...runtime.devices].sort()],
  ]);
}

/** Field by field against the first and the last accepted state, all of them, changed or not. */
export function compareStates(now: HostSubject, first?: HostSubject, last?: HostSubject): readonly DriftField[] {
  const [was, before] = [first && stateOf(first), last && stateOf(last)];
  return [...stateOf(now)].map(([path, value]) => {
    const shown = canonicalJson(value);
    const shownIn = (state: ReadonlyMap<string, JsonValue> | undefined): string | null =>
      state ? canonicalJson(state.get(path) ?? null) : null;
    const [firstly, lastly] = [shownIn(was), shownIn(before)];
    return {
      path,
      first: firstly,
      last: lastly,
      now: shown,
      changedSinceFirst: firstly !== null && firstly !== shown,
      changedSinceLast: lastly !== null && lastly !== shown,
    };
  });
}
