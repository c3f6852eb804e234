import { parseEventLogs, type ContractFunctionArgs, type ContractFunctionName } from 'viem';
import { traceAnchorAbi } from '../../contracts/traceAnchor.ts';
import { fromHex } from '../../core/bytes/hex.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { toContractMetadata } from '../../core/trace/anchor/contractMetadata.ts';
import type { Signer } from '../../core/trace/anchor/signer.ts';
import { parseVmKey } from '../../core/trace/anchor/vmKey.ts';
import { zeroDigest, type TraceDomain, type TraceMetadata } from '../../core/trace/metadata.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { openLedgerAccount, type ContractOptions } from '../ledger/ledgerAccount.ts';
import { refusing, shortWords } from '../ledger/refusing.ts';

/** A transaction that the ledger has recorded. */
export interface Recorded {
  readonly transaction: Hex;
  readonly block: number;
}

/** The contract as the owner of machines uses it. What it says here is a node's word, good enough to write by; auditors read proofs. */
export interface AnchorLedger {
  readonly domain: TraceDomain;
  /** Identifier of the machine of that name, of this account's: 64 hex digits, `vm` of the metadata. */
  machine(name: string): Promise<string>;
  /** What the contract has of a machine: its key in force, as `x ‖ y` in hex, and its last anchor (zeros before the first). */
  state(vm: string): Promise<{ readonly key: string | undefined; readonly last: string; readonly time: number }>;
  /**
   * Registers the signer's key for the machine of that name, or exchanges the one that it has.
   * @param digests of the attestation document and of the credential, 64 hex digits
   */
  setKey(
    name: string,
    signer: Pick<Signer, 'publicKey'>,
    digests?: { readonly document?: string; readonly credential?: string },
  ): Promise<Recorded>;
  retireKey(name: string): Promise<Recorded>;
  /** @returns with the struct hash that names the anchor */
  anchor(metadata: TraceMetadata, signature: Uint8Array): Promise<Recorded & { readonly id: Hex }>;
  /** Identifiers of a program's anchors, page by page. */
  anchorsOf(
    code: string,
    from: number,
    limit: number,
  ): Promise<{ readonly ids: readonly Hex[]; readonly total: number }>;
}

/** More than any anchor takes. */
const anchorGas = 300_000n;

type Call = ContractFunctionName<typeof traceAnchorAbi, 'nonpayable'>;

/** @throws AuditorError `usage` LEDGER_RPC; each step `source` LEDGER_REFUSED with the contract's own reason */
export function openAnchorLedger({ contract, ...options }: ContractOptions): AnchorLedger {
  const { sender, node, record } = openLedgerAccount(options);
  const at = { address: contract, abi: traceAnchorAbi } as const;

  const take = <Name extends Call>(
    functionName: Name,
    args: ContractFunctionArgs<typeof traceAnchorAbi, 'nonpayable', Name>,
  ) =>
    refusing(
      functionName,
      async () => {
        const call = await tried({ ...at, functionName, args, account: sender });
        const { logs, blockNumber, transactionHash: transaction } = await record(call);
        const [event] = parseEventLogs({ abi: traceAnchorAbi, logs });
        if (!event) throw new Error(`the transaction ${transaction} shows no event`);
        return { transaction, block: Number(blockNumber), event };
      },
      meaning,
    );
  /** A step is tried as of the last block, whose time may be long ago where blocks are made on demand: a refusal for that alone is left to the block that records it. */
  const tried = async (call: object): Promise<object> => {
    try {
      return (await node.simulateContract(call as never)).request;
    } catch (error) {
      if (!/TimeOutOfOrder\(/.test((error as Error).message)) throw error;
      return { ...call, gas: anchorGas };
    }
  };
  const ask = <T>(call: () => Promise<T>): Promise<T> => refusing('to read', call, meaning);

  return {
    domain: { chainId: options.pin.chainId, verifyingContract: contract.toLowerCase() as Hex },
    machine: async (name) => {
      const args = [sender.address, nameWord(name)] as const;
      return (await ask(() => node.readContract({ ...at, functionName: 'vmId', args }))).slice(2);
    },
    state: (vm) =>
      ask(async () => {
        const [, time, count, last] = await node.readContract({ ...at, functionName: 'machines', args: [`0x${vm}`] });
        const args = [`0x${vm}`, BigInt(Math.max(count - 1, 0))] as const;
        const [, , until, x, y] = await node.readContract({ ...at, functionName: 'keys', args });
        const key = count === 0 || until !== 0n ? undefined : `${x.slice(2)}${y.slice(2)}`;
        return { key, last: last.slice(2), time: Number(time) };
      }),
    async setKey(name, signer, { document = zeroDigest, credential = zeroDigest } = {}) {
      const { algorithm, x, y } = parseVmKey(signer.publicKey);
      const number = algorithm === 'p256' ? 1 : 2;
      const { transaction, block } = await take('setKey', [
        nameWord(name),
        number,
        toHex0x(x),
        toHex0x(y),
        `0x${document}`,
        `0x${credential}`,
      ]);
      return { transaction, block };
    },
    async retireKey(name) {
      const { transaction, block } = await take('retireKey', [nameWord(name)]);
      return { transaction, block };
    },
    async anchor(metadata, signature) {
      const [r, s] = [toHex0x(signature.subarray(0, 32)), toHex0x(signature.subarray(32, 64))];
      const { transaction, block, event } = await take('anchor', [toContractMetadata(metadata), r, s]);
      return { transaction, block, id: event.topics[1] as Hex };
    },
    async anchorsOf(code, from, limit) {
      const args = [`0x${code}`, BigInt(from), BigInt(limit)] as const;
      const [ids, total] = await ask(() => node.readContract({ ...at, functionName: 'anchorsOf', args }));
      return { ids, total: Number(total) };
    },
  };
}

/** A machine's name as the contract takes it. @throws AuditorError `usage` MACHINE_NAME */
function nameWord(name: string): Hex {
  const bytes = new TextEncoder().encode(name);
  if (bytes.length < 1 || bytes.length > 32) {
    throw new AuditorError('usage', 'MACHINE_NAME', 'The name of a machine has 1 to 32 bytes in UTF-8.');
  }
  const word = fromHex(zeroDigest);
  word.set(bytes);
  return toHex0x(word);
}

/** What the contract's refusals mean for the one who asked. */
const reasons: Readonly<Record<string, string>> = {
  NoP256: 'This ledger has no precompile that verifies P-256 (EIP-7951): use a key on secp256k1 here.',
  NoKey: 'The machine has no key in force: register one.',
  BadSignature: 'The signature is not one of the machine’s key in force over these very values, for this contract.',
  AlreadyAnchored: 'The very same trace is anchored already.',
  NotNext: 'It names another trace as the one before it than the machine’s last: sign it again.',
  TimeOutOfOrder: 'Its time is before that of the machine’s last trace, or after the ledger’s.',
};

function meaning(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const known = Object.entries(reasons).find(([name]) => new RegExp(`\\b${name}\\(`).test(text));
  return known ? `${known[1]} (${known[0]})` : shortWords(cause);
}
