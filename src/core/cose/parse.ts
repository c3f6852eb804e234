import { CborReader, type CborBytes } from '../bytes/cborReader.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** A COSE_Sign1 message (RFC 9052 §4.2) with the offsets of its parts; nothing is copied. */
export interface CoseSign1 {
  readonly tagged: boolean;
  /** The content of the protected header's byte string, as it was signed: never encoded again. */
  readonly protectedHeader: CborBytes;
  /** Label 1 of the protected header where it is an integer there, else undefined. */
  readonly algorithm: number | undefined;
  readonly payload: CborBytes;
  readonly signature: CborBytes;
}

const algorithmLabel = 1;
const criticalLabel = 2;

/**
 * Reads a COSE_Sign1, untagged or under tag 18, with its payload inside and nothing behind it. The algorithm counts in the protected header only:
 * a message that states one outside of what is signed, or that demands to understand further headers (`crit`), is refused.
 * @throws FormatError with the offset in `bytes`.
 */
export function parseCoseSign1(bytes: Uint8Array, maximumLength: number): CoseSign1 {
  const reader = new CborReader(bytes, { maximumDepth: 8, maximumLength });
  const tagged = reader.peekType() === 'tag';
  if (tagged) {
    const offset = reader.offset;
    const tag = reader.readTag();
    if (tag !== 18) throw new FormatError(`COSE: expected tag 18 or none at byte ${offset}, found tag ${tag}.`, offset);
  }
  const offset = reader.offset;
  const count = reader.readArrayHeader();
  if (count !== 4)
    throw new FormatError(`COSE: expected an array of 4 elements at byte ${offset}, found ${count}.`, offset);
  const protectedHeader = reader.readBytes();
  const algorithm = readProtectedHeader(protectedHeader);
  refuseLabels(reader, [algorithmLabel, criticalLabel], 'the unprotected header');
  const payload = reader.readBytes();
  const signature = reader.readBytes();
  reader.finish();
  return { tagged, protectedHeader, algorithm, payload, signature };
}

/** The header is a map in a byte string; nothing at all stands for an empty map (RFC 9052 §3). */
function readProtectedHeader({ bytes, offset }: CborBytes): number | undefined {
  if (bytes.length === 0) return undefined;
  let algorithm: number | undefined;
  try {
    const reader = new CborReader(bytes, { maximumDepth: 8 });
    readHeaderMap(reader, 'the protected header', (label, at) => {
      if (label === criticalLabel) {
        throw new FormatError(`COSE: expected no critical headers at byte ${at}, found a list of them.`, at);
      }
      const type = reader.peekType();
      if (label === algorithmLabel && (type === 'negative' || type === 'uint')) algorithm = reader.readInt();
      else reader.skip();
    });
    reader.finish();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(
      `In the protected header, which begins at byte ${offset}: ${error.message}`,
      offset + error.offset,
    );
  }
  return algorithm;
}

function refuseLabels(reader: CborReader, labels: readonly number[], where: string): void {
  readHeaderMap(reader, where, (label, at) => {
    if (typeof label === 'number' && labels.includes(label)) {
      const what = label === algorithmLabel ? 'the algorithm' : 'critical headers';
      throw new FormatError(
        `COSE: expected ${what} in the protected header only, found it in ${where} at byte ${at}.`,
        at,
      );
    }
    reader.skip();
  });
}

/** Labels are integers or text, each once (RFC 9052 §3). */
function readHeaderMap(
  reader: CborReader,
  where: string,
  read: (label: number | string, offset: number) => void,
): void {
  const count = reader.readMapHeader();
  const labels = new Set<number | string>();
  for (let index = 0; index < count; index++) {
    const offset = reader.offset;
    const label = reader.peekType() === 'text' ? reader.readText() : reader.readInt();
    if (labels.has(label)) {
      throw new FormatError(
        `COSE: expected each label of ${where} once, found ${label} again at byte ${offset}.`,
        offset,
      );
    }
    labels.add(label);
    read(label, offset);
  }
}
