import { dealImage } from '../audit/host/dealImage.ts';
import { decodeUtf8 } from '../core/bytes/bytes.ts';
import { maximumImageLength } from '../core/host/release/image.ts';
import { readArgs, wrongCall } from './args.ts';
import { readGivenFile, writeResult } from './files.ts';
import { hostUsage } from './hostUsage.ts';
import type { ExitCode, Io } from './io.ts';

/** `launch deal`: the owner of an image encrypts it, and gives its key away in parts. */
export async function hostDeal(args: readonly string[], io: Io): Promise<ExitCode> {
  const kinds = {
    validator: 'values',
    threshold: 'value',
    token: 'values',
    'allow-host': 'values',
    'allow-boot': 'values',
    out: 'value',
  } as const;
  const { options, rest } = readArgs(args, kinds, hostUsage);
  const { validator: validators, threshold = '', token: tokenFiles, out } = options;
  const [name, ...more] = rest;
  if (name === undefined || more.length > 0 || out === undefined) {
    throw wrongCall('One program and --out are expected.', hostUsage);
  }
  if (!/^\d{1,3}$/.test(threshold) || Number(threshold) < 2 || Number(threshold) > validators.length) {
    throw wrongCall(`--threshold is a number from 2 to that of the validators (${validators.length}).`, hostUsage);
  }
  if (tokenFiles.length > 0 && tokenFiles.length !== validators.length) {
    throw wrongCall('Give --token once for each validator, in their order, or not at all.', hostUsage);
  }
  const tokens: string[] = [];
  for (const each of tokenFiles) tokens.push(decodeUtf8(await readGivenFile(io.folder, each, 1024, io.signal)).trim());
  const [hosts, boots] = [options['allow-host'], options['allow-boot']];
  const program = await readGivenFile(io.folder, name, maximumImageLength - 64, io.signal);
  io.doing('dealing shares');
  const { encrypted, description } = await dealImage({
    program,
    threshold: Number(threshold),
    validators,
    ...(tokens.length > 0 && { tokens }),
    conditions: { ...(hosts.length > 0 ? { hosts } : {}), ...(boots.length > 0 ? { boots } : {}) },
    signal: io.signal,
  });
  await writeResult(io.folder, out, encrypted);
  await writeResult(io.folder, `${out}.json`, `${JSON.stringify(description, null, 2)}\n`);
  io.line(description);
  io.say(
    `${out} is encrypted; ${threshold} of ${validators.length} validators together have its key, nobody else. Its description is ${out}.json.`,
  );
  return 0;
}
