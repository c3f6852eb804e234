/** The style of the element as text: tokens, base, the page that checks itself, and `element.css`; put together by `tools/embed/embedPlugin.ts`. */
declare module 'virtual:embed-style' {
  export const style: string;
}

/** What `embed.js` may load and its digests; nothing in development, and in the frame, which is a page of the site itself. */
declare module 'virtual:embed-pins' {
  import type { Pins } from '../audit/pool/pins.ts';
  export const pins: Pins | undefined;
}
