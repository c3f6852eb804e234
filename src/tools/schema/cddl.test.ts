import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { decodeCbor, encodeCbor, type CborValue } from '../../core/bytes/cbor.ts';
import { ChainWorld } from '../../core/chain/chain.fixture.ts';
import { encodeHold } from '../../core/chain/hold/holdStatement.ts';
import { encodeSegment } from '../../core/chain/segment.ts';
import { encodeSequence } from '../../core/chain/sequence.ts';
import { encodeSuccessor } from '../../core/chain/successor/successorRecord.ts';
import { encodeHostStatement } from '../../core/host/hostStatement.ts';
import { baseSubject } from '../../core/host/host.fixture.ts';
import { encryptImage } from '../../core/host/release/image.ts';
import { encodeShare } from '../../core/host/release/shares.ts';
import { encodeTaskStatement } from '../../core/task/taskStatement.ts';
import { encodeEvidence } from '../../core/network/evidenceFile.ts';
import { encodeNodeStatement } from '../../core/network/nodeStatement.ts';
import { encodeOpening } from '../../core/network/opening.ts';
import { encodeNetworkVm } from '../../core/network/vmStatement.ts';
import { encodeVmStatement } from '../../core/trace/anchor/vmStatement.ts';
import { encodeInputs, makeInputs } from '../../core/trace/run/inputs.ts';
import { encodeTape } from '../../core/trace/run/tape.ts';
import { madeEvents } from '../../core/trace/trace.fixture.ts';
import { makeTrace } from '../../core/trace/traceFile.fixture.ts';
import { readCddl } from './cddl.fixture.ts';
import { schemaFolder } from './schemas.ts';

const word = `0x${'ab'.repeat(32)}` as const;
const real = new Map<string, Uint8Array>();
let rules: ReturnType<typeof readCddl>;

beforeAll(async () => {
  rules = readCddl(await readFile(new URL('affidavit.cddl', schemaFolder), 'utf8'));
  const world = await ChainWorld.make();
  const { storage, blocks } = await world.chain(2);
  const [made] = blocks;
  real.set('block', made!.block);
  real.set('tuple', made!.tuple);
  real.set('shard', storage.buckets[0]!.get(storage.tuple(made!))![0]!);
  const hash = new Uint8Array(32).fill(7);
  real.set('sequence', encodeSequence({ y: new Uint8Array(48), k: 3, g: new Uint8Array(64) }));
  const predecessor = { genesis: hash, sequencerKey: new Uint8Array(44), k: 9, height: 8, timestampHash: hash };
  real.set('successor', encodeSuccessor(predecessor));
  real.set('hold', encodeHold({ bucket: 'https://b', names: ['a', 'b'], mode: 'compliance', until: 1 }));
  const values = { program: word, dataSet: word, runnerKey: word, result: word, output: word };
  const contract = `0x${'01'.repeat(20)}` as const;
  real.set('task-statement', encodeTaskStatement({ chainId: 1, contract, id: 1n, ...values } as never));
  real.set('host-statement', encodeHostStatement(baseSubject));
  real.set('image', await encryptImage(hash, new Uint8Array(32), new Uint8Array(12)));
  real.set('image-share', encodeShare({ image: 'ab'.repeat(32), index: 1, share: new Uint8Array(33) }));
  const zero = `0x${'00'.repeat(20)}` as const;
  real.set('vm-statement', encodeVmStatement({ vm: word, key: word }));
  real.set('network-vm-statement', encodeNetworkVm(word));
  real.set('network-node-statement', encodeNodeStatement({ chainId: 1, verifyingContract: contract }, zero, zero));
  real.set('evidence', encodeEvidence(hash, [hash, new Uint8Array()]));
  real.set('opening', encodeOpening({ saltKey: hash, evidence: new Uint8Array(3) }));
  const calls = [{ name: 'add', values: ['1/i32'] }] as never;
  const files = [{ path: 'data.csv', bytes: hash }];
  real.set('inputs', encodeInputs(makeInputs({ args: ['program', 'x'], env: ['A=1'], files, calls })));
  const call = { function: 3, args: new Uint8Array(8), asked: hash, answer: 0, writes: [[8, hash]] } as const;
  real.set('tape', encodeTape({ calls, hostCalls: [call, { ...call, asked: new Uint8Array(), writes: [] }] }));
  real.set('trace', (await makeTrace(madeEvents(3))).bytes);
  real.set('segment', encodeSegment(0, [{ k: 0, attestations: [hash], tuples: [made!.tuple] }]));
});

const names = (
  'block tuple shard sequence successor hold task-statement host-statement image image-share trace segment ' +
  'vm-statement network-vm-statement network-node-statement evidence opening inputs tape'
).split(' ');
const decode = (bytes: Uint8Array): CborValue => decodeCbor(bytes, { maximumDepth: 8, maximumLength: 1 << 24 });

it.each(names)('the specification has what is really written: %s', (name) => {
  expect(rules.get(name)!(decode(real.get(name)!))).toBe(true);
});

it.each(names)('and nothing longer, shorter or of another version: %s', (name) => {
  const rule = rules.get(name)!;
  const [first, ...rest] = decode(real.get(name)!) as CborValue[];
  expect(rule([first!, ...rest, 0])).toBe(false);
  expect(rule([first!, ...rest.slice(0, -1)])).toBe(false);
  expect(rule([typeof first === 'number' ? 2 : `${String(first)}0`, ...rest])).toBe(false);
});

it('every rule is one of a document that is really written, or of a part of one', () => {
  const parts = ['hash', 'tree', 'segment-entry', 'signed', 'packed', 'file', 'call', 'host-call', 'write'];
  expect([...rules.keys()].toSorted()).toEqual([...names, ...parts].toSorted());
});

it('sizes are meant', () => {
  const block = (length: number) => [1, new Uint8Array(length), new Uint8Array(32), new Uint8Array(32)];
  expect(rules.get('block')!(decode(encodeCbor(block(16))))).toBe(true);
  expect(rules.get('block')!(decode(encodeCbor(block(17))))).toBe(false);
});
