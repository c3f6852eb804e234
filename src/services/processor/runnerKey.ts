import { equalBytes } from '../../core/bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../../core/bytes/cbor.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { createNitroVerifier } from '../../core/tee/nitro/nitroVerifier.ts';
import { meetsPins, registersOf } from '../../core/tee/nitro/policy.ts';
import type { Measurement } from '../../core/trust/trust.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { parsePem } from '../../core/x509/pem.ts';
import { pointLength } from '../../audit/hpke/hpke.ts';

/** For whom an enclave made its key: `user_data` of the document that carries the key. */
export interface RunnerPlace {
  readonly chainId: number;
  readonly contract: Hex;
  readonly processor: Hex;
}

/** What the owner takes for a runner: enclaves under these roots (PEM) with this code. */
export interface RunnerPins {
  readonly roots: readonly string[];
  readonly measurements: readonly Measurement[];
}

const domain = 'affidavit/runner-key/1';

/** `["affidavit/runner-key/1", chainId, contract: bstr20, processor: bstr20]`, deterministic CBOR. */
export function encodeRunnerPlace({ chainId, contract, processor }: RunnerPlace): Uint8Array<ArrayBuffer> {
  return encodeCbor([domain, chainId, fromHex0x(contract), fromHex0x(processor)]);
}

/** How the ledger writes a key that is longer than 32 bytes: its H. */
export function runnerKeyHash(publicKey: Uint8Array): Hex {
  return toHex0x(sha3(publicKey));
}

/**
 * Judges the document with a runner's key, before anything is sealed to that key.
 * @param resources what the offer on the ledger has under that name: H of the document
 * @returns the key, 65 bytes
 * @throws AuditorError `source` RUNNER_DOCUMENT (another one than was offered), RUNNER_ATTESTATION, RUNNER_MEASUREMENT, RUNNER_PLACE, RUNNER_KEY
 */
export async function verifyRunnerKey(
  document: Uint8Array,
  resources: Hex,
  place: RunnerPlace,
  pins: RunnerPins,
): Promise<Uint8Array> {
  if (toHex0x(sha3(document)) !== resources) {
    throw fault(
      'RUNNER_DOCUMENT',
      `The offer names the document ${resources}; this one is ${toHex0x(sha3(document))}.`,
    );
  }
  const verified = await createNitroVerifier(pins.roots.map((pem) => parsePem(pem))).verify(document);
  if (!verified.ok) throw fault('RUNNER_ATTESTATION', verified.reason);
  const { userData, publicKey } = verified.document;
  if (!meetsPins(registersOf(verified.document), pins.measurements)) {
    throw fault('RUNNER_MEASUREMENT', 'The enclave runs other code than the runner that is pinned.');
  }
  if (!userData || !equalBytes(userData, encodeRunnerPlace(place))) {
    throw fault('RUNNER_PLACE', `The key was not made for this use: ${describe(userData)}.`);
  }
  if (publicKey?.length !== pointLength) {
    throw fault('RUNNER_KEY', `The document carries no HPKE key of ${pointLength} bytes.`);
  }
  return publicKey;
}

function describe(userData: Uint8Array | undefined): string {
  if (!userData) return 'the document says nothing of it';
  try {
    const value = decodeCbor(userData, { maximumLength: 1024, maximumDepth: 1, maximumItems: 16 });
    if (!Array.isArray(value) || value[0] !== domain) return `the document is not one of "${domain}"`;
    return 'the document names another ledger, contract or processor';
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return `the document is not one of "${domain}"`;
  }
}

function fault(code: string, words: string): AuditorError {
  return new AuditorError('source', code, words);
}
