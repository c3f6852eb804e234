import { parseCoseSign1 } from '../../core/cose/parse.ts';
import { sigStructure } from '../../core/cose/sigStructure.ts';
import { createNitroVerifier } from '../../core/tee/nitro/nitroVerifier.ts';
import { maximumDocumentLength, parseNitroDocument } from '../../core/tee/nitro/parse.ts';
import { parseCertificate } from '../../core/x509/parse.ts';
import { parsePem } from '../../core/x509/pem.ts';
import { atLeast, figure, type Bench } from './figure.ts';
import { makeChain } from './madeChain.ts';
import { sideBySide } from './sideBySide.ts';

const ecdsa = { name: 'ECDSA', hash: 'SHA-384' } as const;

/** Enclave documents of one bundle verified whole, beside WebCrypto's own verification of their signatures in the same process. */
export const documentBench: Bench = {
  name: 'document',
  about: 'enclave documents verified a second, beside plain WebCrypto ES384 over the same bytes',
  async run({ emit }) {
    const { pin, entries } = await makeChain(200);
    const documents = entries.map(({ document }) => document);
    const verifier = createNitroVerifier([parsePem(pin.nitroRoots![0]!)]);
    const leaf = parseCertificate(parseNitroDocument(documents[0]!).certificate as Uint8Array);
    const key = await crypto.subtle.importKey(
      'spki',
      leaf.spki as Uint8Array<ArrayBuffer>,
      { name: 'ECDSA', namedCurve: 'P-384' },
      false,
      ['verify'],
    );
    const inputs = documents.map((bytes) => {
      const message = parseCoseSign1(bytes, maximumDocumentLength);
      return { data: sigStructure(message), signature: message.signature.bytes.slice() as Uint8Array<ArrayBuffer> };
    });
    const whole = async (bytes: Uint8Array) => {
      if (!(await verifier.verify(bytes)).ok) throw new Error('A document of the bench does not verify.');
    };
    const bare = async ({ data, signature }: (typeof inputs)[number]) => {
      if (!(await crypto.subtle.verify(ecdsa, key, signature, data))) throw new Error('A signature does not verify.');
    };
    const { rate, ratio } = await sideBySide({
      serial: async () => {
        for (const document of documents) await whole(document);
        return documents.length;
      },
      bareSerial: async () => {
        for (const input of inputs) await bare(input);
        return inputs.length;
      },
      // Node verifies on a pool of threads, so many at once are what its whole machine gives.
      atOnce: async () => {
        await Promise.all(documents.map(whole));
        return documents.length;
      },
      bareAtOnce: async () => {
        await Promise.all(inputs.map(bare));
        return inputs.length;
      },
    });
    emit([
      figure('document.serial', rate.serial, 'documents/s'),
      figure('document.serial.webcrypto', rate.bareSerial, 'signatures/s'),
      atLeast('document.serial.ratio', ratio('serial', 'bareSerial'), 'ratio', 0.9),
      figure('document.atOnce', rate.atOnce, 'documents/s'),
      figure('document.atOnce.webcrypto', rate.bareAtOnce, 'signatures/s'),
      figure('document.atOnce.ratio', ratio('atOnce', 'bareAtOnce'), 'ratio'),
    ]);
  },
};
