/** Enough of an address to recognise it beside others on the page, never to compare: `0xf39f…2266`. */
export function shortAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}
