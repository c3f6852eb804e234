/** The folder that this build is served from, known from where the program itself was loaded. */
export function siteFolder(program: string): URL {
  const folder = new URL('./', program);
  // In the built frame, and in development, the program lies deeper than `embed.js`.
  return new URL(folder.pathname.replace(/(assets|src\/embed)\/$/, ''), folder);
}

/** The check page of that build for the same evidence, where the person brings a trust file of their own. */
export function checkPage(site: URL, evidence: URL | undefined): URL {
  const page = new URL('./', site);
  page.hash = evidence ? `/check?src=${encodeURIComponent(evidence.href)}` : '/check';
  return page;
}
