import { describe, expect, it } from 'vitest';
import { blockJson, makeLedger } from '../../core/evm/ledger.fixture.ts';
import { toHex0x } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { evmContractMessages } from '../../core/evm/contractMessages.en.ts';
import { sentence } from '../../core/verdict/messages.ts';
import { finalisedBlock, type HeliosConfig, type HeliosModule } from './lightClient.ts';

const blocks = await makeLedger({ consensus: 'clique', events: [0, 1, 0] });
const final = blocks[2]!;
const hash = toHex0x(final.hash);
const beacon = { checkpoint: `0x${'55'.repeat(32)}`, rpc: ['https://one.example/key', 'https://two.example'] };
const pin: EvmPin = { chainId: 1, consensus: 'ethereum', beacon };
const rpc = ['https://node.example'];

interface Stand {
  readonly begin?: (config: HeliosConfig) => void;
  readonly sync?: () => Promise<void>;
  readonly chainId?: string;
  readonly block?: unknown;
}

/** In place of the light client: what it is asked, and that it is shut down. */
function standIn({ begin, sync, chainId = '0x1', block = blockJson(final) }: Stand = {}) {
  const asked: string[] = [];
  const configs: HeliosConfig[] = [];
  let open = 0;
  const helios: HeliosModule = {
    async createHeliosProvider(config) {
      configs.push(config);
      begin?.(config);
      open += 1;
      return {
        waitSynced: sync ?? (async () => undefined),
        async request({ method, params }) {
          asked.push(`${method} ${JSON.stringify(params)}`);
          return method === 'eth_chainId' ? chainId : block;
        },
        async shutdown() {
          open -= 1;
        },
      };
    },
  };
  return { load: async () => helios, asked, configs, open: () => open };
}

describe('a finalised block by a light client', () => {
  it('is the checkpoint, and labelled as its word', async () => {
    const stand = standIn();
    const { pin: found, check } = await finalisedBlock(pin, rpc, stand.load);
    expect(found).toEqual({ ...pin, checkpoint: { number: 2, hash } });
    expect(check).toMatchObject({
      code: 'EVM_LIGHT_CLIENT',
      status: 'pass',
      params: { number: 2, node: 'one.example' },
    });
    expect(sentence(check, evmContractMessages)).toContain('light client Helios');
    expect(stand.asked).toEqual(['eth_chainId []', 'eth_getBlockByNumber ["finalized",false]']);
    expect(stand.configs).toEqual([
      {
        executionRpc: rpc[0],
        consensusRpc: beacon.rpc[0],
        checkpoint: beacon.checkpoint,
        network: 'mainnet',
        dbType: 'config',
      },
    ]);
    expect(stand.open()).toBe(0);
  });

  it('as maps and big numbers, as they come out of WebAssembly', async () => {
    const json = blockJson(final);
    const block = new Map<string, unknown>(Object.entries(json));
    for (const each of ['number', 'gasLimit', 'timestamp']) block.set(each, BigInt(String(json[each])));
    expect((await finalisedBlock(pin, rpc, standIn({ block }).load)).pin.checkpoint?.hash).toBe(hash);
  });

  it('a block that is pinned and later stays', async () => {
    const later = { ...pin, checkpoint: { number: 9, hash: `0x${'99'.repeat(32)}` } };
    expect((await finalisedBlock(later, rpc, standIn().load)).pin).toBe(later);
    const earlier = { ...pin, checkpoint: { number: 1, hash: `0x${'99'.repeat(32)}` } };
    expect((await finalisedBlock(earlier, rpc, standIn().load)).pin.checkpoint?.number).toBe(2);
  });

  it('the next address is asked where one fails', async () => {
    const stand = standIn({
      begin: ({ consensusRpc }) => {
        if (consensusRpc.includes('one')) throw new Error('checkpoint is too old');
      },
    });
    const { check } = await finalisedBlock(pin, rpc, stand.load);
    expect(check).toMatchObject({ status: 'pass', params: { node: 'two.example' } });
  });

  const { beacon: _, ...without } = pin;
  it.each<[string, EvmPin, Stand | undefined, RegExp]>([
    ['is not installed', pin, undefined, /not installed here/],
    ['has nowhere to begin', without, {}, /pins no beacon block/],
    ['is of another ledger', { ...pin, chainId: 8995 }, {}, /not the ledger 8995/],
    ['follows another ledger', pin, { chainId: '0x5' }, /follows the ledger 5/],
    [
      'cannot follow',
      pin,
      { sync: () => Promise.reject(new Error('consensus rpc error')) },
      /two\.example: .*consensus rpc error/,
    ],
    ['never comes as far', pin, { sync: () => new Promise(() => undefined) }, /within 0\.02 s/],
    ['gives no block', pin, { block: null }, /no block/],
    [
      'gives a block of another hash',
      pin,
      { block: { ...blockJson(final), hash: `0x${'00'.repeat(32)}` } },
      /hash is 0x00/,
    ],
  ])('one that %s: open, and the pin as it was', async (what, given, stand, reason) => {
    const load = stand ? standIn(stand).load : async () => undefined;
    const timeout = what === 'never comes as far' ? 20 : 60_000;
    const { pin: found, check } = await finalisedBlock(given, rpc, load, { timeout });
    expect(found).toBe(given);
    expect(check).toMatchObject({ code: 'EVM_LIGHT_CLIENT', status: 'unknown' });
    expect(sentence(check, evmContractMessages)).toMatch(reason);
  });

  it('a cancel ends it', async () => {
    const stop = new AbortController();
    const load = standIn({ sync: () => new Promise(() => undefined) }).load;
    const running = finalisedBlock(pin, rpc, load, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });
});
