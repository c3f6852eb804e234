import type { Content } from '../kinds/content.ts';

/** What files beside a certificate look like. Cheap, and apart from what reads them: the page asks this of every file that is dropped. */
const maximumBlock = 32 * 1024 * 1024;
const maximumContext = 256 * 1024;
const openings = 65_536;

/** A node's answer that holds a transaction with its signature, or a block with all of them. */
export function looksLikeTransactions({ text }: Content): boolean {
  if (text === undefined || text.length > maximumBlock || !/^\s*\{/.test(text)) return false;
  const start = text.slice(0, 65_536);
  return /"transactions"\s*:\s*\[\s*\{/.test(start) || (/"r"\s*:\s*"0x/.test(start) && /"s"\s*:\s*"0x/.test(start));
}

/** A Bitcoin transaction as explorers give it, in hex. */
export function looksLikeBitcoinTransaction({ bytes, encoding }: Content): boolean {
  if (encoding !== 'hex' || bytes.length < 60) return false;
  return (bytes[0] === 1 || bytes[0] === 2) && bytes[1] === 0 && bytes[2] === 0 && bytes[3] === 0;
}

/** A file that is a context: an object whose one content is `@context`. */
export function looksLikeContext({ text }: Content): boolean {
  return text !== undefined && text.length <= maximumContext && /^\s*\{\s*"@context"\s*:\s*\{/.test(text);
}

/** A profile of an issuer (Blockcerts, Open Badges) or a DID document. */
export function looksLikeIssuerProfile({ text }: Content): boolean {
  if (text === undefined || !/^\s*\{/.test(text)) return false;
  const ends = text.slice(0, openings) + text.slice(-openings);
  if (/"(proof|signature|badge)"\s*:/.test(ends)) return false;
  return /"(publicKey|verificationMethod)"\s*:\s*\[/.test(ends) && /"id"\s*:/.test(ends);
}

/** A list of certificates that an issuer took back (Open Badges `RevocationList`). */
export function looksLikeRevocationList({ text }: Content): boolean {
  return (
    text !== undefined && /^\s*\{/.test(text) && /"type"\s*:\s*\[?\s*"RevocationList"/.test(text.slice(0, openings))
  );
}

/** A status list (bits of many certificates at once). */
export function looksLikeStatusList({ text }: Content): boolean {
  return text !== undefined && /^\s*\{/.test(text) && /"encodedList"\s*:/.test(text.slice(0, openings));
}
