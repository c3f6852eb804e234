/** Where the document of a `did:web` lies, and whether that is this machine: then plain http serves it, for development, and it says nothing about anybody. */
export interface WebAddress {
  readonly url: string;
  readonly isDevelopment: boolean;
}

/** did:web method specification, §3.2: colons are slashes, the port is written `%3A`. Undefined for what is no such DID. */
export function webAddress(did: string): WebAddress | undefined {
  const [, authority, path] =
    /^did:web:([A-Za-z0-9.-]{1,253}(?:%3[Aa][0-9]{1,5})?)((?::[A-Za-z0-9._~%-]{1,200}){0,16})$/.exec(did) ?? [];
  if (authority === undefined || path === undefined) return undefined;
  const host = authority.replace(/%3a/i, ':');
  const segments = path.split(':').slice(1);
  // What would climb out of the folder, or be another separator once decoded.
  if (segments.some((segment) => /^\.{1,2}$/.test(segment) || /%(?![0-9a-f]{2})|%(2f|5c|2e|00)/i.test(segment))) {
    return undefined;
  }
  const isDevelopment = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host);
  const place = segments.length === 0 ? '.well-known' : segments.join('/');
  const url = `${isDevelopment ? 'http' : 'https'}://${host}/${place}/did.json`;
  return URL.canParse(url) ? { url, isDevelopment } : undefined;
}
