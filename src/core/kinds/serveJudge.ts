import { AuditorError } from '../verdict/auditorError.ts';
import { readContent, type Content } from './content.ts';
import { judge, recognise } from './judge.ts';
import { isJudgeRequest, type FileBytes, type JudgeReply, type JudgeRequest } from './protocol.ts';
import { blobSource, streamedContent } from './source.ts';
import type { Checker, Context, Kind } from './kind.ts';
import { serveWorker } from './serveWorker.ts';

/**
 * The worker's side of the judging protocol: what to do with each message. A message that is no request is dropped, since nobody could be
 * answered. One request may be cancelled while it runs; kinds look at `context.signal` between their steps.
 */
export function serveJudge(kinds: readonly Kind[], post: (reply: JudgeReply) => void): (message: unknown) => void {
  return serveWorker(isJudgeRequest, (request, signal) => answer(request, kinds, post, signal), post);
}

async function answer(
  request: Extract<JudgeRequest, { type: 'judge' }>,
  kinds: readonly Kind[],
  post: (reply: JudgeReply) => void,
  signal: AbortSignal,
): Promise<void> {
  const { id, trust, givenTime, now } = request;
  const content = request.blob ? streamedContent(request.name, request.bytes, blobSource(request.blob)) : read(request);
  const context: Context = {
    trust,
    now,
    ...(givenTime === undefined ? {} : { givenTime }),
    companions: request.companions.map(read),
    signal,
    onProgress: (progress) => post({ type: 'progress', id, ...progress }),
    onCheck: (path, check) => post({ type: 'check', id, path, check }),
  };
  const kind = recognise(content, kinds);
  if (kind) {
    const checker = await load(kind);
    signal.throwIfAborted();
    post({ type: 'plan', id, kind: kind.name, plan: checker.plan(content, context) });
  }
  const report = await judge(content, context, kinds);
  signal.throwIfAborted();
  post({ type: 'verdict', id, report });
}

/** @throws AuditorError `source` where the kind's own part cannot be loaded: the page is offline, or was built anew since it was opened. */
async function load(kind: Kind): Promise<Checker> {
  try {
    return await kind.load();
  } catch (cause) {
    throw new AuditorError(
      'source',
      'KIND_LOAD',
      `The part of Affidavit that judges the kind "${kind.title}" could not be loaded. Reload the page and try again.`,
      { cause },
    );
  }
}

function read(file: FileBytes): Content {
  return readContent(file.name, file.bytes);
}
