import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { KeyObject } from 'node:crypto';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { decodeCbor } from '../../core/bytes/cbor.ts';
import { readByteString, readFields, readString, readVersion } from '../../core/chain/fields.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { outliveClients } from '../process/outliveClients.ts';
import type { Nsm } from './nsm.ts';
import { Refusal, type RefusalCode } from './refusal.ts';
import { ReplayWindow } from './replayWindow.ts';
import type { SequencerProgram } from './sequencerProgram.ts';
import { requestHeaders, verifyRequest } from './writerRequest.ts';

export interface SequencerServerOptions {
  readonly program: SequencerProgram;
  readonly nsm: Nsm;
  /** Ed25519, public: the only one who may ask for numbers. */
  readonly writerKey: KeyObject;
  /** Words for the operator's log. */
  readonly log?: (line: string) => void;
}

const bodyBound = 64 * 1_024;

const doorStatus: Partial<Record<RefusalCode, number>> = {
  REQUEST_FORM: 400,
  NOT_SIGNED: 401,
  WRONG_SIGNATURE: 401,
  NOT_FOUND: 404,
  REPLAYED: 409,
  OTHER_SEQUENCER: 409,
  REQUEST_TOO_LARGE: 413,
};

/** The program's door: `GET /identity` for everyone, `POST /sequence` for the writer. Not listening yet. */
export function createSequencerServer(options: SequencerServerOptions): Server {
  const { program, nsm, writerKey, log } = options;
  const replays = new ReplayWindow();
  const publicKey = toBase64Url(program.publicKey);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = `${request.method} ${request.url}`;
    if (route === 'GET /identity') {
      return sendJson(response, 200, {
        publicKey,
        ...program.state(),
        ...nsm.describe(),
        counter: replays.highest,
      });
    }
    if (route !== 'POST /sequence') {
      throw new Refusal('NOT_FOUND', 'A sequencer answers GET /identity and POST /sequence only.');
    }
    const body = await readBody(request);
    const signed = { sequencer: program.publicKey, method: 'POST', path: '/sequence', body };
    const counter = verifyRequest(signed, request.headers, writerKey);
    if (!replays.take(counter)) {
      throw new Refusal(
        'REPLAYED',
        `The counter ${counter} was used before; the highest so far is ${replays.highest}.`,
      );
    }
    const { block, timestamp } = readSequenceRequest(body);
    const document = await program.sequence(block, timestamp);
    response.writeHead(200, { 'content-type': 'application/cose', 'content-length': document.length });
    response.end(document);
  }

  const server = createServer({ requestTimeout: 15_000, headersTimeout: 10_000 }, (request, response) => {
    response.setHeader(requestHeaders.sequencer, publicKey);
    response.setHeader('cache-control', 'no-store');
    answer(request, response).catch((error: unknown) => {
      const { status, code, message } = explain(error);
      log?.(`${request.method} ${request.url?.slice(0, 100)}: ${status} ${code}: ${message}`);
      if (response.headersSent) return response.destroy();
      // What was not read of the body stays unread: the connection cannot be used again.
      if (!request.complete) response.setHeader('connection', 'close');
      sendJson(response, status, { code, message });
    });
  });
  outliveClients(server);
  return server;
}

/** `[1, block: bstr, timestamp: tstr]`, deterministic CBOR. */
function readSequenceRequest(body: Uint8Array): { block: Uint8Array; timestamp: string } {
  const fields = readFields('Request', decodeCbor(body, { maximumDepth: 1, maximumLength: bodyBound }), 3);
  readVersion('Request', fields[0], 1);
  return {
    block: readByteString('Request field block', fields[1]),
    timestamp: readString('Request field timestamp', fields[2]),
  };
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const tooLarge = () => new Refusal('REQUEST_TOO_LARGE', `A request has at most ${bodyBound} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > bodyBound) throw tooLarge();
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > bodyBound) throw tooLarge();
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function explain(error: unknown): { status: number; code: string; message: string } {
  if (error instanceof Refusal)
    return { status: doorStatus[error.code] ?? 422, code: error.code, message: error.message };
  if (error instanceof FormatError) return { status: 400, code: 'REQUEST_FORM', message: error.message };
  // The number stays with this block: asking again gets its attestation.
  if (error instanceof AuditorError) return { status: 503, code: error.code, message: error.message };
  return { status: 500, code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) };
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
