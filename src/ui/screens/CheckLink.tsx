import { useRouterState } from '@tanstack/react-router';
import { useLayoutEffect } from 'react';
import { linkedText } from '../links/linkAddress.ts';
import { FetchScreen } from '../links/FetchScreen.tsx';
import { ButtonLink } from '../parts/Button.tsx';
import { screens } from '../words/screens.en.ts';

const { check: words } = screens;

/**
 * The check page is its own document with its own policy; this leads there. What a link brings goes along: a certificate in the address at once, the digest of a printed one too, and what lies elsewhere after it was
 * fetched here.
 */
export function CheckLink() {
  const { pathname, search } = useRouterState({ select: ({ location }) => location });
  const text = linkedText(`#${pathname}`);
  useLayoutEffect(() => {
    if (text === undefined) return;
    window.location.replace(`check.html#${/^[0-9a-f]{64}$/.test(text) ? text : `/check/${text}`}`);
  }, [text]);
  const { src } = search as { readonly src?: string };
  if (src !== undefined) return <FetchScreen key={src} src={src} />;
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      <p>
        <ButtonLink look="primary" href="check.html">
          {words.open}
        </ButtonLink>
      </p>
    </>
  );
}
