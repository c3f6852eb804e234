import { fromBase64Url, toBase64 } from '../../core/bytes/base64.ts';
import { utf8, concatBytes } from '../../core/bytes/bytes.ts';
import { sha3, sha3Hex } from '../../core/bytes/hash.ts';
import { fromHex, toHex } from '../../core/bytes/hex.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { hostDigest, makeHostCredential, type HostSubject } from '../../core/host/hostCredential.ts';
import { encodeHostStatement, hostStatementDigest } from '../../core/host/hostStatement.ts';
import { isNonce, nonceText } from '../../core/host/hostValues.ts';
import { signHost } from '../../core/host/signHost.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Nsm } from '../sequencer/nsm.ts';
import type { EvidenceFile, HostStore, IssuedCredential } from './hostStore.ts';
import type { Identity } from './identity.ts';
import type { MachineClaims } from './machineClaims.ts';
import type { Tpm } from './softwareTpm.ts';
import { signStatusList, statusListLength } from './statusList.ts';

export interface HostAgentOptions {
  readonly identity: Identity;
  readonly store: HostStore;
  readonly tpm: Tpm;
  readonly nsm: Nsm;
  /** Asked anew for each credential. */
  readonly claims: () => Promise<MachineClaims>;
  /** Address of the first status list; those after it are below it: `…/1`. */
  readonly statusAddress: string;
  /** Places of a list, whole bytes; the least that the standard allows where left out. */
  readonly listLength?: number;
  /** Milliseconds that a credential holds; default five minutes. */
  readonly lifetime?: number;
  /** Milliseconds that a status list may be used; default ten minutes. */
  readonly listLifetime?: number;
  /** Told of each new status list before it is given out: puts its digest, time and lifetime on a ledger. */
  readonly onList?: (list: JsonObject) => Promise<void>;
  /** Milliseconds since 1970; the machine's clock by default. */
  readonly now?: () => number;
}

export interface HostOrder {
  /** The client's 32 bytes, base64url. */
  readonly nonce: string;
  readonly image?: HostSubject['image'];
}

/** A host that says what it is, signed, with the evidence for it. */
export interface HostAgent {
  readonly did: string;
  /** A credential that answers the client's nonce. @throws AuditorError `usage` HOST_ORDER */
  attest(order: HostOrder): Promise<IssuedCredential>;
  /** A credential that answers nobody, for those who watch: its nonce follows from the one before. */
  reattest(): Promise<IssuedCredential>;
  /** Takes back a credential by its digest. @throws AuditorError `usage` HOST_UNKNOWN */
  revoke(digest: string): Promise<void>;
  /** The first list as it is in force, signed anew when half of its time is over or a bit has changed. */
  statusList(): Promise<JsonObject>;
  /** One that begins where those before it are full; undefined where no credential is in it yet. */
  laterList(which: number): Promise<JsonObject | undefined>;
  /** The first credential and the latest, ascending. */
  history(): readonly IssuedCredential[];
}

export function createHostAgent(options: HostAgentOptions): HostAgent {
  const { identity, store, tpm, nsm, statusAddress, lifetime = 300_000, listLifetime = 600_000 } = options;
  const { listLength = statusListLength } = options;
  const now = options.now ?? Date.now;
  const seconds = () => Math.floor(now() / 1000) * 1000;
  // Each credential names the one before it, so they are made one after the other.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = turn.then(task);
    turn = result.catch(() => undefined);
    return result;
  };
  const previous = (): string | undefined => store.last && hostDigest(store.last.credential);

  const issue = async (nonce: string, image: HostSubject['image']): Promise<IssuedCredential> => {
    const number = (store.last?.number ?? 0) + 1;
    const before = previous();
    const log = tpm.log();
    const bare: HostSubject = {
      id: identity.did,
      ...(await options.claims()),
      tpm: { status: tpm.status },
      measuredBoot: { algorithm: 'sha256', digest: toHex(tpm.digest()), log: sha3Hex(log) },
      evidence: [],
      nonce,
      ...(image && { image }),
      ...(before === undefined ? {} : { previous: before }),
    };
    // Both bind the whole subject, but for their own digests.
    const quote = await tpm.quote(hostStatementDigest(bare));
    const document = await nsm.attest({ userData: encodeHostStatement(bare), nonce: fromBase64Url(nonce) });
    const subject: HostSubject = {
      ...bare,
      tpm: { status: tpm.status, quote: sha3Hex(quote) },
      evidence: [{ kind: 'nitro', digest: sha3Hex(document) }],
    };
    const from = seconds();
    const unsigned = makeHostCredential({
      id: `urn:uuid:${crypto.randomUUID()}`,
      from,
      until: from + lifetime,
      subject,
      // Anybody may ask for credentials: where a list is full, the next one begins.
      status: { list: addressOf(listOf(number)), index: number % listLength },
    });
    const credential = await signHost(unsigned, identity.signer, { id: `urn:uuid:${crypto.randomUUID()}`, at: from });
    const files: EvidenceFile[] = [
      { kind: 'nitro', name: 'environment.cbor', bytes: toBase64(document) },
      { kind: 'tpm', name: 'quote.bin', bytes: toBase64(quote) },
      { kind: 'boot-log', name: 'boot-log.bin', bytes: toBase64(log) },
    ];
    const issued = { number, credential, files };
    await store.add(issued);
    return issued;
  };

  const listOf = (number: number): number => Math.floor(number / listLength);
  const addressOf = (which: number): string => (which === 0 ? statusAddress : `${statusAddress}/${which}`);
  const lists = new Map<number, { readonly json: JsonObject; readonly from: number; readonly revoked: number }>();
  const listNow = async (which: number): Promise<JsonObject> => {
    const from = seconds();
    const inIt = [...store.revoked].filter((number) => listOf(number) === which);
    const known = lists.get(which);
    const isFresh = known && from >= known.from && from - known.from < listLifetime / 2;
    if (known && isFresh && known.revoked === inIt.length) return known.json;
    const revoked = new Set(inIt.map((number) => number % listLength));
    const parts = { id: addressOf(which), revoked, from, ttl: listLifetime, length: listLength };
    const json = await signStatusList(parts, identity);
    await options.onList?.(json);
    lists.set(which, { json, from, revoked: inIt.length });
    return json;
  };

  return {
    did: identity.did,
    async attest({ nonce, image }) {
      if (!isNonce(nonce)) throw new AuditorError('usage', 'HOST_ORDER', 'A nonce is 32 bytes in base64url.');
      return inTurn(() => issue(nonce, image));
    },
    reattest: () =>
      inTurn(() => {
        const before = previous();
        const seed = concatBytes(utf8('affidavit/host-interval/1'), fromHex(before ?? '00'.repeat(32)));
        return issue(nonceText(sha3(seed)), undefined);
      }),
    revoke: (digest) =>
      inTurn(async () => {
        const found = store.all().find(({ credential }) => hostDigest(credential) === digest);
        if (!found)
          throw new AuditorError('usage', 'HOST_UNKNOWN', `This host has no credential ${digest.slice(0, 64)}.`);
        await store.revoke(found.number);
        await listNow(listOf(found.number));
      }),
    statusList: () => inTurn(() => listNow(0)),
    laterList: (which) => inTurn(async () => (which <= listOf(store.last?.number ?? 0) ? listNow(which) : undefined)),
    history: () => store.all(),
  };
}
