import { encodeFunctionData } from 'viem';
import { readContractEvents } from '../../../audit/evm/readContractEvents.ts';
import { proofOfExecutionAbi as abi, proofOfExecutionBytecode } from '../../../contracts/proofOfExecution.ts';
import type { Hex } from '../../../core/evm/hex.ts';
import { findAnvil } from '../../../services/ledger/findAnvil.ts';
import { startLedger } from '../../../services/ledger/startLedger.ts';
import { figure, type Emit, type Say } from '../figure.ts';
import { median } from '../sideBySide.ts';

/** The same on the local ledger of seven validator processes, over HTTP; left out, with a line, where there is no anvil. */
export async function measureLocalLedger(events: number, say: Say, emit: Emit): Promise<void> {
  const anvil = await findAnvil().catch(() => undefined);
  if (anvil === undefined) {
    say('there is no anvil here: the local ledger is left out');
    return;
  }
  say(`${events} events on the local ledger`);
  const ledger = await startLedger();
  try {
    const address = await ledger.deploy(proofOfExecutionBytecode);
    const [from] = await ledger.call<Hex[]>('eth_accounts');
    for (let index = 1; index <= events; index++) {
      const resources: Hex = `0x${index.toString(16).padStart(64, '0')}`;
      const data = encodeFunctionData({ abi, functionName: 'advertise', args: [resources, 2n ** 40n, 'bench'] });
      const hash = await ledger.call<Hex>('eth_sendTransaction', { from, to: address, data });
      await ledger.receipt(hash);
    }
    const times: number[] = [];
    let cost = { requests: 0, calls: 0 };
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      const read = await readContractEvents({
        rpc: [ledger.rpc],
        pin: ledger.pin({ ProofOfExecution: address }),
        address,
      });
      times.push(performance.now() - start);
      const open = read.checks.find(({ status }) => status !== 'pass');
      if (open || read.events.length !== events)
        throw new Error(`The local ledger is not verified: ${open?.code}, ${read.events.length} events.`);
      cost = read.cost;
    }
    emit([
      figure('evm.local.verdict', median(times), 'ms'),
      figure('evm.local.blocks', ledger.height + 1, 'blocks'),
      figure('evm.local.calls', cost.calls / events, 'calls/event'),
      figure('evm.local.requests', cost.requests / events, 'requests/event'),
    ]);
  } finally {
    await ledger.stop();
  }
}
