interface Styles {
  readonly tokens: string;
  readonly base: string;
  readonly page: string;
  readonly own: string;
}

/**
 * The style of the element's shadow from those of the page: the root is the element; what depends on the window's width depends on the element's; and lengths that
 * follow the root's type size follow `--affidavit-rem` where a page sets it, because many pages have a root of 10 pixels.
 */
export function embedStyle({ tokens, base, page, own }: Styles): string {
  const inShadow = [
    tokens.replaceAll(':root', ':host'),
    // Paper, margins and print of a whole page are not the element's.
    base.replace(/@media print \{[^]*$/, ''),
    page.replace('@media (width < 48rem)', '@container (width < 40rem)').replace(/@media print \{[^]*$/, ''),
    own,
  ].join('\n');
  return inShadow
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/(?<!width < )\b(\d*\.?\d+)rem\b/g, 'calc($1 * var(--affidavit-rem, 1rem))')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim();
}
