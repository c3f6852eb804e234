import type { Hex } from '../../core/evm/hex.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { openAnchorLedger } from '../tracer/anchorLedger.ts';
import { folderSigner, openMachine, type Machine } from '../tracer/openTracer.ts';
import type { HttpService } from '../process/httpService.ts';
import { createTracerServer } from '../tracer/tracerServer.ts';
import type { StackLedger } from './openLedger.ts';

/** The machine that signs traces here, and the service that answers what programs did. */
export interface StackTracer {
  /** Its entry for the trust file. */
  readonly pin: Machine['pin'];
  readonly server: HttpService;
}

/** Registers the key in `folder` on the local ledger, by its first development account, and opens the attestation service. */
export async function openMachineHere(
  ledger: StackLedger,
  folder: string,
  options: { readonly host: string; readonly port: number; readonly trust: () => Trust },
): Promise<StackTracer> {
  const { rpc, pin, traceAnchor: contract } = ledger;
  const [account] = await ledger.call<Hex[]>('eth_accounts');
  const anchors = openAnchorLedger({ rpc: [rpc], pin, contract, account: account as Hex });
  const machine = await openMachine(anchors, 'tracer', await folderSigner(folder));
  return { pin: machine.pin, server: await createTracerServer(options) };
}
