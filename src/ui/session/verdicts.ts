import type { JudgedAudit } from '../../audit/remote/protocol.ts';
import type { Verdict } from '../../core/verdict/status.ts';

/** What the last audit of a chain in this browser came to: a reminder, never evidence. */
export interface RememberedVerdict {
  readonly verdict: Verdict;
  readonly blocks: number;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly at: number;
}

const key = 'affidavit/last-verdicts';

export function rememberVerdict({ genesis, verdict, counts }: JudgedAudit): void {
  if (genesis === null) return;
  const entry: RememberedVerdict = { verdict, blocks: counts.blocks, at: Date.now() };
  localStorage.setItem(key, JSON.stringify({ ...rememberedVerdicts(), [genesis]: entry }));
}

export function rememberedVerdicts(): Readonly<Record<string, RememberedVerdict>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, RememberedVerdict>) : {};
  } catch {
    return {};
  }
}

/** Takes reminders over; those of this browser stay where both have one. */
export function restoreVerdicts(verdicts: Readonly<Record<string, RememberedVerdict>>): void {
  localStorage.setItem(key, JSON.stringify({ ...verdicts, ...rememberedVerdicts() }));
}
