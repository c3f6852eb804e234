/** Seconds since 1970, as a certificate claims them, in RFC 3339 in UTC; or words where that cannot be written. */
export function moment(seconds: unknown): string {
  const isTime =
    typeof seconds === 'number' && Number.isSafeInteger(seconds) && seconds >= 0 && seconds < 253_402_300_800;
  return isTime ? new Date(seconds * 1000).toISOString().replace('.000Z', 'Z') : 'an unreadable time';
}
