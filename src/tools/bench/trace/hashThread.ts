import { parentPort } from 'node:worker_threads';
import { serveTraceHash } from '../../../core/trace/serveTraceHash.ts';

/** The worker that hashes leaves, as a thread of Node. */
const port = parentPort;
if (!port) throw new Error('This is a thread of a bench.');
const serve = serveTraceHash((reply, transfer) => port.postMessage(reply, transfer as ArrayBuffer[]));
port.on('message', serve);
