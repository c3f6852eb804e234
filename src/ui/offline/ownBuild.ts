/** The digest of the build that this page is of, as the build wrote it into the page; undefined where the page is served for development. */
export function ownBuild(): string | undefined {
  const digest = document.querySelector('meta[name="affidavit-build"]')?.getAttribute('content') ?? '';
  return /^[0-9a-f]{64}$/.test(digest) ? digest : undefined;
}
