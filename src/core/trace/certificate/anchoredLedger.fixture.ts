import { encodeAbiParameters, encodeEventTopics, zeroHash, type AbiEvent, type Hex } from 'viem';
import { traceAnchorAbi, traceAnchorCodeHash } from '../../../contracts/traceAnchor.ts';
import { toBase64Url } from '../../bytes/base64.ts';
import { toHex } from '../../bytes/hex.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { pinOf, signers } from '../../evm/evm.fixture.ts';
import { toHex0x } from '../../evm/hex.ts';
import { makeContractLedger, word, type ContractLedger } from '../../evm/ledgerProof/contractLedger.fixture.ts';
import { headersNeeded } from '../../evm/ledgerProof/headersNeeded.ts';
import type { EvmPin, Trust } from '../../trust/trust.ts';
import { anchorSlot } from '../anchor/anchorSlot.ts';
import { toContractMetadata } from '../anchor/contractMetadata.ts';
import { testMachine, type TestMachine } from '../anchor/machine.fixture.ts';
import { makeTraceProof } from '../makeTraceProof.ts';
import { traceDigest, traceStructHash, type TraceDomain } from '../metadata.ts';
import { madeEvents } from '../trace.fixture.ts';
import { makeTrace } from '../traceFile.fixture.ts';
import type { TraceProof } from '../traceProof.ts';
import { TraceReader } from '../traceReader.ts';
import type { AnchoredRequest } from './makeAnchoredCertificate.ts';

export const contract: Hex = `0x${'7c'.repeat(20)}`;
export const domain: TraceDomain = { chainId: 4321, verifyingContract: contract };
/** The machine's first key, and the one that its owner exchanged it for. */
export const first = testMachine('secp256k1', 'vm 1');
export const later = testMachine('p256', 'vm 1, later');
const owner: Hex = `0x${'0e'.repeat(20)}`;
const start = 1_760_000_000;

export interface AnchoredLedger extends ContractLedger {
  readonly proof: TraceProof;
  readonly pin: EvmPin;
  /** Pins the machine with its first key. */
  readonly trust: Trust;
  /** With the certificate made of it, under another pin where one is given. */
  readonly request: (changes?: Partial<AnchoredRequest>) => Promise<AnchoredRequest>;
}

export interface AnchoredChanges {
  /** Whose signature anchors the trace; the later key is registered for its own only. */
  readonly by?: TestMachine;
  readonly codeHash?: Hex;
  /** What the slot of the anchor holds. */
  readonly slot?: Hex;
  /** H of the machine's attestation document. */
  readonly document?: Hex;
}

/** Block 2 registers the machine's first key, block 3 the later one where that is used, block 4 anchors a trace; 0, 1 and 5 are empty. */
export async function makeAnchoredLedger(changes: AnchoredChanges = {}): Promise<AnchoredLedger> {
  const { by = later, codeHash = traceAnchorCodeHash, document = zeroHash } = changes;
  const { bytes, committed, file } = await makeTrace(madeEvents(40));
  const { metadata } = file;
  const signature = await by.sign(traceDigest(metadata, domain));
  const reader = await TraceReader.open(bytes);
  const plain = await makeTraceProof(reader, committed, { events: [2], functions: [4] });
  const proof: TraceProof = { ...plain, domain, signed: { key: by.publicKey, signature } };
  const id = toHex0x(traceStructHash(metadata));
  const index = by === later ? 1 : 0;
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)].map(toHex0x) as [Hex, Hex];
  const anchored = { id, code: `0x${metadata.code}`, vm: `0x${metadata.vm}`, key: index, r, s, running: zeroHash };
  const log = logOf('TraceAnchored', { ...anchored, metadata: toContractMetadata(metadata) });
  const exchanged = by === later ? [keySet(metadata.vm, 1, later, document)] : [];
  const said = [
    [],
    [],
    [keySet(metadata.vm, 0, first, document)],
    [...exchanged, keySet('ee'.repeat(32), 0, first, zeroHash)],
    [log],
    [],
  ].map((logs, number) => ({ logs, time: start + number }));
  const kept = word([BigInt(index), 4], [BigInt(start + 4), 8], [4n, 8], [4n, 8]);
  const slots = [[anchorSlot(id), changes.slot ?? kept]] as const;
  const ledger = await makeContractLedger({ contract, codeHash, slots, said });
  const pin: EvmPin = {
    ...pinOf('qbft', signers.slice(0, 4)),
    chainId: domain.chainId,
    checkpoint: { number: 0, hash: toHex0x(ledger.blocks[0]!.hash) },
  };
  const trust: Trust = { vms: [{ id: metadata.vm, key: toBase64Url(first.publicKey) }] };
  const request = async (more: Partial<AnchoredRequest> = {}): Promise<AnchoredRequest> => {
    const under = more.pin ?? pin;
    const numbers = headersNeeded(under, [2, 3, 4], 4, 5);
    return {
      proof,
      pin,
      trust,
      document: new Uint8Array(),
      now: 0,
      headers: numbers.map((number) => ledger.blocks[number]!.rlp),
      blocks: [2, 3, 4].map((number) => ({ number, receipts: ledger.blocks[number]!.receipts })),
      account: { number: 4, proof: await ledger.prove([anchorSlot(id)]) },
      ...more,
    };
  };
  return { ...ledger, proof, pin, trust, request };
}

function keySet(vm: string, key: number, { key: point, algorithm }: TestMachine, document: Hex): JsonObject {
  return logOf('KeySet', {
    vm: `0x${vm}`,
    owner,
    name: zeroHash,
    key,
    algorithm: algorithm === 'p256' ? 1 : 2,
    x: `0x${toHex(point.x)}`,
    y: `0x${toHex(point.y)}`,
    document,
    credential: zeroHash,
    running: zeroHash,
  });
}

function logOf(name: 'KeySet' | 'TraceAnchored', args: Readonly<Record<string, unknown>>): JsonObject {
  const abi = traceAnchorAbi as readonly unknown[] as readonly AbiEvent[];
  const { inputs } = abi.find((item) => item.type === 'event' && item.name === name) as AbiEvent;
  const data = inputs.filter(({ indexed }) => !indexed);
  const topics = encodeEventTopics({ abi, eventName: name, args } as never) as Hex[];
  return {
    address: contract,
    topics,
    data: encodeAbiParameters(data, data.map((input) => args[input.name ?? '']) as never),
  };
}
