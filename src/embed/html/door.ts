import { decodeText } from '../../core/bytes/unwrap.ts';
import { asAuditorError } from '../../core/kinds/errorReply.ts';
import type { Kind } from '../../core/kinds/kind.ts';
import { isJudgeReply, type JudgeReply, type JudgeRequest } from '../../core/kinds/protocol.ts';
import { serveJudge } from '../../core/kinds/serveJudge.ts';
import { spawnFromText } from '../../audit/pool/spawnFromText.ts';
import { summaryOf, type Summary } from './summary.ts';

/** What the page asks of its worker: the summary of a certificate, or its verdict. */
type Request = { readonly type: 'summary'; readonly bytes: Uint8Array } | JudgeRequest;

export type Reply =
  | { readonly type: 'summary'; readonly summary: Summary | undefined }
  | { readonly type: 'lost'; readonly reason: string }
  | JudgeReply;

/** Sends a request to wherever the program runs. */
export type Ask = (request: Request) => void;

/** The far side of the door: what to do with each message. */
export function serve(kind: Kind, post: (reply: Reply) => void): (message: unknown) => void {
  const judge = serveJudge([kind], post);
  return (message) => {
    const { type, bytes } = message as { readonly type?: unknown; readonly bytes?: unknown };
    if (type !== 'summary' || !(bytes instanceof Uint8Array)) {
      judge(message);
      return;
    }
    try {
      post({ type: 'summary', summary: summaryOf(decodeText(bytes) ?? '') });
    } catch (error) {
      post({ type: 'lost', reason: asAuditorError(error).message });
    }
  };
}

/**
 * Runs the page's own program a second time, in a worker, so that the page stays usable while it judges. Where the browser allows a file no workers, it is judged
 * on this side of the door, and the page stands still meanwhile.
 */
export function openDoor(kind: Kind, program: string, receive: (reply: Reply) => void): Ask {
  const here = (): Ask => {
    const handle = serve(kind, (reply) => setTimeout(receive, 0, reply));
    return (request) => setTimeout(handle, 20, request);
  };
  let worker: Worker;
  try {
    worker = spawnFromText(program);
  } catch {
    return here();
  }
  let ask: Ask = (request) => worker.postMessage(request);
  let isAnswering = false;
  const asked: Request[] = [];
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    isAnswering = true;
    receive(isReply(data) ? data : { type: 'lost', reason: 'The worker gave an answer that is none.' });
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    worker.terminate();
    if (isAnswering) {
      receive({ type: 'lost', reason: event.message });
      return;
    }
    // It never began: a policy or the browser forbids it.
    ask = here();
    asked.splice(0).forEach((request) => ask(request));
  });
  return (request) => {
    if (!isAnswering) asked.push(request);
    ask(request);
  };
}

function isReply(data: unknown): data is Reply {
  if (isJudgeReply(data)) return true;
  const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
  return type === 'summary' || type === 'lost';
}
