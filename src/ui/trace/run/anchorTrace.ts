import { BaseError, ContractFunctionRevertedError } from 'viem';
import type { Config } from 'wagmi';
import { getWalletClient, readContract, simulateContract, writeContract } from 'wagmi/actions';
import { webCryptoSigner } from '../../../audit/trace/webCryptoSigner.ts';
import { openWalletSigner, type Wallet } from '../../../audit/trace/walletSigner.ts';
import { traceAnchorAbi } from '../../../contracts/traceAnchor.ts';
import { toBase64Url } from '../../../core/bytes/base64.ts';
import { toHex } from '../../../core/bytes/hex.ts';
import { utf8 } from '../../../core/bytes/bytes.ts';
import { toHex0x, type Hex } from '../../../core/evm/hex.ts';
import { toContractMetadata } from '../../../core/trace/anchor/contractMetadata.ts';
import { signTrace } from '../../../core/trace/anchor/signTrace.ts';
import { parseVmKey } from '../../../core/trace/anchor/vmKey.ts';
import { traceStructHash, zeroDigest, type TraceDomain, type TraceMetadata } from '../../../core/trace/metadata.ts';
import type { TraceSignature } from '../../../core/trace/traceFile.ts';
import { awaitMined } from '../../wallet/awaitMined.ts';
import { refusalOf } from '../../wallet/refusal.ts';
import { traceRun } from '../../words/traceRun.en.ts';
import { browserKey } from './browserKey.ts';

const { anchor: words } = traceRun;

/** How far an anchor has come. */
export type AnchorStage = 'reading' | 'registering' | 'signing' | 'sending' | 'waiting';

export interface AnchorOrder {
  readonly config: Config;
  readonly chainId: number;
  readonly contract: Hex;
  readonly account: Hex;
  /** Of the machine, told apart from the account's other machines by it. */
  readonly name: string;
  readonly signer: 'browser' | 'wallet';
  readonly metadata: TraceMetadata;
}

export interface Anchored {
  readonly metadata: TraceMetadata;
  readonly domain: TraceDomain;
  readonly signed: TraceSignature;
  readonly transaction: Hex;
  readonly block: number;
  /** Struct hash of the metadata, 64 hex digits. */
  readonly id: string;
  /** The machine's entry for trust files. */
  readonly machine: { readonly id: string; readonly key: string };
}

/** More than registering a key or anchoring takes. */
const enoughGas = 500_000n;

/**
 * Signs the trace as the last of a machine of this account's, which is registered with its key where that was not done yet, and anchors it.
 * @throws Error of the wallet, the node or the contract: `anchorRefusal` says it in words
 */
export async function anchorTrace(order: AnchorOrder, onStage: (stage: AnchorStage) => void): Promise<Anchored> {
  const { config, chainId, contract, account } = order;
  const name = machineWord(order.name);
  const at = { address: contract, abi: traceAnchorAbi, chainId } as const;
  onStage('reading');
  const vm = await readContract(config, { ...at, functionName: 'vmId', args: [account, name] });
  const signer = await openSigner(order);
  const key = parseVmKey(signer.publicKey);
  if (!(await isInForce(order, vm, key))) {
    onStage('registering');
    const algorithm = key.algorithm === 'p256' ? 1 : 2;
    const zero = `0x${zeroDigest}` as const;
    await take(order, 'setKey', [name, algorithm, toHex0x(key.x), toHex0x(key.y), zero, zero]);
  }
  const [, lastTime, , last] = await readContract(config, { ...at, functionName: 'machines', args: [vm] });
  onStage('signing');
  const domain: TraceDomain = { chainId, verifyingContract: contract };
  const metadata: TraceMetadata = {
    ...order.metadata,
    vm: vm.slice(2),
    previous: last.slice(2),
    time: Math.max(Number(lastTime), Math.floor(Date.now() / 1000)),
  };
  const signature = await signTrace(signer, metadata, domain);
  onStage('sending');
  const [r, s] = [toHex0x(signature.subarray(0, 32)), toHex0x(signature.subarray(32))];
  const receipt = await take(order, 'anchor', [toContractMetadata(metadata), r, s], () => onStage('waiting'));
  return {
    metadata,
    domain,
    signed: { key: signer.publicKey, signature },
    ...receipt,
    id: toHex(traceStructHash(metadata)),
    machine: { id: vm.slice(2), key: toBase64Url(signer.publicKey) },
  };
}

/** Whether the ledger verifies P-256, the curve of keys that browsers keep (EIP-7951); the contract tries it. */
export function takesBrowserKeys(config: Config, chainId: number, contract: Hex): Promise<boolean> {
  return readContract(config, { address: contract, abi: traceAnchorAbi, chainId, functionName: 'hasP256' });
}

async function openSigner({ config, chainId, signer }: AnchorOrder) {
  if (signer === 'browser') return webCryptoSigner(await browserKey());
  const client = await getWalletClient(config, { chainId });
  return openWalletSigner(client as unknown as Wallet);
}

async function isInForce(
  { config, chainId, contract }: AnchorOrder,
  vm: Hex,
  { x, y }: { readonly x: Uint8Array; readonly y: Uint8Array },
): Promise<boolean> {
  const at = { address: contract, abi: traceAnchorAbi, chainId } as const;
  const [, , count] = await readContract(config, { ...at, functionName: 'machines', args: [vm] });
  if (count === 0) return false;
  const [, , until, keyX, keyY] = await readContract(config, {
    ...at,
    functionName: 'keys',
    args: [vm, BigInt(count - 1)],
  });
  return until === 0n && keyX === toHex0x(x) && keyY === toHex0x(y);
}

/** Tries it on the node, has the wallet sign it, and waits for its block. */
async function take(
  { config, chainId, contract, account }: AnchorOrder,
  functionName: 'setKey' | 'anchor',
  args: readonly unknown[],
  onSent?: () => void,
): Promise<{ readonly transaction: Hex; readonly block: number }> {
  // The step decides the types of its arguments, which is beyond what inference follows here.
  const call = { abi: traceAnchorAbi, address: contract, functionName, args, account, chainId };
  let gas = {};
  try {
    await simulateContract(config, call as unknown as Parameters<typeof simulateContract>[1]);
  } catch (error) {
    // It is tried as of the last block, whose time may be long ago where blocks are made on demand.
    if (revertedWith(error) !== 'TimeOutOfOrder') throw error;
    gas = { gas: enoughGas };
  }
  const hash = await writeContract(config, { ...call, ...gas } as unknown as Parameters<typeof writeContract>[1]);
  onSent?.();
  const receipt = await awaitMined(config, { hash, chainId });
  if (receipt.status !== 'success') throw new Error(`The transaction ${hash} was reverted.`);
  return { transaction: hash, block: Number(receipt.blockNumber) };
}

/** Why it was not anchored, in words. */
export function anchorRefusal(error: unknown): string {
  const name = revertedWith(error);
  return (name && (words.refusals as Readonly<Record<string, string>>)[name]) || refusalOf(error);
}

function revertedWith(error: unknown): string | undefined {
  if (!(error instanceof BaseError)) return undefined;
  const found = error.walk((each) => each instanceof ContractFunctionRevertedError);
  return found instanceof ContractFunctionRevertedError ? found.data?.errorName : undefined;
}

/** A machine's name as the contract takes it. @throws Error in words */
export function machineWord(name: string): Hex {
  const bytes = utf8(name.trim());
  if (bytes.length < 1 || bytes.length > 32) throw new Error(words.badMachine);
  const word = new Uint8Array(32);
  word.set(bytes);
  return toHex0x(word);
}
