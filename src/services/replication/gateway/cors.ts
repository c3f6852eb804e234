/** Anyone may read from any page: what is stored is public evidence, and nothing is sent with cookies. */
export const readHeaders: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers':
    'ETag, Content-Length, Content-Range, Accept-Ranges, Last-Modified, x-amz-version-id, x-amz-delete-marker',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** The answer to a preflight: reading only. Writes come from the writer, which is not a page. */
export const preflightHeaders: Readonly<Record<string, string>> = {
  ...readHeaders,
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Allow-Headers': 'Range, If-None-Match, If-Match, Cache-Control',
  'Access-Control-Max-Age': '86400',
};

/**
 * `tuple/…` is named by the hash of its content: a cache may keep it for ever. Everything else can get a further version.
 * An error is never kept.
 */
export function cacheControl(key: string): string {
  return /(^|\/)tuple\/[0-9a-f]{64}$/.test(key) ? 'public, max-age=31536000, immutable' : 'no-cache';
}
