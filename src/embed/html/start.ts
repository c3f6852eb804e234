import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import { fromBase64 } from '../../core/bytes/base64.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { certificateCheckerOf } from '../../core/certificate/checkerOf.ts';
import { affidavitType, maximumFileLength, readContent } from '../../core/kinds/content.ts';
import type { Kind } from '../../core/kinds/kind.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { fill } from '../../core/verdict/messages.ts';
import { openDoor, serve, type Reply } from './door.ts';
import { openAll } from './drawChecks.ts';
import { drawPage } from './drawPage.ts';
import { number, size } from './format.ts';
import { chooseLanguage, words } from './language.ts';
import type { Actions, GivenTrust, State } from './state.ts';
import type { SystemPage } from './systemPage.ts';

/** So many files are taken at once. */
const mostFiles = 64;

/** The program of a template: in the page it draws, in its own worker it judges. */
export function start(page: SystemPage): void {
  const kind: Kind = {
    name: 'certificate',
    title: 'Affidavit certificate',
    recognise: () => true,
    messages: page.messages,
    load: async () => certificateCheckerOf({ [page.name]: async () => page.judge }),
  };
  if (typeof document === 'undefined') {
    const handle = serve(kind, (reply) => postMessage(reply));
    addEventListener('message', ({ data }: MessageEvent<unknown>) => handle(data));
    return;
  }
  document.documentElement.lang = chooseLanguage(navigator.languages);
  run(
    document.documentElement.lang === 'de' ? { ...page, messages: { ...page.messages, ...page.german } } : page,
    kind,
  );
}

function run(page: SystemPage, kind: Kind): void {
  const main = document.querySelector('main') as HTMLElement;
  const live = document.querySelector('[role=status]') as HTMLElement;
  const program = document.querySelector('#program')?.textContent ?? '';
  let state: State = {
    certificate: slot('certificate'),
    program,
    summary: undefined,
    listed: undefined,
    offered: offeredTrust(),
    given: undefined,
    companions: [],
    leftOut: [],
    plan: [],
    progress: undefined,
    report: undefined,
    fault: undefined,
  };
  let lastId = 0;
  let isAsked = false;

  const draw = (): void => {
    main.replaceChildren(...drawPage(state, page, actions));
    if (state.summary) document.title = fill(words().title, { digest: state.summary.digest.slice(0, 8) });
  };
  const receive = (reply: Reply): void => {
    if ('id' in reply && reply.id !== lastId) return;
    switch (reply.type) {
      case 'summary':
        state = { ...state, summary: reply.summary, listed: reply.summary && listedTrust(page, reply.summary) };
        break;
      case 'plan':
        state = { ...state, plan: reply.plan };
        break;
      case 'progress':
        state = { ...state, progress: reply };
        break;
      case 'verdict': {
        state = { ...state, report: reply.report };
        const { verdict } = reply.report;
        live.textContent = `${words().verdicts[verdict]}. ${words().sentences[verdict]}`;
        break;
      }
      case 'error':
        state = { ...state, fault: fill(words().failed, { reason: reply.message }) };
        break;
      case 'lost':
        state = { ...state, fault: fill(words().failed, { reason: reply.reason }) };
        break;
      default:
        return;
    }
    draw();
    if (isAsked && reply.type === 'verdict') document.querySelector<HTMLElement>('#headline')?.focus();
  };
  const ask = openDoor(kind, program, receive);
  const judge = (): void => {
    lastId += 1;
    // Browsers withhold it from pages that came over an open line, and some from files.
    const fault = globalThis.crypto?.subtle === undefined ? words().insecure : undefined;
    state = { ...state, report: undefined, plan: [], progress: undefined, fault };
    draw();
    if (fault !== undefined) return;
    const { certificate, companions, given } = state;
    ask({
      type: 'judge',
      id: lastId,
      name: 'certificate',
      bytes: certificate,
      companions,
      trust: given?.trust ?? {},
      now: Date.now(),
    });
  };
  const set = (change: Partial<State>): void => {
    isAsked = true;
    state = { ...state, ...change };
    judge();
  };
  const take = async (files: readonly File[]): Promise<void> => {
    let { given, companions } = state;
    const leftOut = namesOfLeftOut(files);
    const taken = files.slice(0, mostFiles).filter(({ size: length }) => length <= maximumFileLength);
    live.textContent = leftOut.join(' ');
    if (taken.length === 0 && leftOut.length > 0) {
      state = { ...state, leftOut };
      draw();
      return;
    }
    for (const file of taken) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const content = readContent(file.name, bytes);
      if (affidavitType(content)?.startsWith('trust/') === true) {
        try {
          given = { trust: parseTrust(content.text ?? ''), name: file.name, digest: sha3Hex(bytes), from: 'own' };
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          state = { ...state, leftOut, fault: fill(words().trust.bad, { name: file.name, reason }) };
          draw();
          return;
        }
      } else companions = [...companions, { name: file.name, bytes }];
    }
    set({ given, companions, leftOut });
  };
  const choose = (multiple: boolean): void => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = multiple;
    input.addEventListener('change', () => void take([...(input.files ?? [])]));
    input.click();
  };
  const actions: Actions = {
    chooseTrust: () => choose(false),
    chooseCompanions: () => choose(true),
    takeSenders: () => set({ given: state.offered ?? asGiven(state.listed) }),
    leaveTrust: () => set({ given: undefined }),
    leaveCompanions: () => set({ companions: [], leftOut: [] }),
    save: () => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([state.certificate], { type: 'application/json' }));
      link.download = `${state.summary?.digest.slice(0, 16) ?? 'certificate'}.affidavit.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    },
  };
  takeDrops((files) => void take(files));
  addEventListener('beforeprint', () => openAll(main));
  draw();
  ask({ type: 'summary', bytes: state.certificate });
  judge();
}

/** What is not taken is said, by name. */
function namesOfLeftOut(files: readonly File[]): string[] {
  const { tooLong, tooMany } = words().companion;
  const limit = `${number(maximumFileLength / 2 ** 20)} MiB`;
  const long = files
    .slice(0, mostFiles)
    .filter((file) => file.size > maximumFileLength)
    .map((file) => fill(tooLong, { name: file.name, length: size(file.size), limit }));
  const count = files.length - mostFiles;
  return count > 0 ? [...long, fill(tooMany, { count: number(count), limit: number(mostFiles) })] : long;
}

/** What stands in one of the two places of the page; nothing where it is not the base64 that it must be. */
function slot(id: string): Uint8Array<ArrayBuffer> {
  const text = document.querySelector(`#${id}`)?.textContent ?? '';
  try {
    return fromBase64(text.replaceAll('\n', ''));
  } catch {
    return new Uint8Array(0);
  }
}

function offeredTrust(): GivenTrust | undefined {
  const bytes = slot('given-trust');
  if (bytes.length === 0) return undefined;
  try {
    return { trust: parseTrust(decodeUtf8(bytes)), name: '', digest: sha3Hex(bytes), from: 'sender' };
  } catch {
    return undefined;
  }
}

function listedTrust(page: SystemPage, summary: NonNullable<State['summary']>): State['listed'] {
  try {
    return parseTrust(JSON.stringify({ affidavit: 'trust/1', ...page.anchors(summary) }));
  } catch {
    return undefined;
  }
}

function asGiven(trust: State['listed']): GivenTrust | undefined {
  return trust && { trust, name: '', digest: sha3Hex(utf8(serializeTrust(trust))), from: 'sender' };
}

/** Files may be dropped anywhere. */
function takeDrops(take: (files: readonly File[]) => void): void {
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    take([...((event as DragEvent).dataTransfer?.files ?? [])]);
  });
}
