import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { didRegistryBytecode, didRegistryCodeHash } from '../../contracts/didRegistry.ts';
import { proofOfExecutionBytecode, proofOfExecutionCodeHash } from '../../contracts/proofOfExecution.ts';
import { reportAnchorBytecode, reportAnchorCodeHash } from '../../contracts/reportAnchor.ts';
import { revocationRegistryBytecode, revocationRegistryCodeHash } from '../../contracts/revocationRegistry.ts';
import { traceAnchorBytecode, traceAnchorCodeHash } from '../../contracts/traceAnchor.ts';
import { keccak256 } from '../../core/bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { startLedger, type Ledger, type LedgerOptions } from '../ledger/startLedger.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';

/** The local ledger with its contracts. */
export interface StackLedger extends Pick<Ledger, 'call' | 'chainId' | 'label' | 'processes' | 'rpc' | 'stop'> {
  /** Address of ProofOfExecution. */
  readonly contract: Hex;
  /** Address of TraceAnchor. */
  readonly traceAnchor: Hex;
  /** Addresses of DidRegistry and RevocationRegistry. */
  readonly didRegistry: Hex;
  readonly revocationRegistry: Hex;
  /** Address of ReportAnchor. */
  readonly reportAnchor: Hex;
  /** Its entry in the trust file. */
  readonly pin: EvmPin;
}

/**
 * Starts the ledger and sees to it that its contracts are on it. Where no anvil can be had, that is said and all else goes on.
 * @param wanted undefined comes back without it
 */
export async function openLedger(
  wanted: boolean,
  options: LedgerOptions & { readonly folder: string },
): Promise<StackLedger | undefined> {
  if (!wanted) return undefined;
  let ledger: Ledger;
  try {
    ledger = await startLedger(options);
  } catch (error) {
    if (!(error instanceof AuditorError) || error.code !== 'ANVIL_MISSING') throw error;
    options.onTrouble?.(`There is no local ledger: ${error.message}`);
    return undefined;
  }
  try {
    const open = (file: string, code: ContractCode) => openContract(ledger, join(options.folder, file), code);
    const contract = await open('contract', {
      bytecode: proofOfExecutionBytecode,
      codeHash: proofOfExecutionCodeHash,
    });
    const traceAnchor = await open('trace-anchor', { bytecode: traceAnchorBytecode, codeHash: traceAnchorCodeHash });
    const didRegistry = await open('did-registry', { bytecode: didRegistryBytecode, codeHash: didRegistryCodeHash });
    const revocationRegistry = await open('revocation-registry', {
      bytecode: revocationRegistryBytecode,
      codeHash: revocationRegistryCodeHash,
    });
    const reportAnchor = await open('report-anchor', {
      bytecode: reportAnchorBytecode,
      codeHash: reportAnchorCodeHash,
    });
    const { call, chainId, label, processes, rpc } = ledger;
    const contracts = { contract, traceAnchor, didRegistry, revocationRegistry, reportAnchor };
    const pin = ledger.pin({
      ProofOfExecution: contract,
      TraceAnchor: traceAnchor,
      DidRegistry: didRegistry,
      RevocationRegistry: revocationRegistry,
      ReportAnchor: reportAnchor,
    });
    return { call, chainId, label, processes, rpc, ...contracts, pin, stop: () => ledger.stop() };
  } catch (error) {
    await ledger.stop();
    throw error;
  }
}

interface ContractCode {
  readonly bytecode: Hex;
  readonly codeHash: Hex;
}

/** Where the contract of an earlier start stands, or a new one where there is none or its code is another. */
async function openContract(ledger: Ledger, path: string, { bytecode, codeHash }: ContractCode): Promise<Hex> {
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  if (kept !== undefined) {
    const code = await ledger.call<Hex>('eth_getCode', kept, 'latest');
    if (toHex0x(keccak256(fromHex0x(code))) === codeHash) return kept as Hex;
  }
  const address = await ledger.deploy(bytecode);
  await writeFileDurably(path, address);
  return address;
}
