import { equalBytes } from '../bytes/bytes.ts';
import { sha3 } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import { fromHex0x } from '../evm/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../verdict/check.ts';
import type { BoundData } from './documentStatement.ts';
import { encodeTaskStatement, parseTaskStatement, taskReportData, type TaskStatement } from './taskStatement.ts';

const spec = 'src/core/task/README (the runner’s statement)';

/** Whether an attestation document speaks of this very task: the same ledger, contract and id, the same hashes in and out. */
export function checkBinding(bound: BoundData | undefined, expected: TaskStatement): Check {
  if (!bound) {
    const reason = 'The document has no room for a statement, or has nothing there.';
    return unknown('TASK_BINDING', { spec, params: { reason } });
  }
  if (bound.form === 'statement') return compareStatement(bound.bytes, expected);
  const digest = bound.form === 'digest' ? sha3(encodeTaskStatement(expected)) : taskReportData(expected);
  if (equalBytes(bound.bytes, digest))
    return pass('TASK_BINDING', { spec, params: { how: 'the digest of all of it' } });
  const reason = `It holds ${toHex(bound.bytes)}; the statement of this task gives ${toHex(digest)}.`;
  return fail('TASK_BINDING', { spec, params: { reason } });
}

function compareStatement(bytes: Uint8Array, expected: TaskStatement): Check {
  let found: TaskStatement;
  try {
    found = parseTaskStatement(bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return fail('TASK_BINDING', { spec, params: { reason: error.message } });
  }
  const names = Object.keys(expected) as (keyof TaskStatement)[];
  const other = names.filter((name) => found[name] !== expected[name]);
  if (other.length === 0) return pass('TASK_BINDING', { spec, params: { how: 'each value' } });
  const [name] = other as [keyof TaskStatement];
  const reason = `Its ${words[name]} is ${String(found[name])}, on the ledger it is ${String(expected[name])}.`;
  return fail('TASK_BINDING', { spec, params: { reason, values: other.join(', ') } });
}

const words: Readonly<Record<keyof TaskStatement, string>> = {
  chainId: 'ledger',
  contract: 'contract',
  id: 'task',
  program: 'program',
  dataSet: 'data set',
  runnerKey: 'runner’s key',
  result: 'result',
  output: 'output',
};

/** There where the document carries a key: it is the one that the ledger names, as it is or by its H. */
export function checkRunnerKey(bound: BoundData | undefined, { runnerKey }: TaskStatement): Check[] {
  if (bound?.form !== 'statement' || !bound.publicKey) return [];
  const key = fromHex0x(runnerKey);
  const { publicKey } = bound;
  const same = publicKey.length === 32 ? equalBytes(publicKey, key) : equalBytes(sha3(publicKey), key);
  const params = { expected: runnerKey, found: toHex(publicKey) };
  return [(same ? pass : fail)('TASK_RUNNER_KEY', { spec, params })];
}
