import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readAnchors } from '../../audit/trace/readAnchors.ts';
import { makeWebCryptoKey, webCryptoSigner } from '../../audit/trace/webCryptoSigner.ts';
import { traceAnchorBytecode } from '../../contracts/traceAnchor.ts';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import type { AnchorReading } from '../../core/trace/anchor/anchorReading.ts';
import { judgeAnchor } from '../../core/trace/anchor/judgeAnchor.ts';
import { testMachine, testMetadata } from '../../core/trace/anchor/machine.fixture.ts';
import { signTrace } from '../../core/trace/anchor/signTrace.ts';
import { traceStructHash, zeroDigest, type TraceMetadata } from '../../core/trace/metadata.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { walk } from '../../core/verdict/check.ts';
import { startLyingNode, type Lie, type LyingNode } from '../ledger/lyingNode.fixture.ts';
import type { Ledger } from '../ledger/startLedger.ts';
import { openAnchorLedger, type AnchorLedger } from './anchorLedger.ts';
import { openMachine } from './openTracer.ts';

let ledger: Ledger;
let contract: Hex;
let owner: AnchorLedger;
let vm: string;
let node: LyingNode | undefined;
const machine = testMachine('secp256k1', 'tracer');
const second = testMachine('secp256k1', 'tracer, later');
const traces: TraceMetadata[] = [];

async function anchorOne(by = machine, changes: Partial<TraceMetadata> = {}): Promise<TraceMetadata> {
  const { last, time } = await owner.state(vm);
  const metadata = testMetadata({
    vm,
    previous: last,
    time: Math.max(time, Math.floor(Date.now() / 1000)),
    ...changes,
  });
  const { id } = await owner.anchor(metadata, await signTrace(by, metadata, owner.domain));
  expect(id).toBe(toHex0x(traceStructHash(metadata)));
  traces.push(metadata);
  return metadata;
}

/** What a node that tells these lies shows of some traces, an honest one beside it or not. */
async function read(metadata: readonly TraceMetadata[], lies: readonly Lie[] = [], honest = false) {
  await node?.close();
  node = await startLyingNode({ upstream: ledger.rpc, lies });
  return readAnchors(
    {
      pin: ledger.pin({ TraceAnchor: contract }),
      rpc: honest ? [node.rpc, ledger.rpc] : [node.rpc],
      options: { timeout: 20_000, tries: 4, delay: () => 20 },
    },
    { ids: metadata.map((each) => toHex0x(traceStructHash(each))) },
  );
}

/** Codes of all that does not pass, for one trace. */
function judged(metadata: TraceMetadata, reading: AnchorReading, vms: Trust['vms']) {
  const { check, anchored } = judgeAnchor(metadata, reading, vms === undefined ? {} : { vms });
  const open = [...walk([check])]
    .filter(({ status }) => status !== 'pass')
    .map(({ code, status }) => `${code} ${status}`);
  return { open, anchored, check };
}

const pinned = () => [{ id: vm, key: toBase64Url(machine.publicKey) }];

/** Cases of one ledger that runs for several files of cases: to start one takes seconds. */
export function anchorCases(running: () => Ledger): void {
  describe('an anchor on the local ledger', { timeout: 120_000 }, () => {
    beforeAll(async () => {
      ledger = running();
      contract = await ledger.deploy(traceAnchorBytecode);
      const [account] = await ledger.call<Hex[]>('eth_accounts');
      owner = openAnchorLedger({ rpc: [ledger.rpc], pin: ledger.pin(), contract, account: account as Hex });
      vm = await owner.machine('tracer');
      await owner.setKey('tracer', machine, { document: 'd0'.repeat(32) });
      await anchorOne();
      await anchorOne(machine, { code: 'c2'.repeat(32) });
    }, 120_000);

    afterEach(async () => {
      await node?.close();
      node = undefined;
    });

    test('holds for a machine that is pinned, is open where none is, fails where another key is pinned', async () => {
      const [first] = traces as [TraceMetadata];
      const reading = await read([first]);
      const { open, anchored } = judged(first, reading, pinned());
      expect(open).toEqual([]);
      expect(anchored).toMatchObject({ metadata: first, kept: { number: 2, key: 0 }, machineKey: { index: 0 } });
      expect(anchored?.machineKey?.document).toBe(`0x${'d0'.repeat(32)}`);
      const about = ['TRACE_ANCHOR unknown', 'TRACE_MACHINE unknown'];
      expect(judged(first, reading, undefined).open).toEqual(about);
      expect(judged(first, reading, [{ id: 'another', key: pinned()[0]?.key ?? '' }]).open).toEqual(about);
      const other = [{ id: vm, key: toBase64Url(second.publicKey) }];
      expect(judged(first, reading, other).open).toEqual(['TRACE_ANCHOR fail', 'TRACE_MACHINE fail']);
    });

    test('of which one byte is another is none', async () => {
      const [first] = traces as [TraceMetadata];
      const changes = [{ count: first.count + 1 }, { root: '11'.repeat(32) }, { policy: '22'.repeat(32) }];
      const changed = changes.map((change) => ({ ...first, ...change }));
      const reading = await read(changed);
      for (const each of changed) {
        const { open, anchored } = judged(each, reading, pinned());
        expect(open).toEqual([
          'TRACE_ANCHOR fail',
          'TRACE_ANCHORED fail',
          'TRACE_ANCHOR_SIGNATURE unknown',
          'TRACE_MACHINE unknown',
        ]);
        expect(anchored).toBeUndefined();
      }
    });

    // Every check that does not pass under each lie, and no other.
    const noEvent = ['TRACE_ANCHORED unknown', 'TRACE_ANCHOR_SIGNATURE unknown', 'TRACE_MACHINE unknown'];
    const noReceipts = ['EVM_INCLUSION fail', 'EVM_COMPLETE unknown', ...noEvent];
    const lies: readonly (readonly [Lie, readonly string[]])[] = [
      ['drops events', noReceipts],
      ['changes events', noReceipts],
      ['swaps proofs', ['EVM_STATE fail', 'EVM_CODE unknown', 'TRACE_ANCHORED unknown']],
      [
        'forges seals',
        [
          'EVM_SEALS fail',
          'EVM_HEADER_SEALS fail',
          'EVM_INCLUSION unknown',
          'EVM_CODE unknown',
          'EVM_COMPLETE unknown',
          ...noEvent,
        ],
      ],
    ];

    test.each(lies)('as told by a node that %s is never verified', async (lie, codes) => {
      const [first] = traces as [TraceMetadata];
      const { open, anchored } = judged(first, await read([first], [lie]), pinned());
      expect(open).toEqual(['TRACE_ANCHOR fail', 'TRACE_LEDGER fail', ...codes]);
      expect(anchored).toBeUndefined();
    });

    test('a liar beside an honest node changes nothing', async () => {
      const [first] = traces as [TraceMetadata];
      const reading = await read([first], ['drops events'], true);
      expect(judged(first, reading, pinned()).check.status).toBe('pass');
    });

    test('holds after the machine’s key was exchanged, before and after; the retired key anchors nothing', async () => {
      await owner.setKey('tracer', second);
      await expect(anchorOne(machine)).rejects.toMatchObject({
        code: 'LEDGER_REFUSED',
        message: expect.stringContaining('(BadSignature)'),
      });
      const later = await anchorOne(second);
      const { open, check } = judged(later, await read([later]), pinned());
      expect(open).toEqual([]);
      expect([...walk([check])].flatMap(({ notes = [] }) => notes.map(({ code }) => code))).toEqual([
        'TRACE_KEY_EXCHANGED',
      ]);
      await owner.retireKey('tracer');
      await expect(anchorOne(second)).rejects.toMatchObject({ message: expect.stringContaining('(NoKey)') });
      const [first] = traces as [TraceMetadata];
      const reading = await read([first, later]);
      for (const each of [first, later]) expect(judged(each, reading, pinned()).open).toEqual([]);
      const { ids, total } = await owner.anchorsOf(later.code, 0, 10);
      expect([ids.at(-1), total]).toEqual([toHex0x(traceStructHash(later)), 2]);
    });

    test('a key of WebCrypto that nobody can take out signs on P-256; with one bit of its signature flipped, nothing is anchored', async () => {
      const pair = await makeWebCryptoKey();
      await expect(crypto.subtle.exportKey('pkcs8', pair.privateKey)).rejects.toThrow('not extractable');
      const signer = await webCryptoSigner(pair);
      const { vm: browser, pin } = await openMachine(owner, 'browser', signer);
      const time = Math.floor(Date.now() / 1000);
      const metadata = testMetadata({ vm: browser, previous: zeroDigest, time, code: 'c3'.repeat(32) });
      const signature = await signTrace(signer, metadata, owner.domain);
      for (const at of [0, 40]) {
        const flipped = signature.with(at, (signature[at] as number) ^ 1);
        await expect(owner.anchor(metadata, flipped)).rejects.toMatchObject({
          message: expect.stringContaining('(BadSignature)'),
        });
      }
      expect(await owner.state(browser)).toMatchObject({ last: zeroDigest });
      await owner.anchor(metadata, signature);
      const { open, anchored } = judged(metadata, await read([metadata]), [pin]);
      expect(open).toEqual([]);
      expect(anchored).toMatchObject({ metadata, machineKey: { key: { algorithm: 'p256' } } });
    });
  });
}
