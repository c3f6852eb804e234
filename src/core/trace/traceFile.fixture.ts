import { concatBytes } from '../bytes/bytes.ts';
import { sha3Hex } from '../bytes/hash.ts';
import { toBase64Url } from '../bytes/base64.ts';
import { toHex } from '../bytes/hex.ts';
import { readContent } from '../kinds/content.ts';
import type { Context } from '../kinds/kind.ts';
import { utf8 } from '../bytes/bytes.ts';
import { testMachine, type TestMachine } from './anchor/machine.fixture.ts';
import { Commitment, type Committed } from './commitment.ts';
import { encodeEvent, type TraceEvent } from './event.ts';
import { noDomain, traceDigest, vmIdentifier, zeroDigest, type LeafEncoding, type TraceMetadata } from './metadata.ts';
import { pack, type Packed } from './packed.ts';
import { encodePolicy, makePolicy, policyDigest } from './policy.ts';
import { saltCommitment } from './salt.ts';
import { symbols } from './trace.fixture.ts';
import { encodeTraceFile, packSymbols, type TraceFile } from './traceFile.ts';
import { tracedFunctions } from './tracedFunctions.ts';

export const saltKey = Uint8Array.from({ length: 32 }, (_, index) => 7 * index);
export const machine = testMachine('p256', 'vm 1');
export const callPolicy = makePolicy({ kinds: ['call', 'host', 'load', 'branch'] });
const policyText = encodePolicy(callPolicy);

export interface MadeTrace {
  readonly file: TraceFile;
  readonly bytes: Uint8Array;
  readonly committed: Committed;
}

/** A signed trace of these events, with all that a file may have. */
export async function makeTrace(
  events: readonly TraceEvent[],
  {
    leafEncoding = 'rec16',
    eventsPerLeaf = 1,
    key = saltKey,
    changes = {},
    by = machine,
    policy = policyText,
  }: {
    leafEncoding?: LeafEncoding;
    eventsPerLeaf?: number;
    key?: Uint8Array | undefined;
    changes?: Partial<TraceMetadata>;
    by?: TestMachine;
    policy?: string;
  } = {},
): Promise<MadeTrace> {
  const bundles: Promise<Packed>[] = [];
  const commitment = new Commitment({
    leafEncoding,
    eventsPerLeaf,
    saltKey: key.length > 0 ? key : undefined,
    symbols,
    isTraced: tracedFunctions(callPolicy, symbols),
    onBundle: (_, records) => bundles.push(pack(records)),
  });
  await commitment.add(concatBytes(...events.map(encodeEvent)));
  const committed = await commitment.finish();
  const tape = utf8('a tape');
  const inputs = utf8('some inputs');
  const metadata: TraceMetadata = {
    version: 1,
    ...committed.metadata,
    saltCommitment: key.length > 0 ? saltCommitment(key) : zeroDigest,
    code: sha3Hex(utf8('code')),
    policy: toHex(policyDigest(callPolicy)),
    instrumenter: sha3Hex(utf8('instrumenter')),
    instrumented: sha3Hex(utf8('instrumented')),
    tape: sha3Hex(tape),
    inputs: sha3Hex(inputs),
    selection: zeroDigest,
    vm: vmIdentifier('vm 1'),
    time: 1_760_000_000,
    previous: zeroDigest,
    ...changes,
  };
  const signature = await by.sign(traceDigest(metadata, noDomain));
  const file: TraceFile = {
    metadata,
    domain: noDomain,
    signed: { key: by.publicKey, signature },
    policy,
    symbols: await packSymbols(symbols),
    tape,
    inputs,
    saltKey: key.length > 0 ? key : undefined,
    bundles: await Promise.all(bundles),
  };
  return { file, bytes: encodeTraceFile(file), committed };
}

/** A checker who has pinned the machine. */
export const pinned: Context = {
  trust: { vms: [{ id: 'vm 1', key: toBase64Url(machine.publicKey) }] },
  now: 1_770_000_000_000,
  companions: [],
};

export const contentOf = (bytes: Uint8Array | string) =>
  readContent('t', typeof bytes === 'string' ? utf8(bytes) : Uint8Array.from(bytes));
