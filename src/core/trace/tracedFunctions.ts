import { AuditorError } from '../verdict/auditorError.ts';
import { selectFunctions } from './instrument/selectFunctions.ts';
import type { Policy } from './policy.ts';
import type { Symbols } from './symbols.ts';

/**
 * Whether every call of a function leaves an event under a policy: then a count of none says that it was never called. Where a policy records only inside other calls,
 * no count is whole.
 */
export function tracedFunctions(policy: Policy, { functions }: Symbols): (index: number) => boolean {
  if (policy.inside) return () => false;
  const chosen = chosenFunctions(policy, functions);
  return (index) => {
    const kind = functions[index]?.imported === null ? 'call' : 'host';
    return policy.kinds.includes(kind) && chosen.has(index);
  };
}

function chosenFunctions(policy: Policy, functions: Symbols['functions']): Set<number> {
  try {
    return selectFunctions(policy.functions, functions);
  } catch (error) {
    // A policy that names what the program does not have; whoever instruments says so, and nothing is whole under it.
    if (error instanceof AuditorError) return new Set();
    throw error;
  }
}
