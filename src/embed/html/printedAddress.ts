/** No more bytes fit into the code. */
const longest = 213;

/**
 * What the printed code holds. A page on the web names itself, with the digest behind the `#`. One from a disk has no address, and none that its sender wrote into it
 * would be worth anything: then it is the check page's, without a site, which whoever compares puts before it.
 */
export function printedAddress({ protocol, host, pathname }: Location, digest: string): string {
  const own = `${protocol}//${host}${pathname}#${digest}`;
  return /^https?:$/.test(protocol) && new TextEncoder().encode(own).length <= longest ? own : `check.html#${digest}`;
}

/** The digest that a printed address carried into this page; nothing where it was opened without one. */
export function printedDigest({ hash }: Location): string | undefined {
  return /^#([0-9a-f]{64})$/.exec(hash)?.[1];
}
