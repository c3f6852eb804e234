import { pins } from 'virtual:embed-pins';
import { drawPending, type Pending } from './drawPending.ts';
import { openFrame, type FrameRelay } from './frame/frameRelay.ts';
import type { FrameMessage } from './frame/protocol.ts';
import { h } from './html/element.ts';
import { loadPart } from './loadPart.ts';
import { languageOf, modeOf, themeOf, webAddress, type Language } from './settings.ts';
import { elementSheet } from './sheet.ts';
import { checkPage, siteFolder } from './site.ts';
import type { Checked, Source } from './lazy/checkEvidence.ts';
import type { Part } from './lazy/part.ts';
import type { EmbedError, EmbedStatus, PrintedReport } from './status.ts';
import { wordsOf } from './wordsOf.ts';
import type { EmbedWords } from './words.en.ts';
import { fill } from '../core/verdict/messages.ts';

type State =
  Pending | { readonly status: Checked['report']['verdict']; readonly checked: Checked; readonly part: Part };

const site = siteFolder(import.meta.url);
/** How long a frame may take to answer, in milliseconds. */
const framePatience = 20_000;

/**
 * `<affidavit-certificate src trust mode theme lang>`: shows whether evidence holds, in somebody else's page. A verdict is shown only after this element has made the
 * check itself since the page was loaded: what the page writes into `status` is overwritten, and nothing is kept between page loads.
 */
export class CertificateElement extends HTMLElement {
  static readonly observedAttributes = ['src', 'trust', 'mode', 'theme', 'lang', 'status', 'frame'];

  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #body = h('div', { class: 'body-of-element' });
  readonly #live = h('p', { role: 'status', class: 'visually-hidden' });
  #state: State = { status: 'waiting' };
  #shown: EmbedStatus = 'waiting';
  #run: AbortController | undefined;
  #relay: FrameRelay | undefined;
  #watch: IntersectionObserver | undefined;
  #certificate: unknown;
  #trustFile: unknown;
  #isRestartDue = false;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [elementSheet()];
    this.#root.append(this.#body, this.#live);
    // Branches of the tree are drawn when they are opened, by parts that know one language at a time.
    this.#root.addEventListener('toggle', () => 'part' in this.#state && this.#state.part.speak(this.#language), true);
  }

  /** Where the check of this page load stands. */
  get status(): EmbedStatus {
    return this.#shown;
  }

  /** Evidence in place of `src`: text, bytes, a Blob, or a certificate as an object. */
  get certificate(): unknown {
    return this.#certificate;
  }

  set certificate(given: unknown) {
    this.#certificate = given ?? undefined;
    this.#restart();
  }

  /** A trust file in place of `trust`: text, bytes, a Blob, or an object. */
  get trustFile(): unknown {
    return this.#trustFile;
  }

  set trustFile(given: unknown) {
    this.#trustFile = given ?? undefined;
    this.#restart();
  }

  connectedCallback(): void {
    // What was set before the element was known stands in the way of its own properties.
    for (const name of ['certificate', 'trustFile'] as const) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete (this as unknown as Record<string, unknown>)[name];
      this[name] = value;
    }
    this.#restart();
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (name === 'status') this.#mirror();
    else if (before === now || !this.isConnected) return;
    else if (name === 'src' || name === 'trust' || name === 'frame') this.#restart();
    else if (this.#relay && name === 'mode') this.#restart();
    else {
      this.#relay?.send({ type: 'look', theme: themeOf(this.getAttribute('theme')), lang: this.#language });
      this.#draw();
    }
  }

  /** Checks now, whether the element is to be seen or not, and again where it has checked before. */
  check(): void {
    this.#isRestartDue = false;
    if (!this.isConnected) return;
    if (this.hasAttribute('frame')) this.#checkInFrame();
    else void this.#check();
  }

  get #language(): Language {
    const around = this.closest<HTMLElement>('[lang]')?.lang;
    return languageOf([around, ...navigator.languages]);
  }

  get #words(): EmbedWords {
    return wordsOf(this.#language);
  }

  /** What was checked is no longer what is named: begins anew, as soon as the element can be seen. Several changes at once begin one check. */
  #restart(): void {
    if (!this.isConnected) return;
    this.#stop();
    if (this.#isRestartDue) return;
    this.#isRestartDue = true;
    queueMicrotask(() => {
      // A check that was asked for meanwhile has taken its place.
      if (!this.#isRestartDue) return;
      this.#isRestartDue = false;
      if (!this.isConnected) return;
      this.#watch?.disconnect();
      this.#watch = new IntersectionObserver(
        (entries) => entries.some(({ isIntersecting }) => isIntersecting) && this.check(),
        { rootMargin: '200px' },
      );
      this.#watch.observe(this);
    });
  }

  #stop(): void {
    this.#run?.abort();
    this.#run = undefined;
    this.#relay?.close();
    this.#relay = undefined;
    this.#watch?.disconnect();
    this.#set({ status: 'waiting' });
  }

  async #check(): Promise<void> {
    this.#stop();
    const run = new AbortController();
    this.#run = run;
    this.#set({ status: 'checking' });
    const words = this.#words;
    try {
      const evidence = this.#source(this.#certificate, 'src');
      if ('fault' in evidence) {
        this.#fail(evidence.fault);
        return;
      }
      const trust =
        this.#trustFile !== undefined || this.hasAttribute('trust')
          ? this.#source(this.#trustFile, 'trust')
          : undefined;
      if (trust && 'fault' in trust) {
        this.#fail(trust.fault);
        return;
      }
      const part = await loadPart(site).catch(() => undefined);
      if (run.signal.aborted) return;
      if (!part) {
        this.#fail({ kind: 'source', code: 'EMBED_PART', message: fill(words.noPart, { site: site.origin }) });
        return;
      }
      try {
        const asked = { evidence, trust, language: this.#language, words, pins, site };
        const checked = await part.check(asked, {
          signal: run.signal,
          now: Date.now(),
          onProgress: (progress) => run === this.#run && this.#set({ status: 'checking', progress }),
        });
        if (run !== this.#run) return;
        this.#set({ status: checked.report.verdict, checked, part });
        this.#tellVerdict(part.printed(checked));
      } catch (thrown) {
        if (run === this.#run) this.#fail(part.fault(thrown));
      }
    } finally {
      if (run === this.#run) this.#run = undefined;
    }
  }

  #source(given: unknown, attribute: 'src' | 'trust'): Source | { readonly fault: EmbedError } {
    if (given !== undefined) return { given };
    const text = this.getAttribute(attribute);
    const address = webAddress(text, document.baseURI);
    if (address) return { address };
    const words = this.#words;
    const message = text === null ? words.noSource : fill(words.badAddress, { address: text });
    return { fault: { kind: 'usage', code: 'EMBED_ADDRESS', message } };
  }

  /** The frame fetches, judges and draws; what it tells is taken over. */
  #checkInFrame(): void {
    this.#stop();
    const address = new URL('embed.html', site);
    const parameters = new URLSearchParams({
      origin: window.location.origin,
      mode: modeOf(this.getAttribute('mode')),
      theme: themeOf(this.getAttribute('theme')),
      lang: this.#language,
    });
    const isGiven = this.#certificate !== undefined || this.#trustFile !== undefined;
    if (isGiven) parameters.set('wait', '');
    for (const name of ['src', 'trust'] as const) {
      const target = webAddress(this.getAttribute(name), document.baseURI);
      if (target) parameters.set(name, target.href);
    }
    address.hash = `/?${parameters}`;
    const late = setTimeout(() => {
      this.#relay?.close();
      this.#relay = undefined;
      this.#fail({ kind: 'source', code: 'EMBED_FRAME', message: fill(this.#words.noFrame, { site: site.origin }) });
    }, framePatience);
    const relay = openFrame(address, this.#words.frame, (message) => {
      clearTimeout(late);
      this.#hear(relay, message, isGiven);
    });
    this.#relay = relay;
    this.#shown = 'checking';
    this.#mirror();
    this.#body.replaceChildren(relay.frame);
  }

  #hear(relay: FrameRelay, message: FrameMessage, isGiven: boolean): void {
    if (relay !== this.#relay) return;
    switch (message.type) {
      case 'ready':
        if (isGiven) relay.send({ type: 'check', certificate: this.#certificate, trustFile: this.#trustFile });
        break;
      case 'size':
        relay.frame.style.blockSize = `${Math.ceil(message.height)}px`;
        break;
      case 'status':
        this.#shown = message.status;
        this.#mirror();
        break;
      case 'verdict':
        this.#tell('affidavit-verdict', message.report);
        break;
      case 'error':
        this.#tell('affidavit-error', message.error);
        break;
    }
  }

  #fail(error: EmbedError): void {
    this.#set({ status: 'error', error });
    this.#live.textContent = `${this.#words.statuses.error}. ${error.message}`;
    this.#tell('affidavit-error', error);
  }

  #tellVerdict(report: PrintedReport): void {
    this.#live.textContent = this.#words.statuses[report.verdict];
    this.#tell('affidavit-verdict', report);
  }

  #tell(name: 'affidavit-verdict' | 'affidavit-error', detail: PrintedReport | EmbedError): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #set(state: State): void {
    this.#state = state;
    this.#shown = state.status;
    if (state.status === 'waiting') this.#live.textContent = '';
    this.#mirror();
    this.#draw();
  }

  /** The attribute says what this element found, whoever wrote something else there. */
  #mirror(): void {
    if (this.isConnected && this.getAttribute('status') !== this.#shown) this.setAttribute('status', this.#shown);
  }

  #draw(): void {
    if (!this.isConnected || this.#relay) return;
    const mode = modeOf(this.getAttribute('mode'));
    const words = this.#words;
    const state = this.#state;
    const again = (): void => this.check();
    const address =
      this.#certificate === undefined ? webAddress(this.getAttribute('src'), document.baseURI) : undefined;
    const drawn =
      'checked' in state
        ? state.part.draw(state.checked, {
            mode,
            language: this.#language,
            words,
            site: site.host,
            elsewhere: checkPage(site, address && /^https?:$/.test(address.protocol) ? address : undefined),
            again,
          })
        : drawPending(state, mode, words, again);
    drawn.lang = this.#language;
    // Both languages run from left to right, whatever the page around does: marks, columns and numbers with them.
    drawn.dir = 'ltr';
    const hadFocus = this.#root.activeElement?.classList.contains('again') === true;
    this.#body.replaceChildren(drawn);
    if (hadFocus) this.#root.querySelector<HTMLElement>('.again')?.focus();
  }
}
