import { toBase64Url } from '../src/core/bytes/base64.ts';
import { toHex } from '../src/core/bytes/hex.ts';
import { recordTrace } from '../src/audit/trace/recordTrace.ts';
import { assemble } from '../src/core/trace/assemble.fixture.ts';
import { signTrace } from '../src/core/trace/anchor/signTrace.ts';
import { testMachine } from '../src/core/trace/anchor/machine.fixture.ts';
import { Commitment } from '../src/core/trace/commitment.ts';
import { encodeEvent } from '../src/core/trace/event.ts';
import { lookupIn, eventToJson } from '../src/core/trace/eventJson.ts';
import { callFields, makeTraceProof } from '../src/core/trace/makeTraceProof.ts';
import { noDomain, vmIdentifier, type LeafEncoding, type TraceDomain } from '../src/core/trace/metadata.ts';
import { makePolicy } from '../src/core/trace/policy.ts';
import { encodeInputs, makeInputs } from '../src/core/trace/run/inputs.ts';
import { storeTrace } from '../src/core/trace/tileStore.ts';
import { encodeTraceFile } from '../src/core/trace/traceFile.ts';
import { encodeTraceProof } from '../src/core/trace/traceProof.ts';
import { TraceReader } from '../src/core/trace/traceReader.ts';
import { exampleProof } from '../src/core/trace/zk/exampleProof.fixture.ts';
import {
  exampleMetadata,
  exampleNonce,
  exampleSelection,
  exampleStatement,
} from '../src/core/trace/zk/exampleTrace.fixture.ts';
import { statementToJson } from '../src/core/trace/zk/statement.ts';
import { eventCircuit } from '../src/core/trace/zk/zkPart.ts';
import { serializeTrust } from '../src/core/trust/serializeTrust.ts';

/** Multiplies 6 by 7, then goes through rounds that begin with a random number. */
const program = `(module
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func $compute (param $a i32) (param $b i32) (result i32) (i32.mul (local.get $a) (local.get $b)))
  (func $step (param $x f64) (result f64)
    (f64.mul (f64.mul (f64.const 3.9) (local.get $x)) (f64.sub (f64.const 1) (local.get $x))))
  (func $rounds (param $x f64) (param $left i32) (result f64)
    (loop $next
      (local.set $x (call $step (local.get $x)))
      (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (local.get $x))
  (func $never (param i32))
  (func (export "_start")
    (drop (call $compute (i32.const 6) (i32.const 7)))
    (drop (call $rounds (f64.const 0.25) (i32.const 500)))
    (drop (call $random_get (i32.const 64) (i32.const 8)))
    (drop (call $rounds (f64.div (f64.convert_i64_u (i64.shr_u (i64.load (i32.const 64)) (i64.const 11))) (f64.const 9007199254740992)) (i32.const 500)))))`;

export const machine = testMachine('secp256k1', 'bench');
export const saltKey = Uint8Array.from({ length: 32 }, (_, index) => 5 * index + 1);

const key = toBase64Url(machine.publicKey);
/** Of the example of what is proved without disclosure. */
const example = exampleMetadata(exampleSelection());

/** The trust file of a checker who has pinned the machine. */
export const machineTrust = serializeTrust({
  vms: [
    { id: 'bench', key },
    { id: example.vm, key },
  ],
});

/** The program, and a trace of its run with this seed. */
export async function recordSample(
  seed: number,
  {
    leafEncoding = 'rec16',
    domain = noDomain,
    vm = vmIdentifier('bench'),
    time = 1_763_733_600,
  }: { leafEncoding?: LeafEncoding; domain?: TraceDomain; vm?: string; time?: number } = {},
) {
  const module = await assemble(program);
  const inputs = makeInputs({ seed: new Uint8Array(32).fill(seed) });
  const { file } = await recordTrace({
    module,
    policy: makePolicy({ kinds: ['call', 'host'] }),
    source: { inputs },
    leafEncoding,
    saltKey,
    vm,
    time,
    domain,
    signer: machine,
  });
  return {
    module,
    inputs: encodeInputs(inputs),
    trace: encodeTraceFile(file),
    /** What an auditor gets who has key and inputs from elsewhere. */
    bare: encodeTraceFile({ ...file, saltKey: undefined, inputs: undefined, tape: undefined }),
  };
}

/** That `compute` was called with 6 and 7 and returned 42, that `never` was never called; of fields, without the 7. */
export async function proveSample(trace: Uint8Array): Promise<string> {
  const reader = await TraceReader.open(trace);
  const { functions } = reader.symbols;
  const never = functions.findIndex(({ name }) => name === 'never');
  const lookup = lookupIn(reader.symbols);
  const events = await reader.events(0, reader.count);
  const index = events.findIndex((event) => eventToJson(event, lookup).func_name === 'compute');
  const isFields = reader.file.metadata.leafEncoding === 'fields';
  const proof = await makeTraceProof(reader, await reader.commit(), {
    events: [index],
    ...(isFields ? { fields: (event) => callFields(event, { values: [0], results: [0] }) } : { functions: [never] }),
  });
  return encodeTraceProof(proof);
}

/** That a value of the signed selection lies between two bounds, made once by the development setup. */
export async function zkProof(): Promise<string> {
  const statement = statementToJson(exampleStatement);
  const zk = { circuit: eventCircuit, statement, nonce: toHex(exampleNonce), proof: exampleProof };
  const nothing = { leaves: [], nodes: [], symbols: [], functions: [] };
  const signature = await signTrace(machine, example, noDomain);
  const signed = { key: machine.publicKey, signature };
  return encodeTraceProof({ metadata: example, domain: noDomain, signed, ...nothing, zk });
}

/** That the sample's trace begins with one of 300 events. */
export async function prefixProof(): Promise<string> {
  const reader = await TraceReader.open((await recordSample(1)).trace);
  const { symbols } = reader;
  const earlier = new Commitment({ leafEncoding: 'rec16', eventsPerLeaf: 1, saltKey, symbols, isTraced: () => true });
  for (const event of await reader.events(0, 300)) await earlier.add(encodeEvent(event));
  const { root } = (await earlier.finish()).metadata;
  return encodeTraceProof(await makeTraceProof(reader, await reader.commit(), { prefix: { root, leaves: 300 } }));
}

/** The objects of a stored trace, by name. */
export async function storedSample(seed: number): Promise<ReadonlyMap<string, Uint8Array>> {
  const reader = await TraceReader.open((await recordSample(seed)).trace);
  const objects = new Map<string, Uint8Array>();
  for await (const { address, bytes } of storeTrace(reader, await reader.commit())) objects.set(address, bytes);
  return objects;
}
