import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha3 } from '../../core/bytes/hash.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { describeEvidence } from '../../core/network/judgeEvidence.ts';
import { parseOpening, type Opening } from '../../core/network/opening.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { contentBounds } from './contentStore.ts';

/** How many openings a node keeps that the ledger does not name yet. None of them goes for another: what comes when there is no room is to come again when it is named. */
const maximumWaiting = 64;
/** Milliseconds that the ledger has to name one; from the process's start where it came before. */
const patience = 3_600_000;

/** Openings of requests that hide their measurements: what a node is given to judge by, and gives to nobody. */
export interface PrivateStore {
  /** Undefined where no opening for just this commitment and document was given. */
  read(commitment: Hex, evidence: Hex): Promise<Opening | undefined>;
  /** @returns the commitment that it opens. @throws FormatError for what opens nothing; AuditorError `usage` CONTENT_LENGTH, `source` OPENINGS_FULL | IO_… */
  write(bytes: Uint8Array): Promise<Hex>;
  /** What the ledger names stays, and is taken however many others wait. */
  keep(commitment: Hex, evidence: Hex): void;
  /** Takes away what the ledger, read to its end, has not named for too long. */
  dropStale(): Promise<void>;
}

/** @throws AuditorError `source` IO_… */
export async function openPrivateStore(
  folder: string,
  {
    room = maximumWaiting,
    now = () => performance.now(),
  }: { readonly room?: number; readonly now?: () => number } = {},
): Promise<PrivateStore> {
  const path = await stateFolder(folder, 'private');
  const kept = new Set<string>();
  /** Since when. */
  const names = new Map<string, number>();
  for (const name of await readdir(path)) if (/^[0-9a-f]{64}-[0-9a-f]{64}$/.test(name)) names.set(name, now());
  const nameOf = (commitment: Hex, evidence: Hex) => `${commitment.slice(2)}-${evidence.slice(2)}`;
  const waiting = () => [...names.keys()].filter((each) => !kept.has(each));
  return {
    async read(commitment, evidence) {
      const name = nameOf(commitment, evidence);
      if (!names.has(name)) return undefined;
      try {
        return parseOpening(new Uint8Array(await readFile(join(path, name))));
      } catch (error) {
        if (faultCode(error) === 'ENOENT') return undefined;
        if (error instanceof AuditorError) return undefined;
        throw ioFault('An opening cannot be read', error);
      }
    },
    async write(bytes) {
      if (bytes.length > contentBounds.file) {
        const words = `An opening has at most ${contentBounds.file} bytes here, not ${bytes.length}.`;
        throw new AuditorError('usage', 'CONTENT_LENGTH', words);
      }
      const { saltKey, evidence } = parseOpening(bytes);
      // Named by what it opens, which is computed here: nobody can put something else in its place.
      const { measurements } = await describeEvidence(evidence, saltKey);
      const name = nameOf(measurements, toHex0x(sha3(evidence)));
      const isNew = !names.has(name);
      if (isNew && !kept.has(name) && waiting().length >= room) throw full(room);
      // Before it is written: of those that come at once none is one too many.
      if (isNew) names.set(name, now());
      try {
        await writeFileDurably(join(path, name), bytes);
      } catch (error) {
        if (isNew) names.delete(name);
        throw error;
      }
      return measurements;
    },
    keep: (commitment, evidence) => void kept.add(nameOf(commitment, evidence)),
    async dropStale() {
      for (const name of waiting().filter((each) => now() - (names.get(each) ?? 0) > patience)) {
        names.delete(name);
        await rm(join(path, name), { force: true });
      }
    },
  };
}

function full(room: number): AuditorError {
  const words = `${room} openings wait for the ledger to name them: bring this one again when it is named there.`;
  return new AuditorError('source', 'OPENINGS_FULL', words);
}
