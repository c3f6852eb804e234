import type { IncomingMessage, ServerResponse } from 'node:http';
import { maximumAsked, verifyEvent, type EventData } from '../../audit/trace/verifyEvent.ts';
import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import { fromBase64 } from '../../core/bytes/base64.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../core/bytes/json.ts';
import { readContent } from '../../core/kinds/content.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { HttpFault } from '../process/httpFault.ts';
import { createHttpService, type HttpService } from '../process/httpService.ts';
import { readBody } from '../process/readBody.ts';
import { sendJson } from '../process/sendJson.ts';
import { sendPreflight } from '../process/sendPreflight.ts';
import { serviceFault } from '../process/serviceFault.ts';

export interface TracerServerOptions {
  /** What decides: ledgers, contracts, machines. Looked at for each question. */
  readonly trust: () => Trust;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Bytes of a question at most; default 32 MiB. */
  readonly maximumBody?: number;
  /** Questions that are judged at once; default 4. */
  readonly atOnce?: number;
}

/** Milliseconds that a question may take to come. */
const patience = 60_000;

/**
 * The attestation service: `POST /verify` answers whether a program did what somebody says, `GET /machines` says which machines and ledgers it relies on; see README.md. It keeps
 * nothing, and whoever does not trust it runs `verifyEvent` himself.
 * @throws AuditorError `usage` PORT_IN_USE
 */
export async function createTracerServer(options: TracerServerOptions): Promise<HttpService> {
  const { host, port } = options;
  const work = { running: 0 };
  return createHttpService({
    name: 'the attestation service',
    host,
    port,
    patience,
    answer: (request, response) => answer(options, work, request, response),
    faultOf: (error) => serviceFault(error, 'The service failed; nothing was judged.'),
  });
}

async function answer(
  options: TracerServerOptions,
  work: { running: number },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const method = path === '/verify' ? 'POST' : path === '/machines' ? 'GET' : undefined;
  if (method === undefined) throw new HttpFault(404, 'NOT_FOUND', 'There are POST /verify and GET /machines here.');
  if (request.method === 'OPTIONS') {
    return sendPreflight(response, method);
  }
  if (request.method !== method) {
    throw new HttpFault(405, 'METHOD_NOT_ALLOWED', `${path} takes ${method}.`, { Allow: `${method}, OPTIONS` });
  }
  const trust = options.trust();
  if (path === '/machines') {
    const ledgers = (trust.evm ?? []).flatMap(({ chainId, contracts }) =>
      contracts?.['TraceAnchor'] === undefined ? [] : [{ chainId, contract: contracts['TraceAnchor'] }],
    );
    return sendJson(response, 200, { machines: trust.vms ?? [], ledgers });
  }
  if (work.running >= (options.atOnce ?? 4)) {
    throw new HttpFault(503, 'BUSY', 'As many questions as can be judged at once are being judged. Ask again soon.', {
      'Retry-After': '2',
    });
  }
  work.running += 1;
  const left = new AbortController();
  const leave = (): void => left.abort(new DOMException('The caller has left.', 'AbortError'));
  response.once('close', leave);
  try {
    const { code, proof, data, companions } = readQuestion(
      await readBody(request, options.maximumBody ?? 32 * 1024 * 1024),
    );
    const presentTime = Date.now();
    const found = await verifyEvent(code, proof, data, { trust, presentTime, companions, signal: left.signal });
    const { verdict, checks, labels, details } = found;
    sendJson(response, 200, {
      verdict,
      labels,
      anchor: details?.id ?? null,
      events: details?.events ?? [],
      functions: details?.functions ?? [],
      checks,
    });
  } finally {
    response.removeListener('close', leave);
    work.running -= 1;
  }
}

interface Question {
  readonly code: string;
  readonly proof: string;
  readonly data: EventData;
  readonly companions: readonly ReturnType<typeof readContent>[];
}

/**
 * `{"code": hex, "proof": text of a trace-proof, "event": {…} | "events": [{…}, …] | "never": index, "document": base64 (optional)}`.
 * @throws HttpFault 400
 */
function readQuestion(body: Uint8Array): Question {
  let value: JsonValue;
  try {
    value = parseJson(decodeUtf8(body), { maximumDepth: 16, maximumLength: 64 * 1024 * 1024 });
  } catch (error) {
    if (error instanceof FormatError) throw wrong(`The question is no JSON: ${error.message}`);
    throw error;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('The question is an object.');
  const known = ['code', 'document', 'event', 'events', 'never', 'proof'];
  const other = Object.keys(value).find((name) => !known.includes(name));
  if (other !== undefined) throw wrong(`There is no ${JSON.stringify(other.slice(0, 40))} in a question.`);
  const { code, proof, event, events, never, document } = value;
  if (typeof code !== 'string') throw wrong('"code" is H of the program: 64 hex digits.');
  if (typeof proof !== 'string') throw wrong('"proof" is the text of a trace-proof file.');
  const asked = [event, events, never].filter((each) => each !== undefined);
  if (asked.length !== 1) throw wrong('One of "event", "events" and "never" is expected.');
  // Each is looked for among all that the proof shows.
  if (Array.isArray(events) && events.length > maximumAsked) throw wrong(`"events" are at most ${maximumAsked}.`);
  const data = never === undefined ? (asked[0] as JsonObject) : { never: never as number };
  return { code, proof, data, companions: document === undefined ? [] : [readDocument(document)] };
}

function readDocument(document: JsonValue): ReturnType<typeof readContent> {
  try {
    if (typeof document === 'string' && document.length <= 1024 * 1024) {
      return readContent('document', fromBase64(document));
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
  throw wrong('"document" is an attestation document in base64, of at most 1 MiB.');
}

function wrong(words: string): HttpFault {
  return new HttpFault(400, 'QUESTION', words);
}
