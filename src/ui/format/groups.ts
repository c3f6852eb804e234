/** A digest in groups of four, so that two people can read it to each other. */
export function groups(hex: string): readonly string[] {
  return hex.match(/.{1,4}/g) ?? [];
}

/** The first two groups and the last: enough to recognise, never enough to compare. */
export function shortened(hex: string): string {
  if (hex.length <= 16) return groups(hex).join(' ');
  return `${hex.slice(0, 4)} ${hex.slice(4, 8)} … ${hex.slice(-4)}`;
}
