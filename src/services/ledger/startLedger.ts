import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Hex } from '../../core/evm/hex.ts';
import { quorumOf } from '../../core/evm/seals/consensus.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { Collector } from './collector.ts';
import { developmentChainId, developmentConsensus } from './developmentConsensus.ts';
import { findAnvil } from './findAnvil.ts';
import { LedgerRpc } from './ledgerRpc.ts';
import { openGenesis } from './openGenesis.ts';
import { startProcessKeeper } from './processKeeper.ts';
import type { Wish } from './qbftHeader.ts';
import { Replica } from './replica.ts';
import { createRpcServer } from './rpcServer.ts';
import { TransactionPool } from './transactionPool.ts';
import { aheadOfClock as usualAhead } from './validator.ts';
import { ValidatorProcess } from './validatorProcess.ts';

export interface LedgerOptions {
  /** Where keys, blocks and states are kept; left out, a temporary folder that is deleted at the end. */
  readonly folder?: string;
  /** How many validators a new chain begins with; default 7. A folder that was used before keeps those that it has. */
  readonly validators?: number;
  readonly host?: string;
  /** Of the JSON-RPC; any free one by default. */
  readonly port?: number;
  /** Milliseconds between blocks, made only where transactions wait; left out, a block is made as soon as one comes. */
  readonly blockTime?: number;
  /** Milliseconds that a validator has for an answer before the others go on without it; default 4000. */
  readonly patience?: number;
  /** Seconds that a block may be ahead of the clock, half of which is used where blocks come faster than seconds; default 60. */
  readonly aheadOfClock?: number;
  /** Program of the validators, for tests of such that misbehave. */
  readonly script?: string;
  /** What happens that somebody should know, in words. */
  readonly onTrouble?: (words: string) => void;
}

/** A running ledger of development consensus. */
export interface Ledger {
  readonly label: typeof developmentConsensus;
  /** Address of the JSON-RPC. */
  readonly rpc: string;
  readonly chainId: number;
  readonly genesisHash: Hex;
  /** Those of block zero, which are pinned. */
  readonly validators: readonly Hex[];
  /** Those in force for the next block. */
  readonly current: readonly Hex[];
  readonly height: number;
  /** Why there are no new blocks, in words; undefined while there can be. */
  readonly stalled: string | undefined;
  /** One for each validator, also such as are not in force yet or no more. */
  readonly processes: readonly ValidatorProcess[];
  /** Its entry for a trust file. */
  pin(contracts?: Readonly<Record<string, Hex>>): EvmPin;
  call<Result>(method: string, ...params: readonly unknown[]): Promise<Result>;
  /** One block, also where no transaction waits. Comes back when all validators that answer have it. */
  mine(): Promise<Hex>;
  /** What all validators vote for in the blocks that they propose from now on, until it has come true. */
  vote(wish: Wish | undefined): Promise<void>;
  /** One more validator process with a key of its own: in force once it was voted for. */
  addValidator(): Promise<Hex>;
  /** A transaction's receipt, once it is in a sealed block. @throws AuditorError `source` NOT_SEALED after a minute */
  receipt(
    hash: Hex,
  ): Promise<{ readonly status: Hex; readonly contractAddress: Hex | null; readonly blockNumber: Hex }>;
  /** A contract by a development account. */
  deploy(bytecode: Hex): Promise<Hex>;
  stop(): Promise<void>;
}

const defaultCount = 7;
const startPatience = 180_000;

/**
 * Starts validators, each in a process of its own with its own key, disk and execution, and the collector that serves what they have sealed.
 * A folder that was used before is gone on with.
 * @throws AuditorError `source` ANVIL_MISSING | VALIDATOR_START | IO_…, `usage` PORT_IN_USE; nothing is left running then
 */
export async function startLedger(options: LedgerOptions = {}): Promise<Ledger> {
  const { host = '127.0.0.1', port = 0, patience = 4000, blockTime, aheadOfClock = usualAhead } = options;
  const tell = (words: string) => options.onTrouble?.(words);
  const closers: (() => Promise<unknown> | void)[] = [];
  const stopAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const anvil = await findAnvil();
    const folder = await openFolder(options, closers);
    const keeper = startProcessKeeper();
    closers.push(() => keeper.close());
    const processes: ValidatorProcess[] = [];
    closers.push(() => Promise.all(processes.map((each) => each.stop())));
    const startOne = async (index: number) => {
      const started = await ValidatorProcess.start({
        folder: join(folder, `validator-${index + 1}`),
        anvil,
        aheadOfClock,
        ...(options.script === undefined ? {} : { script: options.script }),
        onNode: (pid) => keeper.keep(pid),
        onExit: (words, nodes) => {
          if (words !== '') tell(words);
          for (const pid of nodes) endNode(pid);
          for (const pid of nodes) keeper.release(pid);
        },
      });
      processes[index] = started;
      return started;
    };
    const members = await openMembers(folder, options.validators);
    const started = await Promise.allSettled(Array.from({ length: members }, (_, index) => startOne(index)));
    const failed = started.find((each) => each.status === 'rejected');
    if (failed) {
      processes.splice(0, processes.length, ...processes.filter((each) => each !== undefined));
      throw failed.reason;
    }
    const genesis = await openGenesis(folder, anvil, developmentChainId, () =>
      processes.map(({ address }) => address).toSorted(),
    );
    const [replica] = await Promise.all([
      stateFolder(folder, 'collector').then((path) => Replica.open(path, genesis, anvil)),
      ...processes.map((each) => each.begin(genesis, startPatience)),
    ]);
    keeper.keep(replica.node.pid);
    closers.push(async () => {
      await replica.close();
      keeper.release(replica.node.pid);
    });
    const pool = new TransactionPool(replica.node, genesis.chainId);
    const collector = new Collector({ replica, pool, validators: () => processes, patience, aheadOfClock, tell });
    for (const each of processes) collector.deliver(each, Math.min(each.height, replica.height));
    let fault: string | undefined;

    // One block at a time; what asks for one waits for those before.
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
      const result = last.then(task);
      last = result.catch(() => undefined);
      return result;
    };
    let stopping = false;
    let waking = false;
    let woken = false;
    const wake = () => {
      woken = true;
      if (waking || stopping) return;
      waking = true;
      inTurn(async () => {
        try {
          // What comes while nothing of what was there before was ready is looked at again.
          while (woken && !stopping) {
            woken = false;
            while (pool.size > 0 && !stopping && (await collector.produce(false))) {
              if (blockTime !== undefined) await delay(blockTime, undefined, { ref: false });
            }
          }
        } finally {
          waking = false;
        }
      }).catch((error: Error) => tell((fault = error.message)));
    };
    closers.push(async () => {
      stopping = true;
      collector.stop();
      await last;
      await collector.settled();
    });
    const rpc = new LedgerRpc(replica, pool, wake);
    const answer = (method: string, params: readonly unknown[]) => rpc.answer(method, params);
    const label = () => ({
      label: developmentConsensus,
      chainId: genesis.chainId,
      consensus: 'qbft',
      genesis: replica.genesisHash,
      validators: replica.set.members,
      quorum: quorumOf(replica.set.size),
      height: replica.height,
      stalled: fault ?? collector.stalled ?? null,
    });
    const server = await createRpcServer({ host, port, answer, label });
    closers.push(() => server.close());
    const call = <Result>(method: string, ...params: readonly unknown[]) =>
      rpc.answer(method, params) as Promise<Result>;
    const validators = replica.block(0)?.read.sealed.listed ?? [];

    let stopped: Promise<void> | undefined;
    return {
      label: developmentConsensus,
      rpc: server.url,
      chainId: genesis.chainId,
      genesisHash: replica.genesisHash,
      validators,
      processes,
      get current() {
        return replica.set.members;
      },
      get height() {
        return replica.height;
      },
      get stalled() {
        return fault ?? collector.stalled;
      },
      pin: (contracts) => ({
        chainId: genesis.chainId,
        rpc: [server.url],
        consensus: 'qbft',
        validators,
        checkpoint: { number: 0, hash: replica.genesisHash },
        ...(contracts === undefined ? {} : { contracts }),
      }),
      call,
      async mine() {
        await inTurn(() => collector.produce(true));
        await collector.settled();
        return replica.headHash;
      },
      async vote(wish) {
        await Promise.all(processes.map((each) => each.ask('wish', { wish }, patience)));
      },
      async addValidator() {
        const index = processes.length;
        await writeFileDurably(join(folder, 'members'), String(index + 1));
        const added = await startOne(index);
        await added.begin(genesis, startPatience);
        collector.deliver(added);
        return added.address;
      },
      receipt: (hash) => receiptOf(call, hash),
      deploy: (bytecode) => deploy(call, bytecode),
      stop: () => (stopped ??= stopAll()),
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

async function openFolder({ folder }: LedgerOptions, closers: (() => Promise<unknown> | void)[]): Promise<string> {
  if (folder !== undefined) return stateFolder(folder);
  const temporary = await mkdtemp(join(tmpdir(), 'affidavit-ledger-'));
  closers.push(() => rm(temporary, { recursive: true, force: true }));
  return temporary;
}

/** How many validator processes there are, those that came later included. */
async function openMembers(folder: string, wanted = defaultCount): Promise<number> {
  const path = join(folder, 'members');
  const kept = Number(await readFile(path, 'utf8').catch(() => ''));
  if (kept > 0) return kept;
  if (existsSync(join(folder, 'genesis.json'))) return defaultCount;
  await writeFileDurably(path, String(wanted));
  return wanted;
}

async function receiptOf(call: Ledger['call'], hash: Hex): ReturnType<Ledger['receipt']> {
  for (const end = Date.now() + 60_000; Date.now() < end; await delay(20)) {
    const receipt = await call<Awaited<ReturnType<Ledger['receipt']>> | null>('eth_getTransactionReceipt', hash);
    if (receipt) return receipt;
  }
  throw new AuditorError('source', 'NOT_SEALED', `The transaction ${hash} is in no sealed block after a minute.`);
}

/** By the last of the development accounts, so that the others have done nothing yet. */
async function deploy(call: Ledger['call'], bytecode: Hex): Promise<Hex> {
  const from = (await call<Hex[]>('eth_accounts')).at(-1);
  const hash = await call<Hex>('eth_sendTransaction', { from, data: bytecode });
  const { status, contractAddress } = await receiptOf(call, hash);
  if (status === '0x1' && contractAddress !== null) return contractAddress.toLowerCase() as Hex;
  throw new AuditorError('source', 'DEPLOYMENT', `The contract could not be deployed to the local ledger (${hash}).`);
}

/** A validator that was killed could not end its own. */
function endNode(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
