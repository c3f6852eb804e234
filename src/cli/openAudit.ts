import { ChainAuditor } from '../audit/chain/chainAuditor.ts';
import { openFolder } from '../audit/node/openFolder.ts';
import { InProcessExecutor } from '../audit/pool/inProcessExecutor.ts';
import { openBuckets } from '../audit/source/openBuckets.ts';
import { auditMemoryFile, auditMemoryPath } from './auditMemoryFile.ts';
import { createProgress, progressWords } from './progress.ts';
import type { HoldFile } from '../audit/chain/readHolds.ts';
import type { AuditPhase } from '../audit/chain/snapshot.ts';
import type { Bucket } from '../audit/source/bucket.ts';
import type { ChainAudit } from '../core/chain/types.ts';
import type { ChainPin } from '../core/trust/trust.ts';
import type { Io } from './io.ts';

export interface OpenAudit {
  /** To the end as shown, with progress on standard error. */
  readonly run: () => Promise<ChainAudit>;
  readonly auditor: ChainAuditor;
}

const phases: Readonly<Record<AuditPhase, string>> = {
  listing: 'asking the buckets what they hold',
  blocks: 'reading blocks',
  storage: 'reading the remaining shards',
  following: 'following',
  done: 'done',
};

/** Buckets of the pinned chains, opened before anything is read, so that a wrong address is a wrong call and not half an audit. */
export function openPinnedBuckets(chains: readonly ChainPin[], folder: string): readonly (readonly Bucket[])[] {
  return chains.map(({ buckets = [] }) => openBuckets(buckets, { openFolder: (url) => openFolder(url, folder) }));
}

/**
 * An audit of one pinned chain in this process. With `resume` it continues what an earlier one found, as far as that was settled, and leaves
 * what it finds in `.affidavit/audits/<genesis>.json`, sealed with a key in the user's own folder.
 */
export function openAudit(
  pin: ChainPin,
  buckets: readonly Bucket[],
  io: Io,
  resume = false,
  holds: readonly HoldFile[] = [],
): OpenAudit {
  const progress = createProgress(io);
  const auditor = new ChainAuditor({
    pin,
    buckets,
    executor: new InProcessExecutor(),
    signal: io.signal,
    holds,
    ...(resume && pin.genesis !== undefined
      ? { memory: auditMemoryFile(auditMemoryPath(io.folder, pin), io.userFolder) }
      : {}),
    onWords: (words) => io.say(`${pin.name}: ${words}`),
    onSnapshot: ({ phase, progress: state }) => {
      io.doing(`auditing ${pin.name} (${progressWords({ ...state, secondsLeft: null })})`);
      progress.show(`${pin.name}: ${phases[phase]}, ${progressWords(state)}`);
    },
  });
  const run = async (): Promise<ChainAudit> => {
    if (buckets.length === 0)
      io.say(`The trust file names no buckets of ${pin.name}, so there is nothing to read it from.`);
    try {
      return await auditor.run();
    } finally {
      progress.end();
    }
  };
  return { run, auditor };
}
