import { type Abi } from 'viem';
import { traceAnchorAbi, traceAnchorTopics } from '../../../contracts/traceAnchor.ts';
import { concatBytes } from '../../bytes/bytes.ts';
import { decodeEvent } from '../../evm/decodeEvent.ts';
import type { ProvenEvent } from '../../evm/events.ts';
import { fromHex0x, type Hex } from '../../evm/hex.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import type { TraceMetadata } from '../metadata.ts';
import { fromContractMetadata, type ContractMetadata } from './contractMetadata.ts';
import type { VmKey } from './vmKey.ts';

/** A key that a machine's owner has registered, and the blocks in which it was in force: from `from` up to, not with, `until`. */
export interface MachineKey {
  readonly vm: Hex;
  readonly owner: Hex;
  readonly index: number;
  readonly key: VmKey;
  /** Digest of the attestation document that binds it, zeros where there is none. */
  readonly document: Hex;
  /** Digest of the machine's credential, zeros where there is none. */
  readonly credential: Hex;
  readonly from: number;
  readonly until?: number;
}

/** What was anchored, as its event says. */
export interface AnchoredTrace {
  /** Struct hash of the metadata. */
  readonly id: Hex;
  readonly metadata: TraceMetadata;
  /** Number of the machine's key, from 0. */
  readonly key: number;
  /** r ‖ s. */
  readonly signature: Uint8Array;
  readonly event: ProvenEvent;
}

export interface AnchorLog {
  readonly machines: ReadonlyMap<Hex, readonly MachineKey[]>;
  /** In the order of their anchoring. */
  readonly anchors: readonly AnchoredTrace[];
  /** Events that could not be taken for the contract's, or whose metadata nobody could use, and why. */
  readonly faults: readonly { readonly event: ProvenEvent; readonly reason: string }[];
}

const interfaces = new Map<string, Abi>(
  traceAnchorAbi.flatMap((item) => (item.type === 'event' ? [[traceAnchorTopics[item.name], [item]]] : [])),
);
const algorithms = { 1: 'p256', 2: 'secp256k1' } as const;

/** Reads what the contract said, in its order; events of other addresses are not looked at. */
export function readAnchorEvents(events: readonly ProvenEvent[], contract: Hex): AnchorLog {
  const machines = new Map<Hex, MachineKey[]>();
  const anchors: AnchoredTrace[] = [];
  const faults: { event: ProvenEvent; reason: string }[] = [];
  for (const event of events) {
    if (event.address.toLowerCase() !== contract.toLowerCase()) continue;
    try {
      const { name, args } = decodeEvent(interfaces.get(event.topics[0] ?? '') ?? traceAnchorAbi, event);
      if (name === 'TraceAnchored') anchors.push(anchorOf(args, event));
      else if (name === 'KeySet') setKey(machines, args, event);
      else retire(machines.get(args['vm'] as Hex), event);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      faults.push({ event, reason: error.message });
    }
  }
  return { machines, anchors, faults };
}

/** The key under which the contract anchored a trace; undefined where its registration is not among the events. */
export function keyOf({ machines }: AnchorLog, { metadata, key }: AnchoredTrace): MachineKey | undefined {
  return machines.get(`0x${metadata.vm}`)?.find(({ index }) => index === key);
}

function anchorOf(args: Readonly<Record<string, unknown>>, event: ProvenEvent): AnchoredTrace {
  const metadata = fromContractMetadata(args['metadata'] as ContractMetadata);
  if (!metadata) throw new FormatError('The metadata that was anchored is not of the form that auditors know.', 0);
  const signature = concatBytes(fromHex0x(args['r'] as Hex), fromHex0x(args['s'] as Hex));
  return { id: args['id'] as Hex, metadata, key: Number(args['key']), signature, event };
}

function setKey(machines: Map<Hex, MachineKey[]>, args: Readonly<Record<string, unknown>>, event: ProvenEvent): void {
  const algorithm = algorithms[args['algorithm'] as 1 | 2];
  const vm = args['vm'] as Hex;
  const key = { algorithm, x: fromHex0x(args['x'] as Hex), y: fromHex0x(args['y'] as Hex) };
  const known = machines.get(vm) ?? [];
  retire(known, event);
  known.push({
    vm,
    owner: (args['owner'] as Hex).toLowerCase() as Hex,
    index: Number(args['key']),
    key,
    document: args['document'] as Hex,
    credential: args['credential'] as Hex,
    from: event.block,
  });
  machines.set(vm, known);
}

/** The last key ends with this block, where it is in force still. */
function retire(keys: MachineKey[] | undefined, { block }: ProvenEvent): void {
  const last = keys?.at(-1);
  if (keys && last && last.until === undefined) keys[keys.length - 1] = { ...last, until: block };
}
