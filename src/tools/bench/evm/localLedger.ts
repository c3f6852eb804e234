import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcessEvmExecutor } from '../../../audit/evm/evmExecutor.ts';
import { certifyTask } from '../../../audit/task/certifyTask.ts';
import { readTask } from '../../../audit/task/readTask.ts';
import { proofOfExecutionBytecode } from '../../../contracts/proofOfExecution.ts';
import { sha3 } from '../../../core/bytes/hash.ts';
import { toHex0x, type Hex } from '../../../core/evm/hex.ts';
import { readContent } from '../../../core/kinds/content.ts';
import { makeTaskCertificate } from '../../../core/task/certificate/makeTaskCertificate.ts';
import { encodeTaskStatement } from '../../../core/task/taskStatement.ts';
import { findAnvil } from '../../../services/ledger/findAnvil.ts';
import { startLedger, type Ledger } from '../../../services/ledger/startLedger.ts';
import { openTaskLedger, type TaskLedger } from '../../../services/processor/taskLedger.ts';
import { createNsmSimulator } from '../../../services/sequencer/nsmSimulator.ts';
import { figure, type Emit, type Say } from '../figure.ts';
import { median } from '../sideBySide.ts';

const word = (byte: number): Hex => `0x${byte.toString(16).padStart(2, '0').repeat(32)}`;
const now = (): bigint => BigInt(Math.floor(Date.now() / 1000));

/**
 * One task of so many events (its steps, the rest annotations) on the local ledger of seven validator processes, over HTTP: from the contract's address to every check, its
 * attestation document judged, and to its certificate. Left out, with a line, where there is no anvil.
 */
export async function measureLocalLedger(events: number, say: Say, emit: Emit): Promise<void> {
  const anvil = await findAnvil().catch(() => undefined);
  if (anvil === undefined) {
    say('there is no anvil here: the local ledger is left out');
    return;
  }
  say(`a task of ${events} events on the local ledger`);
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-bench-'));
  const ledger = await startLedger();
  try {
    const made = await carryOut(ledger, folder, events);
    const times: number[] = [];
    let cost = { requests: 0, calls: 0 };
    let read = await readTask(made);
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      read = await readTask(made);
      times.push(performance.now() - start);
      if (read.verdict !== 'verified' || read.ledger.events.length !== events)
        throw new Error(`The task is ${read.verdict}, of ${read.ledger.events.length} events.`);
      cost = read.ledger.cost;
    }
    const start = performance.now();
    const text = await certifyTask(
      {
        ...made,
        events: read.judged.timeline.marks.map(({ event }) => event),
        head: read.ledger.head as NonNullable<typeof read.ledger.head>,
        attestation: made.document,
      },
      { executor: inProcessEvmExecutor, make: makeTaskCertificate },
    );
    const certified = performance.now() - start;
    emit([
      figure('evm.local.verdict', median(times), 'ms'),
      figure('evm.local.blocks', ledger.height + 1, 'blocks'),
      figure('evm.local.calls', cost.calls / events, 'calls/event'),
      figure('evm.local.requests', cost.requests / events, 'requests/event'),
      figure('evm.local.certificate', certified, 'ms'),
      figure('evm.local.certificate.length', text.length / 1024, 'KiB'),
    ]);
  } finally {
    await ledger.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A task that went as it should, with as many annotations as make up the count. */
async function carryOut(ledger: Ledger, folder: string, events: number) {
  const contract = await ledger.deploy(proofOfExecutionBytecode);
  const pin = ledger.pin({ ProofOfExecution: contract });
  const [first, second] = (await ledger.call<Hex[]>('eth_accounts')) as [Hex, Hex];
  const party = (account: Hex): TaskLedger => openTaskLedger({ rpc: [ledger.rpc], pin, contract, account });
  const [owner, processor] = [party(first), party(second)];
  const [program, dataSet, runnerKey, result, output] = [1, 2, 3, 4, 5].map(word) as [Hex, Hex, Hex, Hex, Hex];
  const later = now() + 3600n;
  const id = await owner.take('submitTask', [program, dataSet, word(6), word(7), later, 'bench']);
  const offer = await processor.take('advertise', [word(8), later, 'bench']);
  await owner.take('matchTask', [id, offer]);
  await processor.take('approve', [id, offer]);
  await processor.take('start', [id, runnerKey, now()]);
  for (let count = 6; count < events; count++) await processor.take('annotate', [id, word(9), word(count % 256)]);
  const register = new Uint8Array(48).fill(7);
  const nsm = await createNsmSimulator({ stateFolder: folder, measurement: [register, register, register] });
  const statement = { chainId: ledger.chainId, contract, id, program, dataSet, runnerKey, result, output };
  const key = Uint8Array.from({ length: 32 }, () => 3);
  const document = await nsm.attest({ userData: encodeTaskStatement(statement), publicKey: key });
  await processor.take('complete', [id, result, output, toHex0x(sha3(document)), now()]);
  const { rootPem, pcrs } = nsm.describe();
  const trust = { nitro: { roots: [rootPem as string], measurements: [{ pcrs }] } };
  const companions = [readContent('attestation', document)];
  return { pin, trust, contract, id, companions, document, now: Date.now() };
}
