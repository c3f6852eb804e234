import { canonicalJson } from '../bytes/jcs.ts';
import { utf8 } from '../bytes/bytes.ts';
import { sha3 } from '../bytes/hash.ts';
import type { JsonObject } from '../bytes/json.ts';
import { toHex0x } from '../evm/hex.ts';
import type { Context } from '../kinds/kind.ts';
import type { HostPin } from '../trust/trust.ts';
import { unknown, type Check } from '../verdict/check.ts';
import { contextSource } from '../vc/contextSource.ts';
import { idOf, isObject, text } from '../vc/credential.ts';
import { readMoment } from '../vc/moment.ts';
import type { KeyDocuments } from '../vc/proof/findKey.ts';
import { checkStatusEntries } from '../vc/statusEntry.ts';
import { controllersOf, isProven, listSubject } from './controllers.ts';
import type { HostCredential } from './hostCredential.ts';

/** How old what the host's status was read from is. Plain JSON. */
export interface ListShown {
  readonly list: string;
  readonly index: string;
  /** Of the list that was given, milliseconds since 1970; null where none was. */
  readonly from: number | null;
  readonly until: number | null;
  /** Seconds between that and the time judged at. */
  readonly age: number | null;
  /** Whether the ledger names this very list as the newest. */
  readonly anchored: boolean | null;
}

export interface ListedJudged {
  readonly check: Check;
  readonly shown: readonly ListShown[];
}

const spec = 'Bitstring Status List 1.0 §3.2';

/**
 * HOST_STATUS: the bit is not set in a list that the host or a selected validator has signed, that is not stale, and that is the newest that its keeper anchored, where the registry was read. What is
 * missing, stale or not the newest is unknown, never good.
 */
export async function checkListed(
  credential: HostCredential,
  policy: HostPin | undefined,
  context: Context,
  keys: KeyDocuments & { readonly at: number },
): Promise<ListedJudged> {
  const status = credential.json['credentialStatus'];
  const entries = (Array.isArray(status) ? status : [status]).filter(isObject);
  if (entries.length === 0) {
    const params = { list: '', place: -1, purpose: '', reason: 'It names no status list.' };
    return { check: unknown('HOST_STATUS', { spec, params }), shown: [] };
  }
  const { beside: documents, at } = keys;
  const found = await checkStatusEntries(credential.json, {
    ...keys,
    documents,
    issuer: credential.issuer,
    also: (policy?.validators ?? []).map(({ did }) => did),
    source: (named) => contextSource(context, named),
    signal: context.signal,
  });
  const lists = entries.map((entry, place) => {
    const address = text(entry, 'statusListCredential') ?? '';
    return { address, entry, list: found?.lists[place] };
  });
  const shown = lists.map(({ address, entry, list }): ListShown => {
    const from = readMoment(list && text(list, 'validFrom')) ?? null;
    return {
      list: address,
      index: text(entry, 'statusListIndex') ?? '',
      from,
      until: readMoment(list && text(list, 'validUntil')) ?? null,
      age: from === null ? null : Math.round((at - from) / 1000),
      anchored: list ? anchorFault(address, list, context, at) === undefined : null,
    };
  });
  const base: Check = { ...(found?.check as Check), code: 'HOST_STATUS' };
  if (base.status !== 'pass') return { check: base, shown };
  for (const { address, list } of lists) {
    const fault = list && anchorFault(address, list, context, at);
    if (fault !== undefined) {
      return { check: unknown('HOST_STATUS', { spec, params: { ...base.params, reason: fault } }), shown };
    }
  }
  const isRead = (context.host?.ledgers ?? []).some(({ hasRevocations }) => hasRevocations);
  const notes = [...(base.notes ?? []), ...(isRead ? [] : [{ code: 'HOST_LIST_UNANCHORED' as const }])];
  return { check: { ...base, ...(notes.length > 0 ? { notes } : {}) }, shown };
}

/** Why the list is not the one that stands on the ledger; undefined where it is, or no registry was read. */
function anchorFault(address: string, list: JsonObject, { trust, host }: Context, at: number): string | undefined {
  const ledgers = (host?.ledgers ?? []).filter(({ hasRevocations }) => hasRevocations);
  if (ledgers.length === 0) return undefined;
  const issuer = idOf(list['issuer']) ?? '';
  const key = listSubject(address);
  const anchors = ledgers.flatMap((ledger) => {
    const by = controllersOf(issuer, ledger.chainId, at, trust, ledgers);
    const last = ledger.lists.findLast(
      (anchor) => anchor.list === key && by.includes(anchor.by) && anchor.timestamp * 1000 <= at,
    );
    return last ? [{ last, proven: isProven(ledger) }] : [];
  });
  const [first] = anchors;
  if (!first) return 'Its keeper has anchored no list on the ledgers that were read.';
  if (!first.proven) return 'What the ledger says could not be proven.';
  const { digest, time, ttl, block } = first.last;
  if (digest !== toHex0x(sha3(utf8(canonicalJson(list))))) {
    return `The list that was given is not the one that its keeper anchored last, in block ${block}.`;
  }
  if ((time + ttl) * 1000 <= at)
    return `The list that stands on the ledger may be used for ${ttl} s and is older: a newer one is needed.`;
  return undefined;
}
