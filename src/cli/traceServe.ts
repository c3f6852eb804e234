import { createTracerServer } from '../services/tracer/tracerServer.ts';
import { readArgs, wrongCall } from './args.ts';
import type { ExitCode, Io } from './io.ts';
import { readTrust } from './readTrust.ts';
import { traceUsage } from './traceUsage.ts';

/** `trace serve`: the attestation service, until it is interrupted. */
export async function traceServe(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, { trust: 'value', port: 'value' }, traceUsage);
  const { trust: trustFile, port = '8470' } = options;
  if (trustFile === undefined || rest.length > 0) throw wrongCall('A trust file is needed.', traceUsage);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw wrongCall(`--port ${port} is no port.`, traceUsage);
  const trust = await readTrust(io.folder, trustFile, io.signal);
  const server = await createTracerServer({ trust: () => trust, port: Number(port) });
  io.line({ url: server.url });
  io.say(`POST ${server.url}/verify, GET ${server.url}/machines. Ctrl-C stops it.`);
  io.doing('answering questions');
  try {
    await new Promise<void>((resolve) => io.signal.addEventListener('abort', () => resolve(), { once: true }));
  } finally {
    await server.close();
  }
  return 0;
}
