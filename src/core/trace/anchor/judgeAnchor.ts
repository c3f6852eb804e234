import { toBase64Url } from '../../bytes/base64.ts';
import { moment } from '../../certificate/moment.ts';
import { toHex0x, type Hex } from '../../evm/hex.ts';
import type { Trust } from '../../trust/trust.ts';
import { all, fail, pass, unknown, type Check, type Plan } from '../../verdict/check.ts';
import { traceDigest, traceStructHash, vmIdentifier, type TraceMetadata } from '../metadata.ts';
import type { AnchorReading } from './anchorReading.ts';
import { anchorSlot, readAnchorSlot, type KeptAnchor } from './anchorSlot.ts';
import { keyOf, readAnchorEvents, type AnchoredTrace, type MachineKey } from './readAnchorEvents.ts';
import { verifyTraceSignature } from './verifySignature.ts';
import { encodeVmKey } from './vmKey.ts';

export const anchorPlan: Plan = {
  code: 'TRACE_ANCHOR',
  children: [
    { code: 'TRACE_LEDGER' },
    { code: 'TRACE_ANCHORED' },
    { code: 'TRACE_ANCHOR_SIGNATURE' },
    { code: 'TRACE_MACHINE' },
  ],
};

export interface AnchorJudged {
  readonly check: Check;
  /** Undefined where the ledger does not show it. */
  readonly anchored:
    (AnchoredTrace & { readonly kept: KeptAnchor; readonly machineKey: MachineKey | undefined }) | undefined;
}

const spec = 'src/contracts/README (TraceAnchor)';

/**
 * Whether the metadata of a trace is anchored: the contract's own memory of it, proven from its storage; the event that tells all of it; the signature once more,
 * with the key that the machine's owner has registered; and that this machine is one that the checker has pinned.
 */
export function judgeAnchor(
  metadata: TraceMetadata,
  reading: AnchorReading,
  { vms = [] }: Pick<Trust, 'vms'>,
): AnchorJudged {
  const id = toHex0x(traceStructHash(metadata));
  const log = readAnchorEvents(reading.events, reading.contract);
  const found = log.anchors.find((anchor) => anchor.id === id);
  const machineKey = found && keyOf(log, found);
  const ledger = all('TRACE_LEDGER', reading.checks, {
    params: { chainId: reading.chainId, contract: reading.contract, number: reading.head?.number ?? 0 },
  });
  const { check: anchored, kept } = checkAnchored(id, found, reading);
  const keys = log.machines.get(`0x${metadata.vm}`) ?? [];
  const children = [
    ledger,
    anchored,
    checkSignature(metadata, found, machineKey, reading),
    checkMachine(metadata.vm, keys, machineKey, vms, reading.completeness.how !== 'none'),
  ];
  return {
    check: all('TRACE_ANCHOR', children, { params: { id, contract: reading.contract, chainId: reading.chainId } }),
    anchored: found && kept && { ...found, kept, machineKey },
  };
}

/** The slot says that and when; the event says what. Both are the same ledger's word, so they must agree. */
function checkAnchored(
  id: Hex,
  found: AnchoredTrace | undefined,
  { account, contract, head }: AnchorReading,
): { readonly check: Check; readonly kept: KeptAnchor | undefined } {
  const code = 'TRACE_ANCHORED';
  const slot = account?.slots.find(({ key }) => key === anchorSlot(id));
  const params = { id, contract, head: head?.number ?? 0 };
  if (!slot) {
    const reason = 'No node proves what the contract keeps of it.';
    return { check: unknown(code, { spec, params: { ...params, reason } }), kept: undefined };
  }
  const kept = readAnchorSlot(slot.value);
  if (!kept) {
    const reason = `As of block ${params.head} the contract keeps nothing under this identifier.`;
    return { check: fail(code, { spec, params: { ...params, reason } }), kept };
  }
  const more = { ...params, block: kept.block, time: moment(kept.time), number: kept.number };
  if (!found) {
    const reason = 'Its storage has it, but the event that tells it was not shown.';
    return { check: unknown(code, { spec, params: { ...more, reason } }), kept };
  }
  const { block, timestamp } = found.event;
  const agree = block === kept.block && timestamp === kept.time && found.key === kept.key;
  const reason = `Its event is of block ${block} with key ${found.key}, its storage says block ${kept.block} and key ${kept.key}.`;
  return {
    check: agree ? pass(code, { spec, params: more }) : fail(code, { spec, params: { ...more, reason } }),
    kept,
  };
}

function checkSignature(
  metadata: TraceMetadata,
  found: AnchoredTrace | undefined,
  machineKey: MachineKey | undefined,
  { chainId, contract }: AnchorReading,
): Check {
  const code = 'TRACE_ANCHOR_SIGNATURE';
  if (!found || !machineKey) {
    const reason = found ? 'The registration of the key was not shown.' : 'The event with the signature was not shown.';
    return unknown(code, { spec, params: { reason } });
  }
  const digest = traceDigest(metadata, { chainId, verifyingContract: contract });
  const params = { algorithm: machineKey.key.algorithm, key: machineKey.index, owner: machineKey.owner };
  if (!verifyTraceSignature(digest, found.signature, machineKey.key)) {
    return fail(code, { spec, params: { ...params, reason: 'The key that was registered did not sign this.' } });
  }
  const { from, until = Infinity } = machineKey;
  const { block } = found.event;
  if (block >= from && block < until) return pass(code, { spec, params });
  const reason = `The key was in force from block ${from} to ${until}, the trace was anchored in block ${block}.`;
  return fail(code, { spec, params: { ...params, reason } });
}

/** The pin names the machine and one of its keys; the owner may have exchanged keys since, which the contract has seen. */
function checkMachine(
  vm: string,
  keys: readonly MachineKey[],
  used: MachineKey | undefined,
  vms: NonNullable<Trust['vms']>,
  isComplete: boolean,
): Check {
  const code = 'TRACE_MACHINE';
  const pinned = vms.find(({ id }) => vmIdentifier(id) === vm);
  const shown = used ? toBase64Url(encodeVmKey(used.key)) : '';
  const params = used ? { vm, key: shown } : { vm };
  if (!pinned) {
    const reason = 'Your trust file does not name it.';
    return unknown(code, { spec: 'DESIGN §8 (vms)', params: { ...params, reason } });
  }
  if (!used) return unknown(code, { params: { ...params, reason: 'With which key it signed was not shown.' } });
  if (pinned.key === shown) return pass(code, { params: { ...params, name: pinned.id } });
  const isKnown = keys.some(({ key }) => toBase64Url(encodeVmKey(key)) === pinned.key);
  if (isKnown) {
    return pass(code, {
      params: { ...params, name: pinned.id },
      notes: [{ code: 'TRACE_KEY_EXCHANGED', params: { owner: used.owner } }],
    });
  }
  if (!isComplete) {
    const reason = 'You have pinned another key for it, and not every key that it had is shown.';
    return unknown(code, { params: { ...params, reason } });
  }
  const reason = 'The key that you have pinned for it is none that it ever had on this contract.';
  return fail(code, { params: { ...params, reason } });
}
