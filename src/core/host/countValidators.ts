import { sameDid } from '../did/didChange.ts';
import type { JsonObject } from '../bytes/json.ts';
import type { HostPin } from '../trust/trust.ts';
import { rangeFault } from '../trust/validRange.ts';
import { isObject, text } from '../vc/credential.ts';
import { ancestorsOf, verifyProofs, type ProofContext, type VerifiedProof } from '../vc/proof/verifyProofs.ts';
import type { HostCredential } from './hostCredential.ts';
import type { Withdrawn } from './checkRevoked.ts';
import { readShare } from './readShare.ts';
import type { SharePart } from './signHost.ts';

/** What became of a proof. All but `counted` and `host` count for nothing, and none takes anything from the others. */
export type ProofState =
  | 'host'
  | 'counted'
  | 'stranger'
  | 'duplicate-did'
  | 'duplicate-key'
  | 'duplicate-id'
  | 'host-key'
  | 'dangling'
  | 'cyclic'
  | 'uncovered'
  | 'unauthorised'
  | 'partial'
  | 'untimely'
  | 'withdrawn'
  | 'invalid'
  | 'open'
  | 'unreadable';

/** One proof of a host's credential, judged. Plain JSON. */
export interface JudgedProof {
  /** Place in the credential's list. */
  readonly index: number;
  readonly id: string | null;
  /** DID that its verification method names. */
  readonly did: string | null;
  readonly operator: string | null;
  readonly region: string | null;
  readonly state: ProofState;
  /** Why, as a sentence; empty where it counts. */
  readonly reason: string;
  readonly suite: string;
  readonly method: string | null;
  /** Milliseconds since 1970. */
  readonly created: number | null;
  readonly key: VerifiedProof['key'];
  /** Places of the proofs that it names. */
  readonly previous: readonly number[];
  readonly share: SharePart | null;
}

export interface Count {
  readonly proofs: readonly JudgedProof[];
  /** Places of the host's own proofs that hold. */
  readonly hostProofs: readonly number[];
  /** How the host's own proof turned out: fails where every one fails, unknown where none is there or known. */
  readonly host: { readonly status: 'pass' | 'fail' | 'unknown'; readonly reason: string };
  readonly counted: number;
  /** Selected validators whose proof may yet count: its key could not be looked up. */
  readonly open: number;
  /** Latest `created` of the host's proof and those that count. */
  readonly latest: number | null;
}

export interface CountContext extends ProofContext {
  readonly policy: HostPin | undefined;
  /** Whether a validator has taken back its word: DID or credential on a ledger. */
  readonly withdrawn?: ((did: string) => Withdrawn | undefined) | undefined;
}

/** How far clocks of validators may be apart. */
const allowance = 60_000;

/**
 * Who vouches for a host. A validator counts once for its DID and once for its key (by thumbprint, whatever method names it), only where the client has selected it, its key was allowed to assert when it
 * signed, everything that its proof covers verifies, and the host's own proof is part of that. What strangers add is judged by itself and changes nothing else.
 */
export async function countValidators(credential: HostCredential, context: CountContext): Promise<Count> {
  const { policy } = context;
  const issuer = sameDid(credential.issuer);
  const selected = new Map((policy?.validators ?? []).map((entry) => [sameDid(entry.did), entry]));
  const relevant = relevantProofs(credential, (did) => did === issuer || selected.has(did));
  const places = [...relevant];
  const document: JsonObject = { ...credential.json, proof: places.map((at) => credential.proofs[at] as JsonObject) };
  const local = await verifyProofs(document, { ...context, maximum: places.length, ambiguous: 'signature' });
  const verified = new Map(local.map((proof) => [places[proof.index] as number, proof]));
  const isHosts = (proof: VerifiedProof): boolean =>
    proof.controller !== null && sameDid(proof.controller) === issuer && proof.previous.length === 0;
  const holding = local.filter((proof) => isHosts(proof) && proof.status === 'pass' && isWhole(proof));
  const isLate = ({ created }: VerifiedProof): boolean => created !== null && created > context.at + allowance;
  const trusted = holding.filter((proof) => proof.key?.origin !== 'beside' && !isLate(proof));
  const hostKeys = new Set(trusted.map(({ key }) => key?.thumbprint));
  const hostAt = new Set(trusted.map(({ index }) => index));
  const earliest = Math.min(...trusted.map(({ created }) => created ?? credential.from));
  const seen = { dids: new Set<string>(), keys: new Set<string>(), ids: new Set<string>() };

  const stateOf = (proof: VerifiedProof, did: string): { state: ProofState; reason: string } => {
    const say = (state: ProofState, reason: string) => ({ state, reason });
    if (did === issuer && holding.includes(proof) && isLate(proof)) return say('untimely', notYet);
    if (did === issuer) return hostAt.has(proof.index) ? say('host', '') : ofHost(proof);
    if (!selected.has(did)) return say('stranger', 'You have not selected it.');
    const reason = String(
      proof.chain?.status === 'fail' ? proof.chain.params?.['reason'] : proof.signature.params?.['reason'],
    );
    if (/not there/.test(reason) && proof.status === 'fail') return say('dangling', reason);
    if (/builds on itself/.test(reason) && proof.status === 'fail') return say('cyclic', reason);
    if (proof.status === 'fail')
      return say(
        /given up|expired before|had expired|before it was there|not list|not allow|belongs to/.test(reason)
          ? 'unauthorised'
          : 'invalid',
        reason,
      );
    if (proof.status === 'unknown')
      return say('open', String(proof.signature.params?.['reason'] ?? 'What it builds on is not known to hold.'));
    if (!isWhole(proof)) return say('partial', 'It covers parts of the credential only.');
    if (proof.key?.origin === 'beside') return say('open', 'Its key is from a file that anyone can have written.');
    if (proof.controller === null || sameDid(proof.controller) !== did)
      return say('unauthorised', 'Its key is another’s.');
    if (![...ancestorsOf(proof.index, local)].some((at) => hostAt.has(at))) {
      return say('uncovered', 'It does not cover the host’s own proof.');
    }
    const { created, key } = proof;
    if (
      created === null ||
      created < earliest - allowance ||
      created > Math.min(context.at, credential.until) + allowance
    ) {
      return say('untimely', 'It says no time, or one that is not between the host’s proof and now.');
    }
    const late = rangeFault(selected.get(did) ?? {}, created);
    if (late !== undefined) return say('unauthorised', late);
    if (hostKeys.has(key?.thumbprint)) return say('host-key', 'It is made with the host’s own key.');
    const withdrawn = context.withdrawn?.(did);
    if (withdrawn !== undefined) return say(withdrawn.isOpen ? 'open' : 'withdrawn', withdrawn.reason);
    if (seen.dids.has(did)) return say('duplicate-did', 'This validator counts already.');
    if (seen.keys.has(key?.thumbprint ?? ''))
      return say('duplicate-key', 'Its key counts already, under another name.');
    if (seen.ids.has(proof.id ?? '')) return say('duplicate-id', 'Another proof with its identifier counts already.');
    seen.dids.add(did);
    seen.keys.add(key?.thumbprint ?? '');
    if (proof.id !== null) seen.ids.add(proof.id);
    return say('counted', '');
  };

  const proofs = credential.proofs.map((json, index): JudgedProof => {
    const proof = verified.get(index);
    const did = json ? didOf(json) : undefined;
    const entry = did === undefined ? undefined : selected.get(did);
    const { state, reason } = !json
      ? { state: 'unreadable' as const, reason: 'It is no object.' }
      : proof && did !== undefined
        ? stateOf(proof, did)
        : { state: 'stranger' as const, reason: 'You have not selected it.' };
    return {
      index,
      id: (json && text(json, 'id')) ?? null,
      did: did ?? null,
      operator: entry?.operator ?? null,
      region: entry?.region ?? null,
      state,
      reason,
      suite: proof?.suite ?? (json && text(json, 'cryptosuite')?.slice(0, 64)) ?? '',
      method: proof?.method ?? null,
      created: proof?.created ?? null,
      key: proof?.key ?? null,
      previous: (proof?.previous ?? []).map((at) => places[at] as number),
      share: (json && readShare(json)) ?? null,
    };
  });
  const counted = proofs.filter(({ state }) => state === 'counted');
  const openDids = new Set(proofs.filter(({ state }) => state === 'open').map(({ did }) => did));
  for (const { did } of counted) openDids.delete(did);
  const times = proofs.flatMap(({ state, created }) =>
    created !== null && (state === 'counted' || state === 'host') ? [created] : [],
  );
  return {
    proofs,
    hostProofs: [...hostAt].map((at) => places[at] as number),
    host: hostOutcome(
      local.filter((proof) => didOf(credential.proofs[places[proof.index] as number] as JsonObject) === issuer),
      hostAt.size > 0,
      holding,
      isLate,
    ),
    counted: counted.length,
    open: openDids.size,
    latest: times.length > 0 ? Math.max(...times) : null,
  };
}

function ofHost({ status, signature }: VerifiedProof): { state: ProofState; reason: string } {
  const reason = String(signature.params?.['reason'] ?? 'It is not over the credential alone.');
  return { state: status === 'unknown' ? 'open' : 'invalid', reason };
}

const notYet = 'It says that it was made at a time that has not come.';

function hostOutcome(
  own: readonly VerifiedProof[],
  isTrusted: boolean,
  holding: readonly VerifiedProof[],
  isLate: (proof: VerifiedProof) => boolean,
): Count['host'] {
  if (isTrusted) return { status: 'pass', reason: '' };
  if (holding.length > 0 && holding.every(isLate)) return { status: 'fail', reason: notYet };
  if (holding.length > 0)
    return { status: 'unknown', reason: 'The host’s key is from a file that anyone can have written.' };
  const [first] = own;
  if (!first) return { status: 'fail', reason: 'The host has not signed it.' };
  const open = own.find(({ status }) => status === 'unknown');
  const reason = String((open ?? first).signature.params?.['reason'] ?? 'It is not over the credential alone.');
  return { status: open ? 'unknown' : 'fail', reason };
}

/** Proofs whose method is of somebody who may count, and, however far back, those that these name. */
function relevantProofs({ proofs }: HostCredential, mayCount: (did: string) => boolean): ReadonlySet<number> {
  const byId = new Map<string, number[]>();
  for (const [index, proof] of proofs.entries()) {
    const id = proof && text(proof, 'id');
    if (id !== null && id !== undefined) byId.set(id, [...(byId.get(id) ?? []), index]);
  }
  const open = proofs.flatMap((proof, index) => {
    const did = proof && didOf(proof);
    return did !== undefined && did !== null && mayCount(did) ? [index] : [];
  });
  const found = new Set<number>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    const named = proofs[next]?.['previousProof'];
    for (const name of Array.isArray(named) ? named : [named]) {
      if (typeof name === 'string') open.push(...(byId.get(name) ?? []));
    }
  }
  return new Set([...found].sort((a, b) => a - b));
}

/** Of all that it could be: an issuer's own selective proof shows everything, one that was derived from it does not. */
const isWhole = ({ covers }: VerifiedProof): boolean => covers !== 'disclosed';

function didOf(proof: JsonObject): string | undefined {
  const method = isObject(proof) ? text(proof, 'verificationMethod') : undefined;
  const did = method?.split('#', 1)[0];
  return did === undefined || did === '' ? undefined : sameDid(did);
}
