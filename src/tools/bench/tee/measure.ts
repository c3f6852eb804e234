import initOther, { PCRs, validateAttestationDocPcrs, type InitInput } from '@evervault/wasm-attestation-bindings';
import { fromBase64 } from '../../../core/bytes/base64.ts';
import { toHex } from '../../../core/bytes/hex.ts';
import { parseCoseSign1 } from '../../../core/cose/parse.ts';
import { sigStructure } from '../../../core/cose/sigStructure.ts';
import { awsNitroRoot } from '../../../core/tee/nitro/awsNitroRoot.ts';
import { createNitroVerifier, type NitroVerifier } from '../../../core/tee/nitro/nitroVerifier.ts';
import { maximumDocumentLength, parseNitroDocument } from '../../../core/tee/nitro/parse.ts';
import { parseCertificate } from '../../../core/x509/parse.ts';
import { sideBySide } from '../sideBySide.ts';

export const fixtureName = 'tee.json';

/** Bytes in base64: the same file goes to Node and to the worker of a page. */
export interface TeeFixture {
  readonly root: string;
  /** All distinct, in the order of their time, of few paths. */
  readonly documents: readonly string[];
  /** A document of AWS and a time in its window, milliseconds since 1970; null where none is at hand. */
  readonly genuine: { readonly document: string; readonly at: number } | null;
}

/** What one thread does a second. */
export interface TeeRates {
  /** Documents, verified whole at their own time: form, path, signature, time. */
  readonly documents: number;
  /** Signatures of the same documents, verified by WebCrypto alone, one after the other. */
  readonly signatures: number;
  readonly ratio: number;
  /** Documents by the other verifier, and how many times as many are done here; null where it was not run. */
  readonly other: { readonly documents: number; readonly ratio: number } | null;
}

/** Documents at once, so that the sides take turns often: what slows the machine down then slows all of them. */
const slice = 32;

const ecdsa = { name: 'ECDSA', hash: 'SHA-384' } as const;

/** Measures in this thread, each side one document after the other. `wasm` is the other verifier's module, or where it is. */
export async function measureTee(fixture: TeeFixture, wasm?: InitInput): Promise<TeeRates> {
  const documents = fixture.documents.map((text) => fromBase64(text));
  const root = fromBase64(fixture.root);
  // A new verifier for each run: its paths are examined within it, as for a run of documents that nobody has seen.
  let verifier = createNitroVerifier([root]);
  let next = 0;
  const whole = async () => {
    if (next === 0) verifier = createNitroVerifier([root]);
    const part = documents.slice(next, next + slice);
    for (const document of part) await expectVerified(verifier, document);
    next = (next + slice) % documents.length;
    return part.length;
  };
  const bare = await bareVerification(documents);
  const { genuine } = fixture;
  if (!genuine) {
    const { rate, ratio } = await sideBySide({ whole, bare });
    return { documents: rate.whole, signatures: rate.bare, ratio: ratio('whole', 'bare'), other: null };
  }
  const other = await otherVerification(genuine, wasm);
  const { rate, ratio } = await sideBySide({ whole, bare, other });
  return {
    documents: rate.whole,
    signatures: rate.bare,
    ratio: ratio('whole', 'bare'),
    other: { documents: rate.other, ratio: ratio('whole', 'other') },
  };
}

async function expectVerified(verifier: NitroVerifier, document: Uint8Array): Promise<void> {
  const result = await verifier.verify(document);
  if (!result.ok) throw new Error(`A document of the bench does not verify. ${result.reason}`);
}

/** Everything but the verification itself is done before. */
async function bareVerification(documents: readonly Uint8Array[]): Promise<() => Promise<number>> {
  const keys = new Map<string, CryptoKey>();
  const inputs: { key: CryptoKey; data: Uint8Array<ArrayBuffer>; signature: Uint8Array<ArrayBuffer> }[] = [];
  for (const bytes of documents) {
    const { certificate } = parseNitroDocument(bytes);
    const name = toHex(certificate);
    const { spki } = parseCertificate(certificate);
    const key =
      keys.get(name) ??
      (await crypto.subtle.importKey(
        'spki',
        spki as Uint8Array<ArrayBuffer>,
        { name: 'ECDSA', namedCurve: 'P-384' },
        false,
        ['verify'],
      ));
    keys.set(name, key);
    const message = parseCoseSign1(bytes, maximumDocumentLength);
    inputs.push({
      key,
      data: sigStructure(message),
      signature: message.signature.bytes.slice() as Uint8Array<ArrayBuffer>,
    });
  }
  let next = 0;
  return async () => {
    const part = inputs.slice(next, next + slice);
    for (const { key, data, signature } of part) {
      if (!(await crypto.subtle.verify(ecdsa, key, signature, data))) throw new Error('A signature does not verify.');
    }
    next = (next + slice) % inputs.length;
    return part.length;
  };
}

/** The other verifier judges at the present alone, so it is shown the document's own time as the present. */
async function otherVerification(
  { document, at }: NonNullable<TeeFixture['genuine']>,
  wasm: InitInput | undefined,
): Promise<() => Promise<number>> {
  await initOther(wasm === undefined ? undefined : { module_or_path: wasm });
  const bytes = fromBase64(document);
  // Ours must accept the very same document, or the two would not do the same.
  await expectVerified(createNitroVerifier([awsNitroRoot()]), bytes);
  const { pcrs } = parseNitroDocument(bytes);
  const register = (index: number) => toHex(pcrs.get(index) ?? new Uint8Array());
  return async () => {
    const expected = new PCRs(register(0), register(1), register(2));
    const holds = atTime(at, () => validateAttestationDocPcrs(document, [expected]));
    if (!holds) throw new Error('The other verifier refuses the genuine document.');
    return 1;
  };
}

/** Runs something with a clock that stands still. */
function atTime<T>(time: number, run: () => T): T {
  const { now } = Date;
  Date.now = () => time;
  try {
    return run();
  } finally {
    Date.now = now;
  }
}
