import type { Attack } from './attack.ts';
import type { Outcome } from './outcome.ts';
import { runAttack } from './runAttack.ts';

/** What a row came to in a process of its own. */
export interface Measured {
  readonly outcome?: Outcome;
  /** It threw instead of finding anything. */
  readonly threw?: string;
  /** It was stopped because it took more memory than the row allows. */
  readonly stopped?: string;
  /** Of the processor, so that a busy machine does not count against it. */
  readonly seconds: number;
  /** Most memory that the process ever held. */
  readonly megabytes: number;
}

const allowed = 1500;

/** Runs a row and prints what it took; ends the process where it takes more memory than any row may. */
export async function measure(attack: Attack, print: (measured: Measured) => void): Promise<void> {
  const spent = (): Pick<Measured, 'seconds' | 'megabytes'> => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    return {
      seconds: Math.round((userCPUTime + systemCPUTime) / 10_000) / 100,
      megabytes: Math.round(maxRSS / 1024),
    };
  };
  const limit = attack.within?.megabytes ?? allowed;
  const watch = setInterval(() => {
    const { megabytes } = spent();
    if (megabytes <= limit) return;
    print({ stopped: `It took more than ${limit} MB.`, ...spent() });
    process.exit(0);
  }, 20);
  try {
    print({ outcome: await runAttack(attack), ...spent() });
  } catch (error) {
    print({ threw: String(error).slice(0, 300), ...spent() });
  } finally {
    clearInterval(watch);
  }
}

/** The row did what it must: found exactly what is expected, within its bounds. */
export function isWithin({ within }: Attack, { seconds, megabytes }: Measured): boolean {
  return !within || (seconds <= within.seconds && megabytes <= within.megabytes);
}
