import { fromBase64 } from '../../core/bytes/base64.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import { makeHostCertificate } from '../../core/host/certificate/hostCertificate.ts';
import { judgeHost } from '../../core/host/checkHost.ts';
import { hostDigest } from '../../core/host/hostCredential.ts';
import type { HostLedger } from '../../core/host/hostLedger.ts';
import { readContent, type Content } from '../../core/kinds/content.ts';
import { errorReply } from '../../core/kinds/errorReply.ts';
import type { Context } from '../../core/kinds/kind.ts';
import type { FileBytes } from '../../core/kinds/protocol.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { combine, verdictOf } from '../../core/verdict/status.ts';
import { dealImage } from '../host/dealImage.ts';
import { statusListOf } from '../host/hostAnswer.ts';
import { launchOnHost } from '../host/launchOnHost.ts';
import { readLedgers } from '../host/readLedgers.ts';
import { hostHistory } from './hostHistory.ts';
import { identifyService } from './identifyService.ts';
import {
  isLaunchRequest,
  type AnswerOf,
  type Examination,
  type HostExamined,
  type LaunchReply,
  type LaunchRequest,
  type PageLaunch,
  type PageLaunched,
  type PageStep,
  type QuestionName,
} from './protocol.ts';

/** The worker's side of launching on hosts and looking at them. A message that is no request is dropped, since nobody could be answered. @param now milliseconds since 1970 */
export function serveLaunch(post: (reply: LaunchReply) => void, now: () => number): (message: unknown) => void {
  const running = new Map<number, AbortController>();
  return (message) => {
    if (!isLaunchRequest(message)) return;
    const { id } = message;
    if (message.type === 'cancel') {
      running.get(id)?.abort();
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    running.set(id, controller);
    void answer(message, { signal, now, onStep: (step) => post({ type: 'step', id, step }) })
      .then((found) => {
        signal.throwIfAborted();
        post({ type: 'answer', id, answer: found });
      })
      .catch((thrown: unknown) => post(errorReply(id, asSource(thrown), signal)))
      .finally(() => running.delete(id));
  };
}

interface Doing {
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly onStep: (step: PageStep) => void;
}

async function answer(
  request: Exclude<LaunchRequest, { type: 'cancel' }>,
  doing: Doing,
): Promise<AnswerOf<QuestionName>> {
  switch (request.type) {
    case 'identify':
      return identifyService(request.url, doing.signal);
    case 'history':
      return hostHistory(request.url, doing.signal);
    case 'launch':
      return launch(request.launch, doing);
    case 'examine':
      return examine(request.examination, doing);
    case 'certify':
      return certify(request.examination, doing);
  }
}

async function launch(order: PageLaunch, { signal, now, onStep }: Doing): Promise<PageLaunched> {
  const { program, did, shares, ...rest } = order;
  const dealt =
    program &&
    (await dealImage({
      program,
      threshold: Math.max(2, shares),
      validators: order.validators.map(({ url }) => url),
      conditions: { hosts: [did] },
      signal,
    }));
  if (dealt) onStep({ step: 'dealt', description: dealt.description, length: dealt.encrypted.length });
  const image = dealt ?? order.image;
  const launched = await launchOnHost({
    ...rest,
    did,
    ...(image && { image }),
    ledgers: async () => {
      const ledgers = await ledgersOf(order.trust, { signal, now });
      if (ledgers.length > 0) onStep({ step: 'ledgers', count: ledgers.length });
      return ledgers;
    },
    runs: false,
    now,
    signal,
    onStep,
  });
  return { ...launched, ...(dealt && { dealt }) };
}

async function examine(examination: Examination, doing: Doing): Promise<HostExamined> {
  const { credential, trust, accepted, asks } = examination;
  const { signal, now } = doing;
  const files = asks ? await withNewList(examination, signal) : examination.files;
  const ledgers = asks ? await ledgersOf(trust, doing) : [];
  const before = accepted ? [accepted.first, accepted.last] : [];
  const [first, last] = before.map(hostDigest);
  const at = now();
  const judged = await judgeHost(canonicalJson(credential), {
    trust,
    now: at,
    signal,
    companions: [
      ...files.map(asContent),
      ...before.map((json) => readContent('accepted.json', utf8(canonicalJson(json)))),
    ],
    host: {
      ...(first === undefined || last === undefined ? {} : { accepted: { first, last } }),
      ledgers,
    },
  });
  const { checks, labels, details } = judged;
  return { verdict: verdictOf(combine(checks.map(({ status }) => status))), checks, labels, at, details, files };
}

async function certify(examination: Examination, { signal, now }: Doing): Promise<string> {
  const { credential, files, trust } = examination;
  const ledgers = await ledgersOf(trust, { signal, now });
  const context: Context = { trust, now: now(), signal, companions: [], host: { ledgers } };
  return makeHostCertificate(credential, files.map(asContent), context);
}

/** The list that the credential names, as it is now, in place of the one that came with it. */
async function withNewList({ credential, files }: Examination, signal: AbortSignal): Promise<readonly FileBytes[]> {
  const list = await statusListOf(credential, signal);
  if (!list) return files;
  return [...files.filter(({ name }) => name !== list.name), { name: list.name, bytes: fromBase64(list.bytes) }];
}

function ledgersOf(trust: Trust, { signal, now }: Pick<Doing, 'signal' | 'now'>): Promise<readonly HostLedger[]> {
  return readLedgers(trust, { signal, now: now() });
}

function asContent({ name, bytes }: FileBytes): Content {
  return readContent(name, bytes);
}

/** What a service answered and cannot be read is the service's fault, not ours. */
function asSource(thrown: unknown): unknown {
  if (!(thrown instanceof FormatError)) return thrown;
  return new AuditorError('source', 'HOST_FORM', thrown.message, { cause: thrown });
}
