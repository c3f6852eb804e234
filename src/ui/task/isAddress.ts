/** Whether a text is the address of an account or a contract, in either case of its digits. */
export function isAddress(text: string): boolean {
  return /^0x[0-9a-f]{40}$/i.test(text);
}
