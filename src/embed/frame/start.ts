import type { CertificateElement } from '../certificateElement.ts';
import { languageOf, modeOf, themeOf } from '../settings.ts';
import type { EmbedError, PrintedReport } from '../status.ts';
import { embedVersion, exactOrigin, isPageMessage, type FrameMessage } from './protocol.ts';
import '../main.ts';

/**
 * `embed.html#/?src=…&trust=…&mode=…&theme=…&lang=…&origin=…`: the element as a document of its own, for pages whose policy lets nothing of ours run in them. It speaks
 * only to the page around it, and only where that is of the origin named.
 */
const parameters = new URLSearchParams(window.location.hash.replace(/^#\/?\??/, ''));
const origin = exactOrigin(parameters.get('origin'));
const around = window.parent === window ? undefined : window.parent;

type Say<Message> = Message extends unknown ? Omit<Message, 'affidavit'> : never;

function tell(message: Say<FrameMessage>): void {
  // The browser hands it over only where the page is of that origin.
  if (around && origin !== undefined) around.postMessage({ affidavit: embedVersion, ...message }, origin);
}

const language = languageOf([parameters.get('lang'), ...navigator.languages]);
const element = document.createElement('affidavit-certificate') as CertificateElement;
document.documentElement.lang = language;
document.documentElement.style.colorScheme = schemeOf(parameters.get('theme'));
element.setAttribute('mode', modeOf(parameters.get('mode')));
element.setAttribute('theme', themeOf(parameters.get('theme')));
element.setAttribute('lang', language);
for (const name of ['src', 'trust']) {
  const value = parameters.get(name);
  if (value !== null) element.setAttribute(name, value);
}

element.addEventListener('affidavit-verdict', (event) =>
  tell({ type: 'verdict', report: (event as CustomEvent<PrintedReport>).detail }),
);
element.addEventListener('affidavit-error', (event) =>
  tell({ type: 'error', error: (event as CustomEvent<EmbedError>).detail }),
);
new MutationObserver(() => tell({ type: 'status', status: element.status })).observe(element, {
  attributeFilter: ['status'],
});
new ResizeObserver(() => tell({ type: 'size', height: element.getBoundingClientRect().height })).observe(element);

window.addEventListener('message', ({ source, origin: from, data }: MessageEvent<unknown>) => {
  if (!around || source !== around || origin === undefined || from !== origin || !isPageMessage(data)) return;
  if (data.type === 'look') {
    document.documentElement.style.colorScheme = schemeOf(data.theme);
    element.setAttribute('theme', themeOf(data.theme));
    element.setAttribute('lang', languageOf([data.lang]));
    return;
  }
  if (data.certificate !== undefined) element.certificate = data.certificate;
  if (data.trustFile !== undefined) element.trustFile = data.trustFile;
  show();
});

// What the page will give is waited for: without it there is nothing to check, or another trust file.
if (!parameters.has('wait')) show();
tell({ type: 'ready' });

function show(): void {
  if (!element.isConnected) document.querySelector('main')?.append(element);
  element.check();
}

function schemeOf(theme: string | null): string {
  const chosen = themeOf(theme);
  return chosen === 'auto' ? 'light dark' : chosen;
}
