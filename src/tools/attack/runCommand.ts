import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChainAudit } from '../../core/chain/types.ts';
import type { Report } from '../../core/kinds/judge.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { ChainPin, Trust } from '../../core/trust/trust.ts';
import type { Attack } from './attack.ts';
import { outcomeOfAudit, outcomeOfReport, type Outcome } from './outcome.ts';
import { project } from './project.ts';
import { named } from './runAttack.ts';
import { runProcess } from './runProcess.ts';
import { writeBuckets } from './writeBuckets.ts';

export interface Written {
  /** What to call the command with, from the folder; undefined where nothing but the writing side is asked. */
  readonly call: readonly [command: 'audit' | 'check', ...args: string[]] | undefined;
  readonly trust: Trust;
  readonly outcome?: Outcome;
  close(): Promise<void>;
}

const nothingOpen = async (): Promise<void> => undefined;

/** Writes the damaged evidence with its trust file into a folder, as somebody would be given them. */
export async function writeAttack(attack: Attack, folder: string): Promise<Written> {
  await mkdir(folder, { recursive: true });
  const evidence = await attack.make();
  const { name } = attack;
  const pinned = async (trust: Trust, call: Written['call'], close = nothingOpen): Promise<Written> => {
    await writeFile(join(folder, 'trust.json'), serializeTrust(trust));
    return { call, trust, close };
  };
  switch (evidence.kind) {
    case 'request':
      return { call: undefined, trust: {}, outcome: await evidence.ask(), close: nothingOpen };
    case 'file':
      await writeFile(join(folder, evidence.name), evidence.text);
      return pinned(evidence.trust, ['check', '--json', '--trust', 'trust.json', evidence.name]);
    case 'chain': {
      const buckets = await writeBuckets(evidence.storage, folder);
      const chains: ChainPin[] = [{ ...evidence.pin, name, buckets }];
      for (const [index, other] of (evidence.others ?? []).entries()) {
        const beside = `beside${index + 1}`;
        const written = other.storage ? await writeBuckets(other.storage, join(folder, beside)) : [];
        const urls = written.map(({ url }) => ({ url: `${beside}/${url}` }));
        chains.push({ ...named(other, index, name), ...(urls.length > 0 ? { buckets: urls } : {}) });
      }
      return pinned({ chains }, ['audit', '--json', '--trust', 'trust.json']);
    }
    case 'served': {
      const { buckets, close } = await evidence.open(folder);
      const chains = [{ ...evidence.pin, name, buckets }];
      return pinned({ chains }, ['audit', '--json', '--trust', 'trust.json'], close);
    }
  }
}

/** What the command line finds: the real process, on what was written. */
export async function runWritten({ call, outcome }: Written, folder: string): Promise<Outcome> {
  if (!call) return outcome as Outcome;
  const [command, ...args] = call;
  const { out, words } = await runProcess(join(project, 'src', 'cli', `${command}.ts`), args, folder);
  // Its own chain stands first in the trust file.
  const [line] = out.split('\n');
  if (!line) throw new Error(`${command} printed nothing: ${words}`);
  return outcomeOfLine(line);
}

/** A line that `audit` or `check` printed. */
export function outcomeOfLine(line: string): Outcome {
  const found = JSON.parse(line) as (Report & { kind: string }) | ChainAudit;
  return found.kind === 'chain' ? outcomeOfAudit(found as ChainAudit) : outcomeOfReport(found as Report);
}
