import { complianceMode, encodeHold, maximumHoldLength } from '../../core/chain/hold/holdStatement.ts';
import type { WormBucket } from '../replication/wormBucket.ts';
import type { Nsm } from '../sequencer/nsm.ts';

/** One bucket as it is asked: with credentials that may read, and read what protects an object, and nothing else. */
export interface AskedBucket {
  /** As trust files name it. */
  readonly url: string;
  readonly bucket: Pick<WormBucket, 'list' | 'lockOf' | 'read'>;
}

/**
 * What one bucket says protects a chain's objects, as enclave documents (patent [0036]; CHAIN.md 34): one for each mode that was met, over a sample of the
 * names spread evenly, since a document takes 1024 bytes of `user_data`. An object that is not there is left out: that the audit finds.
 *
 * @param chain hex of H(b₀)
 * @throws what the bucket's adapter throws where it does not answer: nothing is attested then
 */
export async function attestHolds(nsm: Nsm, { url, bucket }: AskedBucket, chain: string): Promise<Uint8Array[]> {
  const names = sample([...(await bucket.list(`${chain}/`))].sort(), (chosen) =>
    // The longest mode and date that may come out.
    encodeHold({ bucket: url, names: chosen, mode: complianceMode, until: Number.MAX_SAFE_INTEGER }),
  );
  const byMode = new Map<string, { readonly names: string[]; until: number }>();
  for (const name of names) {
    const lock = await bucket.lockOf(name);
    if (lock === undefined && (await bucket.read(name)) === undefined) continue;
    const mode = lock === undefined ? 'none' : lock.mode === 'locked' ? complianceMode : 'unlocked';
    const until = lock === undefined ? 0 : Math.floor(lock.until.getTime() / 1000);
    const said = byMode.get(mode) ?? { names: [], until };
    said.names.push(name);
    said.until = Math.min(said.until, until);
    byMode.set(mode, said);
  }
  const documents: Uint8Array[] = [];
  for (const [mode, said] of byMode) {
    documents.push(await nsm.attest({ userData: encodeHold({ bucket: url, mode, ...said }) }));
  }
  return documents;
}

/** As many of the names as fit, evenly spread from the first to the last. */
function sample(names: readonly string[], encode: (chosen: readonly string[]) => Uint8Array): readonly string[] {
  let chosen: readonly string[] = [];
  for (let count = 1; count <= names.length; count += 1) {
    const step = count === 1 ? 0 : (names.length - 1) / (count - 1);
    const next = Array.from({ length: count }, (_, index) => names[Math.round(index * step)] as string);
    if (encode(next).length > maximumHoldLength) break;
    chosen = next;
  }
  return chosen;
}
