import { useCallback, useEffect, useRef, useState } from 'react';
import { takeHandoff, type Handoff } from '../files/handoff.ts';
import { link as words } from '../words/link.en.ts';
import { readLink, type LinkFault } from './certificateLink.ts';
import { linkedSource, linkedText } from './linkAddress.ts';

/** How what is judged came here, where neither dropped nor chosen: in the link, from the address that a link named, or not at all. */
export type Came =
  { readonly by: 'link' } | { readonly by: 'fetch'; readonly from: string } | ({ readonly by: 'fault' } & LinkFault);

interface Arrival {
  readonly came: Came | undefined;
  /** The address no longer says what is shown. */
  readonly leave: () => void;
}

/**
 * What comes to the check page with its address: files that the app handed over are judged at once (a trust file that came with them is only offered; what was pinned on this page itself, before it was loaded again, is pinned again), and so is a certificate
 * that stands in the address itself. A link that names an address leads to the app, since this page may fetch nothing.
 */
export function useArrivals(
  onFiles: (files: readonly File[]) => void,
  onSession: (session: NonNullable<Handoff['session']>) => void,
): Arrival {
  const [came, setCame] = useState<Came>();
  const take = useRef({ onFiles, onSession });
  const read = useRef('');
  useEffect(() => {
    take.current = { onFiles, onSession };
  });
  useEffect(() => {
    const arrive = async (): Promise<void> => {
      const { hash } = window.location;
      if (hash === read.current) return;
      read.current = hash;
      const src = linkedSource(hash);
      if (src !== undefined) return window.location.replace(`index.html${hash}`);
      const text = linkedText(hash);
      if (text !== undefined) {
        const bytes = await readLink(text);
        if (!(bytes instanceof Uint8Array)) return setCame({ by: 'fault', ...bytes });
        setCame({ by: 'link' });
        return take.current.onFiles([new File([bytes], words.name)]);
      }
      const handoff = await takeHandoff();
      if (!handoff) return;
      const { files, trust, session, linked } = handoff;
      if (session) take.current.onSession(session);
      if (linked) {
        read.current = `#/check?src=${encodeURIComponent(linked.src)}`;
        history.replaceState(null, '', read.current);
        setCame({ by: 'fetch', from: linked.from });
      }
      const offered = trust ? [new File([trust.text], trust.name)] : [];
      if (files.length + offered.length > 0)
        take.current.onFiles([...files.map(({ name, bytes, blob }) => new File([blob ?? bytes], name)), ...offered]);
    };
    const listen = (): void => void arrive();
    listen();
    window.addEventListener('hashchange', listen);
    return () => window.removeEventListener('hashchange', listen);
  }, []);
  const leave = useCallback(() => {
    setCame(undefined);
    const { hash, pathname } = window.location;
    if (linkedText(hash) === undefined && linkedSource(hash) === undefined) return;
    history.replaceState(null, '', pathname);
    read.current = '';
  }, []);
  return { came, leave };
}
