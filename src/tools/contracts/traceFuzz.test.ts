import fc from 'fast-check';
import type { Address, Hex } from 'viem';
import { afterAll, describe, expect, it } from 'vitest';
import { traceAnchorHash } from '../../contracts/traceAnchorHash.ts';
import { toHex0x } from '../../core/evm/hex.ts';
import { slotKey } from '../../core/evm/knownContracts.ts';
import { anchorSlot, readAnchorSlot, type KeptAnchor } from '../../core/trace/anchor/anchorSlot.ts';
import { toContractMetadata } from '../../core/trace/anchor/contractMetadata.ts';
import { testMachine, testMetadata } from '../../core/trace/anchor/machine.fixture.ts';
import { traceDigest, traceStructHash, zeroDigest, type TraceMetadata } from '../../core/trace/metadata.ts';
import type { Anvil } from './anvil.ts';
import { deployTraceContract, type TraceContract } from './traceContract.ts';
import { anvilForTests, word } from './withAnvil.fixture.ts';

const anvil = await anvilForTests('random steps of the contract of anchors');
afterAll(() => anvil?.stop());
const seconds = Number(process.env['AFFIDAVIT_FUZZ_SECONDS'] ?? 0);

const keys = ['a', 'b', 'c'].map((name) => testMachine('secp256k1', `fuzz ${name}`));

/** The rules of the README once more: what the contract is held against. */
interface MachineModel {
  keys: { key: number; until: number | undefined }[];
  last: string;
  time: number;
}

/** One step: by whom, on which of two names, with which key, and what is wrong with it. */
const draws = fc.record({
  step: fc.constantFrom('setKey', 'anchor', 'anchor', 'anchor', 'retireKey'),
  who: fc.nat({ max: 1 }),
  name: fc.nat({ max: 1 }),
  key: fc.oneof({ weight: 4, arbitrary: fc.constant('right' as const) }, { weight: 1, arbitrary: fc.nat({ max: 2 }) }),
  wrong: fc.constantFrom('nothing', 'nothing', 'nothing', 'previous', 'early', 'late', 'again', 'signed else'),
  code: fc.nat({ max: 1 }),
});
type Draw = typeof draws extends fc.Arbitrary<infer T> ? T : never;

const reached = new Map<string, number>();

function agree(found: unknown, expected: unknown, about = ''): void {
  expect(found, about).toEqual(expected);
}

class Game {
  readonly machines = new Map<string, MachineModel>();
  readonly anchors = new Map<string, { number: number; time: number; key: number }>();
  readonly byCode = new Map<string, string[]>();
  readonly sent: { metadata: TraceMetadata; r: Hex; s: Hex }[] = [];
  readonly contract: TraceContract;
  readonly ids = new Map<string, Hex>();
  events = 0;
  nonce = 0;

  constructor(contract: TraceContract) {
    this.contract = contract;
  }

  async play(draw: Draw): Promise<void> {
    const [expected, found] = await this[draw.step as 'anchor'](draw);
    agree(found, expected, JSON.stringify(draw));
    reached.set(expected, (reached.get(expected) ?? 0) + 1);
    if (/^(KeySet|KeyRetired|TraceAnchored)$/.test(expected)) this.events += 1;
  }

  machine({ who, name }: Draw): MachineModel {
    const at = `${who} ${name}`;
    const found = this.machines.get(at) ?? { keys: [], last: zeroDigest, time: 0 };
    this.machines.set(at, found);
    return found;
  }

  /** In the block that comes next. */
  now = (): number => this.contract.now() + 1;

  async setKey(draw: Draw): Promise<[string, string]> {
    const machine = this.machine(draw);
    const key = draw.key === 'right' ? draw.code : draw.key;
    const { x, y } = (keys[key] as (typeof keys)[number]).key;
    const zero = word(0);
    const outcome = await this.contract.send(this.account(draw), 'setKey', [
      word(draw.name + 1),
      2,
      toHex0x(x),
      toHex0x(y),
      zero,
      zero,
    ]);
    const last = machine.keys.at(-1);
    if (last && last.until === undefined) last.until = this.contract.now();
    machine.keys.push({ key, until: undefined });
    agree(outcome.args?.['key'], machine.keys.length - 1);
    return ['KeySet', outcome.event ?? outcome.error ?? ''];
  }

  async retireKey(draw: Draw): Promise<[string, string]> {
    const machine = this.machine(draw);
    const outcome = await this.contract.send(this.account(draw), 'retireKey', [word(draw.name + 1)]);
    const last = machine.keys.at(-1);
    const isInForce = last !== undefined && last.until === undefined;
    if (isInForce) last.until = this.contract.now();
    return [isInForce ? 'KeyRetired' : 'NoKey', outcome.event ?? outcome.error ?? ''];
  }

  async anchor(draw: Draw): Promise<[string, string]> {
    const machine = this.machine(draw);
    const { wrong } = draw;
    const before = this.sent[draw.code % Math.max(this.sent.length, 1)];
    if (wrong === 'again' && before) {
      const { metadata, r, s } = before;
      const outcome = await this.contract.send(this.account(draw), 'anchor', [toContractMetadata(metadata), r, s]);
      return ['AlreadyAnchored', outcome.event ?? outcome.error ?? ''];
    }
    const inForce = machine.keys.at(-1);
    const by = draw.key === 'right' ? (inForce?.key ?? 0) : draw.key;
    const fair = Math.max(machine.time, this.now());
    const time = wrong === 'early' ? machine.time - 1 : wrong === 'late' ? this.now() + 61 : fair;
    const metadata = testMetadata({
      vm: (await this.vm(draw)).slice(2),
      code: `${draw.code + 1}0`.repeat(32),
      count: (this.nonce += 1),
      previous: wrong === 'previous' ? '99'.repeat(32) : machine.last,
      time: Math.max(time, 0),
    });
    const { chainId, address: verifyingContract } = this.contract;
    const signed = wrong === 'signed else' ? { ...metadata, records: 21 } : metadata;
    const signature = await (keys[by] as (typeof keys)[number]).sign(
      traceDigest(signed, { chainId, verifyingContract }),
    );
    const [r, s] = [toHex0x(signature.subarray(0, 32)), toHex0x(signature.subarray(32))];
    // Anyone may send it.
    const sender = this.contract.accounts[5] as Address;
    const outcome = await this.contract.send(sender, 'anchor', [toContractMetadata(metadata), r, s]);
    const found = outcome.event ?? outcome.error ?? '';
    const outOfTime = metadata.time < machine.time || metadata.time > this.contract.now() + 60;
    if (inForce === undefined || inForce.until !== undefined) return ['NoKey', found];
    if (wrong === 'previous') return ['NotNext', found];
    if (outOfTime) return ['TimeOutOfOrder', found];
    if (by !== inForce.key || wrong === 'signed else') return ['BadSignature', found];
    const id = toHex0x(traceStructHash(metadata));
    [machine.last, machine.time] = [id.slice(2), metadata.time];
    this.anchors.set(id, { number: this.events + 1, time: this.contract.now(), key: machine.keys.length - 1 });
    this.byCode.set(metadata.code, [...(this.byCode.get(metadata.code) ?? []), id]);
    this.sent.push({ metadata, r, s });
    return ['TraceAnchored', found];
  }

  /** All that the contract keeps is what the model says. */
  async settle(): Promise<void> {
    const { contract } = this;
    const { values } = await contract.slots(
      slotKey(0),
      slotKey(1),
      ...[...this.anchors.keys()].map((id) => anchorSlot(id as Hex)),
    );
    const [count, hash, ...slots] = values;
    const running = traceAnchorHash(contract.logs);
    agree(running, { count: this.events, hash: `0x${(hash ?? 0n).toString(16).padStart(64, '0')}` });
    agree(count, BigInt(this.events));
    for (const [at, kept] of [...this.anchors.values()].entries()) {
      const hex = (slots[at] ?? 0n).toString(16);
      const bytes = new Uint8Array(Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'));
      const { number, time, key } = readAnchorSlot(bytes) as KeptAnchor;
      agree({ number, time, key }, kept);
    }
    for (const [code, ids] of this.byCode) {
      agree(await contract.view('anchorsOf', [`0x${code}`, 0n, 256n]), [ids, BigInt(ids.length)]);
    }
    for (let at = 0; at + 1 < contract.logs.length; at += 1) {
      agree(traceAnchorHash(contract.logs.toSpliced(at, 1)).brokenAt, at);
    }
  }

  account({ who }: Draw): Address {
    return this.contract.accounts[who] as Address;
  }

  async vm(draw: Draw): Promise<Hex> {
    const at = `${draw.who} ${draw.name}`;
    const known = this.ids.get(at);
    if (known) return known;
    const vm = (await this.contract.view('vmId', [this.account(draw), word(draw.name + 1)])) as Hex;
    this.ids.set(at, vm);
    return vm;
  }
}

describe.skipIf(!anvil)('random steps of the contract of anchors', { timeout: 600_000, retry: 0 }, () => {
  it('end in contract and model alike: answers, keys, anchors, lists, count, hash', async () => {
    const onward: Draw = { step: 'setKey', who: 0, name: 0, key: 0, wrong: 'nothing', code: 0 };
    const example: Draw[] = [
      onward,
      { ...onward, step: 'anchor', key: 'right' },
      { ...onward, step: 'anchor', key: 'right', wrong: 'again' },
      { ...onward, step: 'anchor', key: 'right', wrong: 'previous' },
      { ...onward, step: 'anchor', key: 'right', wrong: 'late' },
      { ...onward, step: 'anchor', key: 2 },
      { ...onward, step: 'anchor', key: 'right', code: 1 },
      { ...onward, step: 'retireKey' },
      { ...onward, step: 'anchor', key: 'right' },
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(draws, { minLength: 5, maxLength: 40, size: 'max' }), async (drawn) => {
        const game = new Game(await deployTraceContract((anvil as Anvil).rpc));
        for (const draw of drawn) await game.play(draw);
        await game.settle();
      }),
      {
        examples: [[example]],
        ...(seconds ? { numRuns: 1_000_000, interruptAfterTimeLimit: seconds * 1_000 } : { numRuns: 10 }),
      },
    );
    // A fuzz that only ever meets refusals shows nothing.
    for (const name of [
      'KeySet',
      'KeyRetired',
      'TraceAnchored',
      'AlreadyAnchored',
      'NotNext',
      'TimeOutOfOrder',
      'BadSignature',
      'NoKey',
    ]) {
      expect(reached.get(name) ?? 0, name).toBeGreaterThan(0);
    }
  });
});
