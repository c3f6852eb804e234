import { attestationNetworkCodeHash, attestationNetworkSlots } from '../../contracts/attestationNetwork.ts';
import { attestationNetworkHash } from '../../contracts/attestationNetworkHash.ts';
import { didRegistryCodeHash, didRegistrySlots } from '../../contracts/didRegistry.ts';
import { didRegistryHash } from '../../contracts/didRegistryHash.ts';
import { proofOfExecutionCodeHash, proofOfExecutionSlots } from '../../contracts/proofOfExecution.ts';
import { reportAnchorCodeHash, reportAnchorSlots } from '../../contracts/reportAnchor.ts';
import { reportAnchorHash } from '../../contracts/reportAnchorHash.ts';
import { revocationRegistryCodeHash, revocationRegistrySlots } from '../../contracts/revocationRegistry.ts';
import { revocationRegistryHash } from '../../contracts/revocationRegistryHash.ts';
import { proofOfExecutionHash } from '../../contracts/proofOfExecutionHash.ts';
import { traceAnchorCodeHash, traceAnchorSlots } from '../../contracts/traceAnchor.ts';
import { traceAnchorHash } from '../../contracts/traceAnchorHash.ts';
import type { ProvenEvent } from './events.ts';
import type { Hex } from './hex.ts';

/** How far a contract's own count of its events has come, and the hash that runs through all of them. */
export interface CounterState {
  readonly count: number;
  readonly hash: Hex;
}

/** A contract that keeps a count and a running hash of its events in its storage. */
export interface EventCounter {
  readonly slots: { readonly count: number; readonly hash: number };
  /** The state after these events, or `brokenAt` where one of them does not continue it. */
  readonly follow: (
    events: readonly ProvenEvent[],
    from?: CounterState,
  ) => CounterState & { readonly brokenAt?: number };
}

export interface KnownContract {
  /** Keccak-256 of its code. */
  readonly codeHash: Hex;
  readonly counter?: EventCounter;
}

/** Contracts whose code is in this repository, by name. */
export const knownContracts: Readonly<Record<string, KnownContract>> = {
  ProofOfExecution: counted(proofOfExecutionCodeHash, proofOfExecutionSlots, proofOfExecutionHash),
  TraceAnchor: counted(traceAnchorCodeHash, traceAnchorSlots, traceAnchorHash),
  AttestationNetwork: counted(attestationNetworkCodeHash, attestationNetworkSlots, attestationNetworkHash),
  DidRegistry: counted(didRegistryCodeHash, didRegistrySlots, didRegistryHash),
  RevocationRegistry: counted(revocationRegistryCodeHash, revocationRegistrySlots, revocationRegistryHash),
  ReportAnchor: counted(reportAnchorCodeHash, reportAnchorSlots, reportAnchorHash),
};

/** A contract that counts its events and keeps a hash over all of them. */
function counted(
  codeHash: Hex,
  { eventCount: count, runningHash: hash }: Readonly<Record<'eventCount' | 'runningHash', number>>,
  follow: EventCounter['follow'],
): KnownContract {
  return { codeHash, counter: { slots: { count, hash }, follow } };
}

/** The known contract that has this code. */
export function contractWithCode(codeHash: string): (KnownContract & { readonly name: string }) | undefined {
  const entry = Object.entries(knownContracts).find(([, contract]) => contract.codeHash === codeHash);
  return entry && { name: entry[0], ...entry[1] };
}

/** A slot's key as `eth_getProof` takes it: 32 bytes. */
export function slotKey(slot: number): Hex {
  return `0x${slot.toString(16).padStart(64, '0')}`;
}
