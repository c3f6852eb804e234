/** The tags that certificates and public keys are made of (X.690 §8). */
const sequence = 0x30;
const bitString = 0x03;
const objectIdentifier = 0x06;

interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** The DER element at `offset`, or undefined where there is none: definite, minimal lengths below 2²⁴, wholly inside `end`. */
function element(bytes: Uint8Array, offset: number, end: number): Element | undefined {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) return undefined;
  let length = first;
  let start = offset + 2;
  if (first >= 0x80) {
    const count = first - 0x80;
    if (count < 1 || count > 3) return undefined;
    length = 0;
    for (let index = 0; index < count; index++) length = length * 256 + (bytes[start + index] ?? 0);
    if (length < (count === 1 ? 0x80 : 256 ** (count - 1))) return undefined;
    start += count;
  }
  return start + length <= end ? { tag, start, end: start + length } : undefined;
}

/** The tags of the children of the one SEQUENCE that `bytes` are, or undefined where they are something else. */
function children(bytes: Uint8Array): Element[] | undefined {
  const outer = element(bytes, 0, bytes.length);
  if (outer?.tag !== sequence || outer.end !== bytes.length) return undefined;
  const found: Element[] = [];
  for (let offset = outer.start; offset < outer.end; ) {
    const child = element(bytes, offset, outer.end);
    if (!child) return undefined;
    found.push(child);
    offset = child.end;
  }
  return found;
}

function hasTags(found: readonly Element[] | undefined, ...tags: number[]): found is readonly Element[] {
  return found?.length === tags.length && found.every(({ tag }, index) => tag === tags[index]);
}

/** Whether `bytes` have the outer form of exactly one X.509 certificate: tbsCertificate, algorithm, signature (RFC 5280 §4.1). */
export function isCertificateDer(bytes: Uint8Array): boolean {
  return hasTags(children(bytes), sequence, sequence, bitString);
}

/** Whether `bytes` have the form of exactly one SubjectPublicKeyInfo: algorithm identifier, key (RFC 5280 §4.1.2.7). */
export function isPublicKeyDer(bytes: Uint8Array): boolean {
  const parts = children(bytes);
  if (!hasTags(parts, sequence, bitString)) return false;
  const [algorithm] = parts;
  return algorithm !== undefined && element(bytes, algorithm.start, algorithm.end)?.tag === objectIdentifier;
}
