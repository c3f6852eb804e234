import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AcceptedStates } from '../audit/host/examineHost.ts';
import { utf8 } from '../core/bytes/bytes.ts';
import { sha3Hex } from '../core/bytes/hash.ts';
import type { JsonObject } from '../core/bytes/json.ts';
import { readHostCredential } from '../core/host/hostCredential.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { writeFileDurably } from '../services/process/writeFileDurably.ts';

const pathOf = (userFolder: string, did: string): string => join(userFolder, 'hosts', `${sha3Hex(utf8(did))}.json`);

/** The credentials of the states in which this user accepted a host first and last; undefined where he never did. @throws AuditorError `usage` HOST_STATES */
export async function acceptedStates(userFolder: string, did: string): Promise<AcceptedStates | undefined> {
  const path = pathOf(userFolder, did);
  let kept: string;
  try {
    kept = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw damaged(path, error);
  }
  try {
    const { first, last } = JSON.parse(kept) as AcceptedStates;
    return { first: readHostCredential(first).json, last: readHostCredential(last).json };
  } catch (error) {
    throw damaged(path, error);
  }
}

/** Notes that a host was accepted in the state of this credential. */
export async function acceptState(userFolder: string, now: JsonObject, first: JsonObject | undefined): Promise<void> {
  const path = pathOf(userFolder, readHostCredential(now).issuer);
  await mkdir(join(userFolder, 'hosts'), { recursive: true, mode: 0o700 });
  await writeFileDurably(path, `${JSON.stringify({ first: first ?? now, last: now })}\n`);
}

function damaged(path: string, cause: unknown): AuditorError {
  const words = `${path} cannot be read, so it is not known from what the host may have drifted. Restore it, or accept the host anew with --new-state.`;
  return new AuditorError('usage', 'HOST_STATES', words, { cause });
}
