import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { encodeDeployData } from 'viem';
import {
  attestationNetworkAbi,
  attestationNetworkBytecode,
  attestationNetworkCodeHash,
} from '../../contracts/attestationNetwork.ts';
import { keccak256, sha3 } from '../../core/bytes/hash.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Ledger } from '../ledger/startLedger.ts';
import { startChild, untilReady, type ChildService } from '../process/childService.ts';
import { freePort } from '../process/port.ts';
import { openProgram } from '../process/program.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { createNsmSimulator } from '../sequencer/nsmSimulator.ts';
import type { NodeStatus } from './attestationNode.ts';
import { openContentStore } from './contentStore.ts';
import { nodeMeasurement } from './nodeMeasurement.ts';
import type { NodeSetting } from './nodeSetting.ts';

export interface NetworkOptions {
  /** Its validators are the network's founders, one node each: their accounts, and the folders that have the keys of these. */
  readonly ledger: Pick<Ledger, 'call' | 'rpc'> & {
    readonly processes: readonly Pick<Ledger['processes'][number], 'address' | 'folder'>[];
  };
  readonly pin: EvmPin;
  readonly folder: string;
  readonly host?: string;
  /** One for each node; any free ones where left out. */
  readonly ports?: readonly number[];
  /** What is added to the criteria that a new network begins with: these alone accept the simulated enclaves of its own nodes. */
  readonly criteria?: Trust;
  /** Blocks of an epoch; default 64. */
  readonly epochBlocks?: number;
  readonly poll?: number;
  readonly patience?: number;
  /** Program of the nodes, for tests of such that misbehave. */
  readonly script?: string;
  readonly onTrouble?: (words: string) => void;
}

/** One node, its process running or not. */
export interface NetworkNode {
  readonly account: Hex;
  readonly url: string;
  readonly folder: string;
  readonly pid: number | undefined;
  /** @throws AuditorError `source` NODE_SILENT */
  status(): Promise<NodeStatus>;
  /** Ends it at once. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

export interface Network {
  readonly contract: Hex;
  /** Of the ledger, with the contract by its name. */
  readonly pin: EvmPin;
  /** Digest of the first criteria, and the file itself. */
  readonly criteria: { readonly digest: Hex; readonly bytes: Uint8Array };
  readonly nodes: readonly NetworkNode[];
  stop(): Promise<void>;
}

const ownScript = fileURLToPath(new URL('nodeMain.ts', import.meta.url));
const allowance = 10n ** 21n;
/** Not what a node estimates: that is as of the last block, and in block zero what the contract notes of its block costs nothing. */
const deploymentGas = 6_000_000;

/**
 * Starts a node for each validator of the ledger, each in a process of its own, with its own key, votes and files; the contract is deployed at the first start. A folder that was used
 * before is gone on with.
 * @throws AuditorError `source` CHILD_… | DEPLOYMENT | IO_…; nothing is left running then
 */
export async function startNetwork(options: NetworkOptions): Promise<Network> {
  const { ledger, host = '127.0.0.1', script = ownScript, poll = 250, patience = 20_000, epochBlocks = 64 } = options;
  const folder = await stateFolder(options.folder);
  const module = join(folder, 'module');
  const criteria = await openCriteria(folder, module, options.criteria ?? {});
  const founders = ledger.processes.map(({ address }) => address).toSorted();
  const contract = await openContract(options, folder, founders, criteria.digest, epochBlocks);
  await fund(ledger, founders);
  const pin: EvmPin = { ...options.pin, contracts: { ...options.pin.contracts, AttestationNetwork: contract } };
  const ports = await openPorts(options, folder, host);
  const urls = ports.map((port) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`);
  const nodes = await Promise.all(
    ledger.processes.slice(0, ports.length).map(async (validator, index) => {
      const own = await stateFolder(folder, `node-${index + 1}`);
      await (await openContentStore(own)).write(criteria.bytes);
      const setting: NodeSetting = {
        folder: own,
        accountKey: join(validator.folder, 'key'),
        rpc: [ledger.rpc],
        pin,
        contract,
        host,
        port: ports[index] as number,
        peers: urls.filter((_, other) => other !== index),
        module,
        poll,
        patience,
      };
      const path = join(own, 'node.json');
      await writeFileDurably(path, `${JSON.stringify(setting, null, 2)}\n`);
      return nodeOf({
        account: validator.address,
        url: urls[index] as string,
        folder: own,
        path,
        script,
        tell: (words) => options.onTrouble?.(words),
      });
    }),
  );
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.stop()));
  };
  const started = await Promise.allSettled(nodes.map((node) => node.start()));
  const failed = started.find((each) => each.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return { contract, pin, criteria, nodes, stop };
}

interface NodeOptions {
  readonly account: Hex;
  readonly url: string;
  readonly folder: string;
  readonly path: string;
  readonly script: string;
  readonly tell: (words: string) => void;
}

function nodeOf({ account, url, folder, path, script, tell }: NodeOptions): NetworkNode & { stop(): Promise<void> } {
  let child: ChildService | undefined;
  let isMeant = false;
  return {
    account,
    url,
    folder,
    get pid() {
      return child && child.exit === undefined ? child.pid : undefined;
    },
    async status() {
      try {
        const response = await fetch(`${url}/status`, { signal: AbortSignal.timeout(10_000) });
        return (await response.json()) as NodeStatus;
      } catch (cause) {
        throw new AuditorError('source', 'NODE_SILENT', `The node ${account} does not answer.`, { cause });
      }
    },
    async start() {
      if (child && child.exit === undefined) return;
      isMeant = false;
      let isReady = false;
      const program = await openProgram(script);
      const started = await startChild({
        name: `the node ${account} of the attestation network`,
        args: [...program.loader, program.file, path],
        logFile: join(folder, 'node.log'),
        onLine: (line) => (isReady ||= line.startsWith('ready ')),
      });
      child = started;
      void started.exited.then(() => {
        if (!isMeant) tell(`The node ${account} of the attestation network ended. Its log is ${started.log.path}.`);
      });
      try {
        await untilReady(started, async () => isReady, 120);
      } catch (error) {
        isMeant = true;
        await started.stop();
        throw error;
      }
    },
    async kill() {
      isMeant = true;
      await child?.stop(0);
    },
    async stop() {
      isMeant = true;
      await child?.stop();
    },
  };
}

/** The file as it was at the first start, or a new one. */
async function openCriteria(folder: string, module: string, added: Trust): Promise<Network['criteria']> {
  const path = join(folder, 'criteria.json');
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await readFile(path));
  } catch {
    const { rootPem, pcrs } = (
      await createNsmSimulator({ stateFolder: module, measurement: nodeMeasurement })
    ).describe();
    const nitro = {
      roots: [...(rootPem === null ? [] : [rootPem]), ...(added.nitro?.roots ?? [])],
      measurements: [{ pcrs }, ...(added.nitro?.measurements ?? [])],
    };
    bytes = utf8(serializeTrust({ ...added, nitro }));
    await writeFileDurably(path, bytes, 0o644);
  }
  return { digest: toHex0x(sha3(bytes)), bytes };
}

/** Where the contract of an earlier start stands, or a new one where there is none or its code is another. */
async function openContract(
  { ledger }: NetworkOptions,
  folder: string,
  founders: readonly Hex[],
  criteria: Hex,
  epochBlocks: number,
): Promise<Hex> {
  const path = join(folder, 'contract');
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  if (kept !== undefined) {
    const code = await ledger.call<Hex>('eth_getCode', kept, 'latest');
    if (toHex0x(keccak256(fromHex0x(code))) === attestationNetworkCodeHash) return kept as Hex;
  }
  const data = encodeDeployData({
    abi: attestationNetworkAbi,
    bytecode: attestationNetworkBytecode,
    args: [epochBlocks, founders.length, founders, criteria, `sha3:${criteria.slice(2)}`],
  });
  const from = (await ledger.call<Hex[]>('eth_accounts')).at(-1);
  const gas: Hex = `0x${deploymentGas.toString(16)}`;
  const hash = await ledger.call<Hex>('eth_sendTransaction', { from, data, gas });
  const { status, contractAddress } = await receiptOf(ledger, hash);
  if (status !== '0x1' || contractAddress === null) {
    const words = `The contract AttestationNetwork could not be deployed to the local ledger (${hash}).`;
    throw new AuditorError('source', 'DEPLOYMENT', words);
  }
  const address = contractAddress.toLowerCase() as Hex;
  await writeFileDurably(path, address);
  return address;
}

/** Once it is in a sealed block. @throws AuditorError `source` NOT_SEALED after a minute */
async function receiptOf(
  ledger: NetworkOptions['ledger'],
  hash: Hex,
): Promise<{ readonly status: Hex; readonly contractAddress: Hex | null }> {
  for (const end = performance.now() + 60_000; performance.now() < end; await delay(50)) {
    const receipt = await ledger.call<Awaited<ReturnType<typeof receiptOf>> | null>('eth_getTransactionReceipt', hash);
    if (receipt) return receipt;
  }
  throw new AuditorError('source', 'NOT_SEALED', `The transaction ${hash} is in no sealed block after a minute.`);
}

/** What its transactions cost, from the development accounts: one each at a time, so that none gets in the way of the next. */
async function fund(ledger: NetworkOptions['ledger'], accounts: readonly Hex[]): Promise<void> {
  const rich = await ledger.call<Hex[]>('eth_accounts');
  for (let at = 0; at < accounts.length; at += rich.length) {
    await Promise.all(
      accounts.slice(at, at + rich.length).map(async (to, index) => {
        if (BigInt(await ledger.call<Hex>('eth_getBalance', to, 'latest')) >= allowance / 2n) return;
        const value: Hex = `0x${allowance.toString(16)}`;
        const hash = await ledger.call<Hex>('eth_sendTransaction', { from: rich[index], to, value });
        await receiptOf(ledger, hash);
      }),
    );
  }
}

/** The same ones at each start, so that nodes find each other again. */
async function openPorts({ ledger, ports }: NetworkOptions, folder: string, host: string): Promise<readonly number[]> {
  if (ports) return ports;
  const path = join(folder, 'ports');
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (kept !== '') return JSON.parse(kept) as number[];
  const found = new Set<number>();
  while (found.size < ledger.processes.length) found.add(await freePort(host));
  await writeFileDurably(path, JSON.stringify([...found]));
  return [...found];
}
