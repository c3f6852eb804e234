import { decode } from 'cbor-x';
import { decodeCbor } from '../../core/bytes/cbor.ts';
import { parseTuple } from '../../core/chain/tuple.ts';
import { parseNitroDocument } from '../../core/tee/nitro/parse.ts';
import { figure, type Bench } from './figure.ts';
import { makeChain } from './madeChain.ts';
import { sideBySide } from './sideBySide.ts';

/** The strict readers beside cbor-x, which refuses nothing: duplicates, trailing bytes and other forms pass it by. */
export const cborBench: Bench = {
  name: 'cbor',
  about: 'strict reading of tuples and enclave documents, beside cbor-x',
  async run({ emit }) {
    const { blocks, entries } = await makeChain(16);
    const tuples = blocks.map(({ tuple }) => tuple);
    const documents = entries.map(({ document }) => document);
    const each = (list: readonly Uint8Array[], read: (bytes: Uint8Array) => unknown) => () => {
      for (const bytes of list) read(bytes);
      return list.length;
    };
    const { rate, ratio } = await sideBySide({
      tuple: each(tuples, (bytes) => decodeCbor(bytes)),
      parsedTuple: each(tuples, parseTuple),
      looseTuple: each(tuples, decode),
      document: each(documents, parseNitroDocument),
      // Both layers, as the strict reader does.
      looseDocument: each(documents, (bytes) => decode((decode(bytes) as Uint8Array[])[2]!)),
    });
    emit([
      figure('cbor.tuple.strict', rate.tuple, 'tuples/s'),
      figure('cbor.tuple.parsed', rate.parsedTuple, 'tuples/s'),
      figure('cbor.tuple.cbor-x', rate.looseTuple, 'tuples/s'),
      figure('cbor.tuple.ratio', ratio('tuple', 'looseTuple'), 'ratio'),
      figure('cbor.document.strict', rate.document, 'documents/s'),
      figure('cbor.document.cbor-x', rate.looseDocument, 'documents/s'),
      figure('cbor.document.ratio', ratio('document', 'looseDocument'), 'ratio'),
    ]);
  },
};
