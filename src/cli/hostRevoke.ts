import { askService } from '../audit/host/askService.ts';
import { decodeUtf8 } from '../core/bytes/bytes.ts';
import { readArgs, wrongCall } from './args.ts';
import { readGivenFile } from './files.ts';
import { hostUsage } from './hostUsage.ts';
import type { ExitCode, Io } from './io.ts';

/** `launch revoke`: a host's operator takes a credential back. */
export async function hostRevoke(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, { host: 'value', token: 'value' }, hostUsage);
  const { host, token: tokenFile } = options;
  const [digest, ...more] = rest;
  if (host === undefined || tokenFile === undefined || digest === undefined || more.length > 0) {
    throw wrongCall('--host, --token and one digest are expected.', hostUsage);
  }
  const token = decodeUtf8(await readGivenFile(io.folder, tokenFile, 1024, io.signal)).trim();
  await askService(`${host}/revoke`, { digest, token }, io.signal);
  io.line({ revoked: digest });
  io.say(`${digest} is revoked: the host's status list says so from now on.`);
  return 0;
}
