import { errorReply } from '../kinds/errorReply.ts';
import { AuditorError } from '../verdict/auditorError.ts';
import { lookupIn } from './eventJson.ts';
import { isTraceHashRequest, type TraceHashReply, type TraceHashRequest } from './hashProtocol.ts';
import { makeLeafHasher } from './leafHasher.ts';

/** The worker's side of hashing leaves. A message that is no request is dropped. */
export function serveTraceHash(
  post: (reply: TraceHashReply, transfer: readonly ArrayBufferLike[]) => void,
): (message: unknown) => void {
  let hash: ReturnType<typeof makeLeafHasher> | undefined;
  const answer = (request: TraceHashRequest): TraceHashReply => {
    if (request.type === 'rules') {
      const { symbols, ...rules } = request.rules;
      hash = makeLeafHasher({ ...rules, symbols: symbols && lookupIn(symbols) });
      return { type: 'ready', id: request.id };
    }
    if (!hash)
      throw new AuditorError('internal', 'TRACE_RULES', 'How leaves are made was not said before the first of them.');
    return { type: 'hashed', id: request.id, hashes: hash(request.batch) };
  };
  return (message) => {
    if (!isTraceHashRequest(message)) return;
    let reply: TraceHashReply;
    try {
      reply = answer(message);
    } catch (error) {
      reply = errorReply(message.id, error);
    }
    post(reply, reply.type === 'hashed' ? [reply.hashes.buffer] : []);
  };
}
