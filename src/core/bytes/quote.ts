/** One character as a person can read it in an error: `"x"`, or its code point where it does not print. */
export function quoteCharacter(text: string, index: number): string {
  const codePoint = text.codePointAt(index);
  if (codePoint === undefined) return 'the end';
  const printable = codePoint > 0x20 && codePoint < 0x7f;
  return printable
    ? `"${String.fromCodePoint(codePoint)}"`
    : `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
