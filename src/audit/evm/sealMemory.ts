import { fromHex, isHex, toHex } from '../../core/bytes/hex.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { EvmExecutor } from './evmExecutor.ts';

/** Where it stays from one visit to the next who sealed which header. */
export interface SealStore {
  /** Kept apart from the parts, and readable by nobody: only what bears its tag counts. */
  key(): Promise<CryptoKey>;
  load(): Promise<readonly string[]>;
  save(part: string): Promise<void>;
  clear(): Promise<void>;
}

type Signers = readonly (Hex | undefined)[];

/** Of so many headers it is remembered: some 5 MB. Beyond that all is forgotten and begun anew. */
export const maximumSeals = 30_000;
const domain = 'affidavit/seals/1';
const tagLength = 64;

/**
 * An executor that does not recover a seal a second time: that takes a millisecond, and a ledger has several in each block. What is remembered is a fact about the digest of a whole
 * header under one consensus, so a header is hashed each time that it is shown, and any other has to be recovered. A part counts only with its tag (HMAC-SHA-256).
 */
export function rememberSeals(executor: EvmExecutor, store: SealStore | undefined): EvmExecutor {
  if (!store) return executor;
  let opening: Promise<Map<string, Signers>> | undefined;
  const keep = async (known: Map<string, Signers>, fresh: readonly (readonly [string, Signers])[]): Promise<void> => {
    for (const [digest, signers] of fresh) known.set(digest, signers);
    if (known.size > maximumSeals) {
      await store.clear();
      known.clear();
    } else await store.save(await sealPart(fresh, await store.key()));
  };
  return {
    ...executor,
    async seals(headers, consensus, signal) {
      // A place that cannot be used saves no time, and decides nothing.
      const known = await (opening ??= openParts(store).catch(() => new Map<string, Signers>()));
      const digests = headers.map((rlp) => sha3Hex(Uint8Array.from([...utf8(`${consensus}/`), ...rlp])));
      const held = digests.map((digest) => known.get(digest));
      const missing = headers.filter((_, index) => held[index] === undefined);
      if (missing.length === 0) return held as readonly Signers[];
      const recovered = await executor.seals(missing, consensus, signal);
      let next = 0;
      const all = held.map((signers) => signers ?? (recovered[next++] as Signers));
      const fresh = digests.flatMap((digest, index) =>
        held[index] === undefined ? [[digest, all[index] as Signers] as const] : [],
      );
      void keep(known, fresh).catch(() => undefined);
      return all;
    },
  };
}

async function sealPart(entries: readonly (readonly [string, Signers])[], key: CryptoKey): Promise<string> {
  const text = JSON.stringify([
    domain,
    entries.map(([digest, signers]) => [digest, signers.map((each) => each ?? null)]),
  ]);
  return `${toHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(text))))}${text}`;
}

async function openParts(store: SealStore): Promise<Map<string, Signers>> {
  const key = await store.key();
  const known = new Map<string, Signers>();
  for (const part of await store.load()) {
    const [tag, text] = [part.slice(0, tagLength), part.slice(tagLength)];
    if (!isHex(tag, tagLength / 2)) continue;
    if (!(await crypto.subtle.verify('HMAC', key, fromHex(tag) as Uint8Array<ArrayBuffer>, utf8(text)))) continue;
    // Written by this program, since it bears the tag.
    const [version, entries] = JSON.parse(text) as [string, readonly [string, readonly (Hex | null)[]][]];
    if (version !== domain) continue;
    for (const [digest, signers] of entries)
      known.set(
        digest,
        signers.map((each) => each ?? undefined),
      );
  }
  return known;
}
