import type { JsonValue } from '../../core/bytes/json.ts';
import { toHex0x } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { pass, unknown, type Check } from '../../core/verdict/check.ts';
import { pause } from '../source/pause.ts';
import { openBlock } from './readHeaders.ts';

/** What is used of the light client Helios (`@a16z/helios` 0.11.1, MIT), so that all of this stands without it. */
export interface HeliosModule {
  createHeliosProvider(config: HeliosConfig, kind: 'ethereum'): Promise<HeliosProvider>;
}

export interface HeliosConfig {
  readonly executionRpc: string;
  readonly consensusRpc: string;
  /** Root of the beacon block to begin at: what the person trusts. */
  readonly checkpoint: string;
  readonly network: string;
  /** `config`: it keeps nothing, so that no newer beginning than the pinned one is ever used. */
  readonly dbType: 'config';
}

export interface HeliosProvider {
  waitSynced(): Promise<void>;
  request(call: { readonly method: string; readonly params: readonly unknown[] }): Promise<unknown>;
  shutdown(): Promise<void>;
}

/** Gives the light client where it is installed, else undefined. It is large (1.6 MB packed), so it is loaded only when it is asked for. */
export type LoadHelios = () => Promise<HeliosModule | undefined>;

export interface Finalised {
  /** The entry with the finalised block as its checkpoint; as it was where there is none. */
  readonly pin: EvmPin;
  readonly check: Check;
}

const networks: Readonly<Record<number, string>> = {
  1: 'mainnet',
  11155111: 'sepolia',
  17000: 'holesky',
  560048: 'hoodi',
};
const spec = 'Ethereum consensus specifications, Altair light client; @a16z/helios 0.11.1';
/** Milliseconds for all of its beginning with one address. */
const defaultTimeout = 120_000;

/**
 * The newest finalised block of Ethereum as a checkpoint to read up to: a light client follows the consensus by the sync committees' signatures from the beacon block that is pinned.
 * What it says is labelled as its word: it is other people's code, and two thirds of a sync committee can deceive it.
 */
export async function finalisedBlock(
  pin: EvmPin,
  rpc: readonly string[],
  load: LoadHelios,
  { signal, timeout = defaultTimeout }: { readonly signal?: AbortSignal | undefined; readonly timeout?: number } = {},
): Promise<Finalised> {
  const { beacon, chainId, checkpoint } = pin;
  const network = networks[chainId];
  const [executionRpc] = rpc;
  const open = (reason: string): Finalised => ({
    pin,
    check: unknown('EVM_LIGHT_CLIENT', { spec, params: { reason, beacon: beacon?.checkpoint ?? '' } }),
  });
  if (pin.consensus !== 'ethereum' || !network)
    return open(`It follows Ethereum and its test networks, not the ledger ${chainId}.`);
  if (!beacon || beacon.rpc.length === 0)
    return open(
      'Your trust file pins no beacon block (`beacon`) to begin at, or names nobody to ask for the consensus.',
    );
  if (executionRpc === undefined) return open('No node was named.');
  const helios = await load();
  signal?.throwIfAborted();
  if (!helios) return open('It is not installed here (`npm install @a16z/helios@0.11.1`).');
  let reason = '';
  for (const consensusRpc of beacon.rpc) {
    const config = { executionRpc, consensusRpc, checkpoint: beacon.checkpoint, network, dbType: 'config' } as const;
    const found = await follow(helios, config, chainId, timeout, signal);
    signal?.throwIfAborted();
    if (typeof found === 'string') {
      reason = `${hostOf(consensusRpc)}: ${found}`;
      continue;
    }
    const params = { number: found.number, hash: found.hash, beacon: beacon.checkpoint, node: hostOf(consensusRpc) };
    // A pinned block that is later than what is final now stays: it is the person's own word.
    const isLater = checkpoint !== undefined && checkpoint.number >= found.number;
    return { pin: isLater ? pin : { ...pin, checkpoint: found }, check: pass('EVM_LIGHT_CLIENT', { spec, params }) };
  }
  return open(reason);
}

async function follow(
  helios: HeliosModule,
  config: HeliosConfig,
  chainId: number,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<{ readonly number: number; readonly hash: string } | string> {
  const stop = new AbortController();
  const late = pause(timeout, signal ? AbortSignal.any([signal, stop.signal]) : stop.signal).then(
    () => `It did not come as far within ${timeout / 1000} s.`,
  );
  late.catch(() => undefined);
  let provider: HeliosProvider | undefined;
  const work = async (): Promise<JsonValue | string> => {
    provider = await helios.createHeliosProvider(config, 'ethereum');
    await provider.waitSynced();
    const id = await provider.request({ method: 'eth_chainId', params: [] });
    if (Number(id) !== chainId) return `It follows the ledger ${String(Number(id))}.`;
    return plain(await provider.request({ method: 'eth_getBlockByNumber', params: ['finalized', false] }));
  };
  try {
    const block = await Promise.race([work(), late]);
    if (typeof block === 'string') return block;
    const { header, sealed } = openBlock(block, 'ethereum');
    return { number: header.number, hash: sealed.blockHash };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof FormatError) return `What it gives is no block. ${error.message}`;
    return `It does not follow the consensus: ${(error instanceof Error ? error.message : String(error)).slice(0, 300)}`;
  } finally {
    stop.abort();
    provider?.shutdown().catch(() => undefined);
  }
}

/** Answers that come out of WebAssembly may hold maps, big numbers and bytes: as JSON has them. */
function plain(value: unknown): JsonValue {
  if (value instanceof Map) return plain(Object.fromEntries(value as Map<string, unknown>));
  if (typeof value === 'bigint') return `0x${value.toString(16)}`;
  if (value instanceof Uint8Array) return toHex0x(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'no address';
}
