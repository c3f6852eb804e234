import type { FunctionChoice } from '../policy.ts';
import type { FunctionSymbol } from '../symbols.ts';
import { refuse } from './refuse.ts';

/** The functions that a policy chooses. @throws AuditorError POLICY_FUNCTION for one that is not there */
export function selectFunctions(choice: 'all' | FunctionChoice, functions: readonly FunctionSymbol[]): Set<number> {
  if (choice === 'all') return new Set(functions.map(({ index }) => index));
  const chosen = new Set<number>();
  const byName = new Map<string, number[]>();
  const byExport = new Map<string, number>();
  for (const { index, name, exports } of functions) {
    const namesakes = byName.get(name);
    if (namesakes) namesakes.push(index);
    else byName.set(name, [index]);
    for (const exported of exports) {
      byExport.set(exported, index);
      if (choice.exports === 'all') chosen.add(index);
    }
  }
  for (const name of choice.names) {
    const found = byName.get(name);
    if (!found) throw refuse('POLICY_FUNCTION', `no function is named ${JSON.stringify(name)}`);
    for (const index of found) chosen.add(index);
  }
  for (const index of choice.indices) {
    if (index >= functions.length) throw refuse('POLICY_FUNCTION', `there are ${functions.length}, none is ${index}`);
    chosen.add(index);
  }
  for (const name of choice.exports === 'all' ? [] : choice.exports) {
    const index = byExport.get(name);
    if (index === undefined) throw refuse('POLICY_FUNCTION', `none is exported as ${JSON.stringify(name)}`);
    chosen.add(index);
  }
  return chosen;
}
