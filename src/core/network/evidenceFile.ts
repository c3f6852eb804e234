import { decodeCbor, encodeCbor, type CborValue } from '../bytes/cbor.ts';
import { readContent, type Content } from '../kinds/content.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** What an evidence file begins with where the document needs others beside it. */
export const evidenceDomain = 'affidavit/evidence/1';

/** An attestation document, and what it is judged with: certificates, collateral, logs. */
export interface Evidence {
  readonly document: Content;
  readonly companions: readonly Content[];
}

const limits = { maximumDepth: 2, maximumItems: 72, maximumLength: 1024 * 1024 };
const maximumCompanions = 64;
/** An array of three whose first is a text of 20 bytes. */
const head = [0x83, 0x74];

/** The bytes whose digest a request names: the document as it is, or, with companions, CBOR `["affidavit/evidence/1", document, [* companion]]`. */
export function encodeEvidence(document: Uint8Array, companions: readonly Uint8Array[] = []): Uint8Array {
  return companions.length === 0 ? document : encodeCbor([evidenceDomain, document, companions]);
}

/** Reads what `encodeEvidence` made. @throws FormatError for a file that begins like one with companions and is none */
export function parseEvidence(bytes: Uint8Array): Evidence {
  if (!opensLikeOne(bytes)) return { document: readContent('document', bytes), companions: [] };
  const value = decodeCbor(bytes, limits);
  const [, document, companions] = value as readonly CborValue[];
  if (!(document instanceof Uint8Array)) throw fault('the bytes of a document second');
  if (!Array.isArray(companions) || companions.length === 0 || companions.length > maximumCompanions) {
    throw fault(`1 to ${maximumCompanions} companions third`);
  }
  return {
    document: readContent('document', document),
    companions: (companions as readonly CborValue[]).map((companion, index) => {
      if (!(companion instanceof Uint8Array)) throw fault('bytes for each companion');
      return readContent(`companion ${index + 1}`, companion);
    }),
  };
}

function opensLikeOne(bytes: Uint8Array): boolean {
  const start = [...head, ...new TextEncoder().encode(evidenceDomain)];
  return start.every((byte, index) => bytes[index] === byte);
}

function fault(expected: string): FormatError {
  return new FormatError(`Evidence: expected ${expected}.`, 0);
}
