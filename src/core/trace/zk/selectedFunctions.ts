import { AuditorError } from '../../verdict/auditorError.ts';
import { selectFunctions } from '../instrument/selectFunctions.ts';
import type { Policy } from '../policy.ts';
import type { Symbols } from '../symbols.ts';

/** The functions whose calls a policy has selected; undefined where it selects none, or what the program does not have. */
export function selectedFunctions(policy: Policy, { functions }: Symbols): ReadonlySet<number> | undefined {
  if (!policy.select) return undefined;
  try {
    return selectFunctions(policy.select, functions);
  } catch (error) {
    if (error instanceof AuditorError) return undefined;
    throw error;
  }
}
