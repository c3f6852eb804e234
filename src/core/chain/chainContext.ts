import { fromBase64Url } from '../bytes/base64.ts';
import { equalBytes } from '../bytes/bytes.ts';
import { fromHex } from '../bytes/hex.ts';
import { importJwks, type JwtKeys } from '../jwt/keys.ts';
import { developmentKeyThumbprint, jwkThumbprint } from '../jwt/developmentKey.ts';
import { awsNitroRoot } from '../tee/nitro/awsNitroRoot.ts';
import { createNitroVerifier, type NitroVerifier } from '../tee/nitro/nitroVerifier.ts';
import { parsePem } from '../x509/pem.ts';
import { AuditorError } from '../verdict/auditorError.ts';
import type { ChainPin } from '../trust/trust.ts';

/** The pinned identity of a chain (CHAIN.md 11), imported and ready to verify with. */
export interface ChainContext {
  readonly pin: ChainPin;
  /** H(b₀). */
  readonly genesis: Uint8Array;
  /** K_S as the pinned 44 bytes of SPKI, and imported. */
  readonly sequencerSpki: Uint8Array;
  readonly sequencerKey: CryptoKey;
  readonly nitro: NitroVerifier;
  readonly timestamp: {
    readonly issuer: string;
    readonly audience: string;
    readonly domain: string;
    readonly claim: string;
    readonly tokenUse: string;
    readonly keys: JwtKeys;
  };
}

/** The first part of a chain's identity that is not pinned, or undefined when all are (CHAIN.md 11). */
export function partNotPinned(pin: ChainPin): string | undefined {
  if (!pin.genesis) return 'genesis';
  if (!pin.sequencerKey) return 'sequencerKey';
  const { timestamp } = pin;
  if (!timestamp) return 'timestamp';
  for (const part of ['issuer', 'audience', 'domain', 'claim', 'tokenUse'] as const) {
    if (!timestamp[part]) return `timestamp.${part}`;
  }
  return timestamp.jwks && timestamp.jwks.keys.length > 0 ? undefined : 'timestamp.jwks';
}

/** The roots a chain is judged under: its own alone where given, else the built-in one alone (CHAIN.md 25). DER each. */
export function nitroRootsOf(pin: ChainPin): readonly Uint8Array[] {
  return pin.nitroRoots && pin.nitroRoots.length > 0 ? pin.nitroRoots.map((pem) => parsePem(pem)) : [awsNitroRoot()];
}

/**
 * Imports a chain's identity once, for all of its evidence.
 * @throws AuditorError (usage) when a part is not pinned: ask `partNotPinned` first.
 */
export async function openChain(pin: ChainPin): Promise<ChainContext> {
  const part = partNotPinned(pin);
  const { timestamp } = pin;
  if (part || !timestamp) {
    throw new AuditorError(
      'usage',
      'CHAIN_NOT_PINNED',
      `The chain ${pin.name} cannot be opened: ${part} is not pinned.`,
    );
  }
  const sequencerSpki = fromBase64Url(pin.sequencerKey as string);
  return {
    pin,
    genesis: fromHex(pin.genesis as string),
    sequencerSpki,
    sequencerKey: await crypto.subtle.importKey('spki', sequencerSpki, 'Ed25519', false, ['verify']),
    nitro: createNitroVerifier(nitroRootsOf(pin)),
    timestamp: {
      issuer: timestamp.issuer as string,
      audience: timestamp.audience as string,
      domain: timestamp.domain as string,
      claim: timestamp.claim as string,
      tokenUse: timestamp.tokenUse as string,
      keys: await importJwks(timestamp.jwks ?? { keys: [] }),
    },
  };
}

/** What must be said of a chain wherever it is shown: whose evidence is not from real services (DESIGN §3.5). */
export async function labelsOf(pin: ChainPin): Promise<string[]> {
  const labels: string[] = [];
  const builtIn = awsNitroRoot();
  if (nitroRootsOf(pin).some((root) => !equalBytes(root, builtIn))) labels.push('simulated');
  const thumbprints = await Promise.all((pin.timestamp?.jwks?.keys ?? []).map(jwkThumbprint));
  if (thumbprints.includes(developmentKeyThumbprint)) labels.push('development');
  if (pin.checkpoint) labels.push('from checkpoint');
  return labels;
}
