import initOther, { PCRs, validateAttestationDocPcrs, type InitInput } from '@evervault/wasm-attestation-bindings';
import { fromBase64 } from '../../../core/bytes/base64.ts';
import { toHex } from '../../../core/bytes/hex.ts';
import { parseCoseSign1 } from '../../../core/cose/parse.ts';
import { sigStructure } from '../../../core/cose/sigStructure.ts';
import { awsNitroRoot } from '../../../core/tee/nitro/awsNitroRoot.ts';
import { createNitroVerifier, type NitroVerifier } from '../../../core/tee/nitro/nitroVerifier.ts';
import { maximumDocumentLength, parseNitroDocument } from '../../../core/tee/nitro/parse.ts';
import { parseCertificate } from '../../../core/x509/parse.ts';

export const fixtureName = 'tee.json';

/** Bytes in base64: the same file goes to Node and to the worker of a page. */
export interface TeeFixture {
  readonly root: string;
  /** All distinct, in the order of their time, of few paths. */
  readonly documents: readonly string[];
  /** A document of AWS and a time in its window, milliseconds since 1970; null where none is at hand. */
  readonly genuine: { readonly document: string; readonly at: number } | null;
}

/** The sides that are measured, each in the same thread, one item after the other; each does so many items and says how long it took. */
export const pieces = ['whole', 'bare', 'other'] as const;
export type Piece = (typeof pieces)[number];
export type TeePieces = Readonly<Record<Piece, ((count: number) => Promise<void>) | undefined>>;

const ecdsa = { name: 'ECDSA', hash: 'SHA-384' } as const;

/**
 * `whole`: documents verified at their own time, by a verifier that has seen none of them, begun anew whenever all of them are done. `bare`: the signatures of
 * the same documents by WebCrypto alone. `other`: a genuine document by the other verifier, whose module `wasm` is; undefined without such a document.
 */
export async function preparePieces(fixture: TeeFixture, wasm: InitInput): Promise<TeePieces> {
  const documents = fixture.documents.map((text) => fromBase64(text));
  const root = fromBase64(fixture.root);
  let verifier = createNitroVerifier([root]);
  let next = 0;
  const whole = async (count: number) => {
    for (let done = 0; done < count; done++) {
      if (next === 0) verifier = createNitroVerifier([root]);
      await expectVerified(verifier, documents[next] as Uint8Array);
      next = (next + 1) % documents.length;
    }
  };
  const other = fixture.genuine ? await otherVerification(fixture.genuine, wasm) : undefined;
  return { whole, bare: await bareVerification(documents), other };
}

async function expectVerified(verifier: NitroVerifier, document: Uint8Array): Promise<void> {
  const result = await verifier.verify(document);
  if (!result.ok) throw new Error(`A document of the bench does not verify. ${result.reason}`);
}

/** Everything but the verification itself is done before. */
async function bareVerification(documents: readonly Uint8Array[]): Promise<(count: number) => Promise<void>> {
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
  return async (count) => {
    for (let done = 0; done < count; done++) {
      const { key, data, signature } = inputs[next] as (typeof inputs)[number];
      if (!(await crypto.subtle.verify(ecdsa, key, signature, data))) throw new Error('A signature does not verify.');
      next = (next + 1) % inputs.length;
    }
  };
}

/** The other verifier judges at the present alone, so it is shown the document's own time as the present. */
async function otherVerification(
  { document, at }: NonNullable<TeeFixture['genuine']>,
  wasm: InitInput,
): Promise<(count: number) => Promise<void>> {
  await initOther({ module_or_path: wasm });
  const bytes = fromBase64(document);
  // Ours must accept the very same document, or the two would not do the same.
  await expectVerified(createNitroVerifier([awsNitroRoot()]), bytes);
  const { pcrs } = parseNitroDocument(bytes);
  const register = (index: number) => toHex(pcrs.get(index) ?? new Uint8Array());
  return async (count) => {
    for (let done = 0; done < count; done++) {
      const expected = new PCRs(register(0), register(1), register(2));
      const holds = atTime(at, () => validateAttestationDocPcrs(document, [expected]));
      if (!holds) throw new Error('The other verifier refuses the genuine document.');
    }
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
