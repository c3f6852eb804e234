import { expect, it } from 'vitest';
import { embedStyle } from './embedStyle.ts';

it('fits the style of a page to the shadow of an element', () => {
  const style = embedStyle({
    tokens: ':root {\n  --one: 0.5rem; /* said */\n}',
    base: 'p {\n  margin: 0;\n}\n\n@media print {\n  html { background: #fff; }\n}\n',
    page: '@media (width < 48rem) {\n  .card { padding: 1rem; }\n}\n\n@media print {\n  body { padding: 0; }\n}\n',
    own: '@container (width < 30rem) {\n  .sheet { gap: 2rem; }\n}',
  });
  expect(style).toContain(':host {\n--one: calc(0.5 * var(--affidavit-rem, 1rem));');
  expect(style).toContain('@container (width < 40rem) {\n.card { padding: calc(1 * var(--affidavit-rem, 1rem)); }');
  expect(style).toContain('@container (width < 30rem)');
  expect(style).not.toMatch(/:root|@media print|said|body/);
});
