import { style } from 'virtual:embed-style';

let sheet: CSSStyleSheet | undefined;

/** One sheet for all elements of a page. Constructed, so that no policy for styles stands in its way. */
export function elementSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
  }
  return sheet;
}
