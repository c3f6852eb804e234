import { parsePolicy } from '../policy.ts';
import type { TraceReader } from '../traceReader.ts';
import { selectedFunctions } from './selectedFunctions.ts';
import type { Selection } from './selection.ts';
import { SelectionCollector } from './selectionCollector.ts';

/**
 * The selection of a whole trace, from its events; undefined where its policy selects no calls.
 * @throws FormatError for records that say no events
 */
export async function selectionOfTrace(reader: TraceReader): Promise<Selection | undefined> {
  const { policy, saltKey, bundles } = reader.file;
  const functions = selectedFunctions(parsePolicy(policy), reader.symbols);
  if (!functions) return undefined;
  const collector = new SelectionCollector(functions, saltKey);
  for (const index of bundles.keys()) collector.add(await reader.bundle(index));
  return collector.finish();
}
