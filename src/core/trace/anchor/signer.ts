import type { TraceDomain, TraceMetadata } from '../metadata.ts';
import type { VmAlgorithm } from './vmKey.ts';

/** Whoever holds a machine's key: the browser, a token, an account, a wallet. The key itself never comes out. */
export interface Signer {
  readonly algorithm: VmAlgorithm;
  /** SPKI, DER. */
  readonly publicKey: Uint8Array;
  /**
   * @param digest the EIP-712 digest, 32 bytes (`traceDigest`). On P-256 the SHA-256 of it is signed, as HSMs, WebCrypto and passkeys do; on secp256k1 it itself.
   * @param typed what the digest is made of: for wallets, which sign nothing that they cannot show
   * @returns r ‖ s, 64 bytes; on secp256k1 with s in the lower half
   */
  sign(
    digest: Uint8Array,
    typed: { readonly metadata: TraceMetadata; readonly domain: TraceDomain },
  ): Promise<Uint8Array>;
}
