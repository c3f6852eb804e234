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

/** How many openings a node keeps that the ledger does not name (yet). */
const maximumWaiting = 64;

/** Openings of requests that hide their measurements: what a node is given to judge by, and gives to nobody. */
export interface PrivateStore {
  /** Undefined where no opening for just this commitment and document was given. */
  read(commitment: Hex, evidence: Hex): Promise<Opening | undefined>;
  /** @returns the commitment that it opens. @throws FormatError for what opens nothing; AuditorError `usage` CONTENT_LENGTH, `source` IO_… */
  write(bytes: Uint8Array): Promise<Hex>;
  /** What the ledger names stays. */
  keep(commitment: Hex): void;
}

/** @throws AuditorError `source` IO_… */
export async function openPrivateStore(folder: string): Promise<PrivateStore> {
  const path = await stateFolder(folder, 'private');
  const kept = new Set<string>();
  const names = new Set((await readdir(path)).filter((name) => /^[0-9a-f]{64}-[0-9a-f]{64}$/.test(name)));
  const nameOf = (commitment: Hex, evidence: Hex) => `${commitment.slice(2)}-${evidence.slice(2)}`;
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
      const waiting = [...names].filter((each) => !kept.has(each.slice(0, 64)) && each !== name);
      for (const old of waiting.slice(0, Math.max(0, waiting.length + 1 - maximumWaiting))) {
        await rm(join(path, old), { force: true });
        names.delete(old);
      }
      await writeFileDurably(join(path, name), bytes);
      names.add(name);
      return measurements;
    },
    keep: (commitment) => void kept.add(commitment.slice(2)),
  };
}
