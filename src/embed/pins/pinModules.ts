import { h } from '../html/element.ts';
import type { Digests } from '../../audit/pool/pins.ts';

/**
 * Has the browser load modules and compare them with their digests, before anything imports them. What a page has once loaded as a module it takes for every later import of
 * the same address, so what runs is what was compared. Needs no more of a policy than the import itself.
 * @throws TypeError where one does not come, is not what it should be, or the browser cannot compare
 */
export async function pinModules(site: URL, digests: Digests): Promise<void> {
  if (!document.createElement('link').relList.supports('modulepreload')) throw new TypeError('modulepreload');
  // A page that names its programs by a nonce has given it to this one, and an import would go by it too.
  const program = new URL('embed.js', site).href;
  const nonce = [...document.scripts].find(({ src }) => src === program)?.nonce || undefined;
  await Promise.all(
    Object.entries(digests).map(
      ([name, integrity]) =>
        new Promise<void>((resolve, reject) => {
          const link = h('link', {
            rel: 'modulepreload',
            href: new URL(name, site).href,
            integrity,
            crossorigin: 'anonymous',
            nonce,
            load: () => resolve(),
            error: () => reject(new TypeError(name)),
          });
          document.head.append(link);
        }),
    ),
  );
}
