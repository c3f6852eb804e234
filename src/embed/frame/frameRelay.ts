import { h } from '../html/element.ts';
import { embedVersion, isFrameMessage, type FrameMessage, type PageMessage } from './protocol.ts';

type Say<Message> = Message extends unknown ? Omit<Message, 'affidavit'> : never;

export interface FrameRelay {
  readonly frame: HTMLIFrameElement;
  readonly send: (message: Say<PageMessage>) => void;
  readonly close: () => void;
}

/**
 * The page's side of a frame: hears only what comes from this very frame and from the origin that it was loaded from, and speaks to that origin alone.
 * `address` is that of `embed.html` with its parameters.
 */
export function openFrame(address: URL, title: string, receive: (message: FrameMessage) => void): FrameRelay {
  const frame = h('iframe', {
    title,
    src: address.href,
    class: 'frame',
    sandbox: 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    referrerpolicy: 'no-referrer',
  });
  const hear = ({ source, origin, data }: MessageEvent<unknown>): void => {
    if (source === null || source !== frame.contentWindow || origin !== address.origin) return;
    if (isFrameMessage(data)) receive(data);
  };
  window.addEventListener('message', hear);
  return {
    frame,
    send: (message) => frame.contentWindow?.postMessage({ affidavit: embedVersion, ...message }, address.origin),
    close: () => {
      window.removeEventListener('message', hear);
      frame.remove();
    },
  };
}
