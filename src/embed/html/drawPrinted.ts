import { qrCode } from '../../core/qr/qrCode.ts';
import { qrPath } from '../../core/qr/qrPath.ts';
import { h, picture, s } from './element.ts';
import { words } from './language.ts';
import { printedAddress } from './printedAddress.ts';

/** What stands on paper alone: the digest, and an address that carries it, as a code and in letters; never the evidence. */
export function drawPrinted(digest: string): HTMLElement {
  const { printed: text } = words();
  const address = printedAddress(window.location, digest);
  const { side, path } = qrPath(qrCode(address));
  return h(
    'section',
    { class: 'printed', 'aria-label': text.title },
    picture(
      132,
      `0 0 ${side} ${side}`,
      { class: 'code', 'shape-rendering': 'crispEdges' },
      s('rect', { width: side, height: side, fill: '#fff' }),
      s('path', { d: path, fill: '#000' }),
    ),
    h(
      'div',
      {},
      h('p', {}, h('strong', {}, text.title)),
      h('p', {}, address.startsWith('check.html') ? text.fromDisk : text.fromWeb),
      h('p', { class: 'address' }, address),
    ),
  );
}
