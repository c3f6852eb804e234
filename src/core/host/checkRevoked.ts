import { parseEthrDid } from '../did/didChange.ts';
import { evmBlockChecker } from '../evm/check.ts';
import { parseBlockFile } from '../evm/blockFile.ts';
import { verifyAccountProof } from '../evm/accountProof.ts';
import { readHeaders } from '../evm/judgeHeaders.ts';
import { fromHex } from '../bytes/hex.ts';
import { affidavitType } from '../kinds/content.ts';
import type { Context } from '../kinds/kind.ts';
import { combine } from '../verdict/status.ts';
import { fail, pass, unknown, type Check } from '../verdict/check.ts';
import type { Hex } from '../evm/hex.ts';
import { revocationSlot } from './revocationSlot.ts';
import { controllersOf, didSubject, isProven } from './controllers.ts';
import { hostDigest, type HostCredential } from './hostCredential.ts';
import type { HostLedger, RevocationChange } from './hostLedger.ts';

const spec = 'RevocationRegistry';
const code = 'HOST_REVOKED';
/** The newest block, read or in a file, that is older than this at the time judged at says too little, in seconds. */
const maximumAge = 3600;

/** The last word of somebody about a subject up to a time; undefined where there is none. */
export function lastWord(
  changes: readonly RevocationChange[],
  subject: Hex,
  by: readonly Hex[],
  at: number,
): RevocationChange | undefined {
  return changes.findLast(
    (change) => change.subject === subject && by.includes(change.by) && change.timestamp * 1000 <= at,
  );
}

/** What a ledger says against a DID's word about a credential. `isOpen`: nothing, but what it says could not be proven, so that something may have been left out. */
export interface Withdrawn {
  readonly reason: string;
  readonly isOpen?: true;
}

/** Whether a DID's word about a credential is taken back on a ledger: itself, or the word about this credential. Undefined where it is not known to be. */
export function withdrawnBy(did: string, digest: string, { trust, host }: Context, at: number): Withdrawn | undefined {
  const ledgers = host?.ledgers ?? [];
  let isOpen: true | undefined;
  for (const ledger of ledgers.filter(({ hasRevocations }) => hasRevocations)) {
    const by = controllersOf(did, ledger.chainId, at, trust, ledgers);
    if (lastWord(ledger.revocations, didSubject(did), by, at)?.isRevoked)
      return { reason: 'Its owner has revoked it on the ledger.' };
    if (lastWord(ledger.revocations, `0x${digest}`, by, at)?.isRevoked)
      return { reason: 'It has taken back its word about this credential on the ledger.' };
    if (by.length > 0 && !isProven(ledger)) isOpen = true;
  }
  return isOpen ? { reason: 'Whether it has taken back its word could not be proven.', isOpen } : undefined;
}

/**
 * HOST_REVOKED: the host and this credential are not taken back on the ledger that the host's DID is on. From proven events, or offline from a storage proof in an `evm-block` file. Undefined where the
 * host's DID is on no ledger: then nobody could take it back there, and its status list alone counts.
 */
export async function checkRevoked(
  credential: HostCredential,
  context: Context,
  at: number,
): Promise<Check | undefined> {
  const did = credential.issuer;
  const own = parseEthrDid(did);
  const ledgers = context.host?.ledgers ?? [];
  const pinned = (context.trust.evm ?? []).filter(({ contracts }) => contracts?.['RevocationRegistry'] !== undefined);
  const chains = [...new Set([...(own ? [own.chainId] : []), ...pinned.map(({ chainId }) => chainId)])];
  const subjects = [didSubject(did), `0x${hostDigest(credential.json)}`] as const;
  const checks: Check[] = [];
  for (const chainId of chains) {
    const by = controllersOf(did, chainId, at, context.trust, ledgers);
    if (by.length === 0) continue;
    const ledger = ledgers.find((each) => each.chainId === chainId && each.hasRevocations);
    checks.push(ledger ? fromEvents(ledger, subjects, by, at) : await fromStorage(chainId, subjects, by, context, at));
  }
  return (
    checks.find(({ status }) => status === 'fail') ?? checks.find(({ status }) => status === 'unknown') ?? checks[0]
  );
}

function fromEvents(ledger: HostLedger, subjects: readonly Hex[], by: readonly Hex[], at: number): Check {
  const { chainId, head, revocations } = ledger;
  const params = { chainId, block: head?.number ?? 0, time: timeOf(head?.timestamp ?? 0) };
  const word = subjects.map((subject) => lastWord(revocations, subject, by, at)).find((each) => each?.isRevoked);
  if (word) {
    const what = word.subject === subjects[0] ? 'The host' : 'The credential';
    const reason = `${what} was taken back in block ${word.block}, at ${timeOf(word.timestamp)}.`;
    return fail(code, { spec, params: { ...params, reason } });
  }
  if (!isProven(ledger) || !head) {
    return unknown(code, { spec, params: { ...params, reason: 'What the ledger says could not be proven.' } });
  }
  if (head.timestamp + maximumAge < at / 1000) {
    const reason = `Block ${head.number} is of ${params.time}: a newer one is needed.`;
    return unknown(code, { spec, params: { ...params, reason } });
  }
  return pass(code, { spec, params });
}

/** The registry's own storage, proven against a sealed block: zero where nothing is taken back. */
async function fromStorage(
  chainId: number,
  subjects: readonly Hex[],
  by: readonly Hex[],
  context: Context,
  at: number,
): Promise<Check> {
  const open = (reason: string) => unknown(code, { spec, params: { chainId, block: 0, time: '', reason } });
  const pin = (context.trust.evm ?? []).find(
    (each) => each.chainId === chainId && each.contracts?.['RevocationRegistry'] !== undefined,
  );
  const registry = pin?.contracts?.['RevocationRegistry']?.toLowerCase();
  if (registry === undefined) return open(`Your trust file pins no RevocationRegistry on the ledger ${chainId}.`);
  const slots = subjects.flatMap((subject) => by.map((each) => revocationSlot(subject, each)));
  // Of several states the newest says what is so now: whoever adds an older one hides nothing.
  let newest: { readonly number: number; readonly check: Check } | undefined;
  for (const content of context.companions) {
    if (affidavitType(content) !== 'evm-block/1') continue;
    const judged = await evmBlockChecker.check(content, context);
    if (combine(judged.checks.map(({ status }) => status)) !== 'pass') continue;
    const file = parseBlockFile(content.text ?? '');
    const last = readHeaders(file.headers, file.consensus).at(-1);
    if (file.chainId !== chainId || !last || file.accountProof === undefined) continue;
    const { header } = last;
    const proven = await verifyAccountProof(fromHex(header.stateRoot.slice(2)), file.accountProof);
    if (proven.address !== registry) continue;
    const found = slots.map((slot) => proven.slots.find(({ key }) => key === slot));
    const params = { chainId, block: header.number, time: timeOf(header.timestamp) };
    const isRevoked = found.some((slot) => slot !== undefined && slot.value.length > 0);
    if ((!isRevoked && found.includes(undefined)) || header.number < (newest?.number ?? 0)) continue;
    const check = isRevoked
      ? fail(code, { spec, params: { ...params, reason: `It is taken back in the state of block ${header.number}.` } })
      : header.timestamp + maximumAge < at / 1000
        ? open(`Block ${header.number} is of ${params.time}: a newer one is needed.`)
        : pass(code, { spec, params });
    newest = { number: header.number, check };
  }
  return newest?.check ?? open(`The registry on ledger ${chainId} was not read.`);
}

const timeOf = (seconds: number): string => new Date(seconds * 1000).toISOString();
