import { AuditorError } from '../../core/verdict/auditorError.ts';

/** Where bloxberg's certify API answers, and the operator's own key for it. */
export interface BloxbergSettings {
  readonly url: URL;
  readonly key: string;
}

/**
 * Address and key out of options, else out of `BLOXBERG_API_URL` and `BLOXBERG_API_KEY`. The key belongs to the operator: it comes with no program, and never into a page.
 * @throws AuditorError (usage) BLOXBERG_URL, BLOXBERG_KEY
 */
export function bloxbergSettings(
  options: { readonly url?: string; readonly key?: string },
  environment: Readonly<Record<string, string | undefined>>,
): BloxbergSettings {
  const address = options.url ?? environment['BLOXBERG_API_URL'] ?? '';
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isLocal = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1';
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)) || url.username !== '') {
    const words =
      'The address of bloxberg’s certify API is missing or is none with https (the key would be sent in the clear)';
    throw new AuditorError('usage', 'BLOXBERG_URL', `${words}. Set BLOXBERG_API_URL or give --url.`);
  }
  const key = options.key ?? environment['BLOXBERG_API_KEY'] ?? '';
  // What a header can carry; anything else is a slip of the hand.
  if (!/^[\x21-\x7e]{8,512}$/.test(key)) {
    throw new AuditorError(
      'usage',
      'BLOXBERG_KEY',
      'There is no key for bloxberg’s certify API, or it is none. Set BLOXBERG_API_KEY.',
    );
  }
  return { url, key };
}
