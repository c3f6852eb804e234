/**
 * Whether WebCrypto refused a key because of the key. Everything else that it throws (no WebCrypto on an insecure page, a curve that the
 * platform does not have) says nothing about evidence and must stay a throw, or a broken environment would look like a forgery.
 */
export function isBadKey(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'DataError' || error.name === 'OperationError');
}
