/** The style of the element as text: tokens, base, the page that checks itself, and `element.css`; put together by `tools/embed/embedPlugin.ts`. */
declare module 'virtual:embed-style' {
  export const style: string;
}
