/** Where the app fetches what an address leads to, to be judged on the check page. */
export function checkPath({ href }: URL): string {
  return `#/check?src=${encodeURIComponent(href)}`;
}

/** The certificate's text in an address of the form `#/check/<base64url>`. */
export function linkedText(hash: string): string | undefined {
  return /^#\/check\/([^?]+)/.exec(hash)?.[1];
}

/** What an address of the form `#/check?src=…` wants to have fetched. */
export function linkedSource(hash: string): string | undefined {
  const search = /^#\/check\?(.*)$/s.exec(hash)?.[1];
  return search === undefined ? undefined : (new URLSearchParams(search).get('src') ?? undefined);
}
