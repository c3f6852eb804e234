import { readNetwork } from '../audit/network/readNetwork.ts';
import { parseTrust } from '../core/trust/parseTrust.ts';
import type { Network } from '../services/node/startNetwork.ts';

/** As `audit --network` does it: what does not pass, and who is named for what. */
export async function auditedNetwork({ criteria, contract, pin }: Network) {
  const trust = { evm: [pin], ...parseTrust(criteria.bytes) };
  const read = await readNetwork({ pin, trust, contract, companions: [], now: Date.now() });
  const open = read.checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
  const notes = read.checks.flatMap(({ notes: own = [] }) =>
    own.map(({ code, params }) => `${code} ${params?.['account']}`),
  );
  const reasonOf = (code: string) => String(read.checks.find((check) => check.code === code)?.params?.['reason']);
  return { ...read, open, notes, reasonOf };
}
