import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sha3 } from '../../core/bytes/hash.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { zeroWord } from '../../core/network/record.ts';
import { voteSigner, type NetworkDomain, type SignedVote, type Vote } from '../../core/network/vote.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { createNsmSimulator } from '../sequencer/nsmSimulator.ts';
import { judgeBatch } from '../../core/network/judgeBatch.ts';
import { openContentStore, type ContentStore } from './contentStore.ts';
import { judgeEvidence } from '../../core/network/judgeEvidence.ts';
import { openNetworkLedger, type NetworkLedger } from './networkLedger.ts';
import { NetworkReader } from './networkReader.ts';
import { NetworkView, type Standing, type ViewRequest } from './networkView.ts';
import { loadAccount, loadVoteKey, type VoteKey } from './nodeKeys.ts';
import { nodeMeasurement } from './nodeMeasurement.ts';
import type { NodeSetting } from './nodeSetting.ts';
import { encodeNodeStatement } from '../../core/network/nodeStatement.ts';
import { fetchContent, tellVote } from './peers.ts';
import { openOpeningDoor, type OpeningDoor } from './openingDoor.ts';
import { openPrivateStore, type PrivateStore } from './privateStore.ts';
import { SeenVotes, type Conflict } from './seenVotes.ts';
import { openVoteJournal, type VoteJournal } from './voteJournal.ts';

/** What `GET /status` answers. */
export interface NodeStatus {
  readonly account: Hex;
  readonly key: Hex;
  readonly contract: Hex;
  readonly chainId: number;
  readonly joined: boolean;
  /** Last block that was proven. */
  readonly head: number;
  readonly epoch: number;
  readonly trustNodes: readonly Hex[];
  readonly threshold: number;
  readonly criteria: Hex | null;
  readonly requests: number;
  readonly final: number;
  /** Requests without a record, and what they lack. */
  readonly waiting: readonly Standing[];
  /** Why nothing becomes final, in words and with names; null while it does. */
  readonly stalled: string | null;
  /** What last went wrong, and goes on being tried. */
  readonly trouble: string | null;
}

/** A request is voted on in the epoch in which it was opened and so many more; then its evidence is not waited for any longer. */
const epochsOfPatience = 8;
const votesAtOnce = 32;
/** How far a request may be ahead of the last one read: whoever signs for others that do not exist fills no more room than that. */
const requestsAhead = 64;

/** What a node is made of; of its own process. */
export interface NodeParts {
  readonly setting: NodeSetting;
  readonly domain: NetworkDomain;
  readonly key: VoteKey;
  readonly ledger: NetworkLedger;
  readonly journal: VoteJournal;
  readonly content: ContentStore;
  readonly openings: PrivateStore;
  readonly door: OpeningDoor;
}

/** @throws AuditorError as keys, journal and folder are at fault */
export async function openNodeParts(setting: NodeSetting): Promise<NodeParts> {
  const { folder, rpc, pin, contract } = setting;
  const domain = { chainId: pin.chainId, verifyingContract: contract.toLowerCase() as Hex };
  const key = await loadVoteKey(folder, domain);
  const account = await loadAccount(setting.accountKey);
  const openings = await openPrivateStore(folder);
  return {
    setting,
    domain,
    key,
    ledger: openNetworkLedger({ rpc, pin, contract, account }),
    journal: await openVoteJournal(folder, domain, key.address),
    content: await openContentStore(folder),
    openings,
    door: await openOpeningDoor({ folder, domain, account: account.address.toLowerCase() as Hex }, key, openings),
  };
}

/** One node of the attestation network: follows the contract by proofs, judges what is asked, votes once, and accuses whoever votes twice. */
export class AttestationNode {
  protected readonly parts: NodeParts;
  protected readonly view = new NetworkView();
  readonly #reader: NetworkReader;
  readonly #seen = new SeenVotes();
  readonly #criteria = new Map<Hex, Trust>();
  /** When a request was first seen without a record, by this process's clock, milliseconds. */
  readonly #since = new Map<number, number>();
  /** When a file that nobody had is asked for again, and how long after that. */
  readonly #again = new Map<string, { at: number; wait: number }>();
  /** In which turn something became due that any node may do. */
  readonly #dueSince = new Map<string, number>();
  #turn = 0;
  #trouble: string | null = null;

  constructor(parts: NodeParts) {
    this.parts = parts;
    const { rpc, pin, contract } = parts.setting;
    this.#reader = new NetworkReader({ rpc, pin, contract });
  }

  get content(): ContentStore {
    return this.parts.content;
  }

  get door(): OpeningDoor {
    return this.parts.door;
  }

  /** Goes on until it is told to stop. What fails is tried again; nothing that fails ends it. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#step();
        this.#trouble = null;
      } catch (error) {
        if (!(error instanceof AuditorError) || error.kind === 'internal') throw error;
        if (error.message !== this.#trouble) process.stderr.write(`${error.code}: ${error.message}\n`);
        this.#trouble = error.message;
      }
      await delay(this.parts.setting.poll, undefined, { signal }).catch(() => undefined);
    }
  }

  status(): NodeStatus {
    const { view, parts } = this;
    const { ledger, key, domain } = parts;
    const waiting = view.open().map((request) => view.standing(request));
    return {
      account: ledger.account,
      key: key.address,
      contract: domain.verifyingContract,
      chainId: domain.chainId,
      joined: this.#isActive(),
      head: this.#reader.head,
      epoch: view.epoch.number,
      trustNodes: view.epoch.trustNodes,
      threshold: view.threshold,
      criteria: view.criteria ?? null,
      requests: view.requests.size,
      final: view.requests.size - waiting.length,
      waiting: waiting.slice(0, 64),
      stalled: this.#stalled(waiting),
      trouble: this.#trouble,
    };
  }

  /** A vote that somebody tells of: kept where it is a known node's, to be held against its others. Who tells may have read a block that this node has still to read. */
  hear(signed: SignedVote): boolean {
    const { requestId, epoch } = signed.vote;
    if (requestId > this.view.requests.size + requestsAhead) return false;
    if (Math.abs(epoch - this.view.epoch.number) > 1) return false;
    const signer = voteSigner(signed, this.parts.domain);
    if (signer === undefined || this.view.accountOf(signer) === undefined) return false;
    this.#seen.add(signer, signed);
    return true;
  }

  async #step(): Promise<void> {
    this.#turn += 1;
    if ((await this.parts.ledger.height()) > this.#reader.head) await this.#read();
    const { view } = this;
    if (!view.founded) return;
    if (!this.#isActive()) return (await this.parts.ledger.busy()) ? undefined : this.#join();
    if (await this.#accuse()) return;
    if (view.epoch.number === 0) return;
    if (await this.#endorse()) return;
    const wanted = this.#wanted();
    if (view.isDue(this.#reader.head)) {
      if (wanted.length > 0 && this.#isMyTurn('epoch'))
        await this.#tolerated(() => this.parts.ledger.take('openEpoch', []));
      return;
    }
    this.#dueSince.delete('epoch');
    const votes: SignedVote[] = [];
    for (const request of wanted) {
      const vote = await this.vote(request);
      if (vote) votes.push(vote);
      if (votes.length === votesAtOnce) break;
    }
    if (votes.length > 0 && !(await this.parts.ledger.busy())) await this.publish(votes);
  }

  async #read(): Promise<void> {
    const { events } = await this.#reader.next();
    this.view.take(events);
    for (const { said } of events) {
      if (said.name === 'VoteCast') {
        const signer = voteSigner(said, this.parts.domain);
        if (signer !== undefined) this.#seen.add(signer, said);
      } else if (said.name === 'RequestOpened') {
        this.content.keep(said.evidence.slice(2));
        this.parts.openings.keep(said.measurements, said.evidence);
      } else if (said.name === 'EpochOpened') {
        this.#seen.forget(said.epoch - 1);
      }
    }
    await this.parts.openings.dropStale();
    for (const digest of [this.view.criteria, this.view.nextCriteria]) if (digest) this.content.keep(digest.slice(2));
    for (const { requestId, final } of this.view.requests.values()) {
      if (final) this.#since.delete(requestId);
      else if (!this.#since.has(requestId)) this.#since.set(requestId, Date.now());
    }
  }

  #isActive(): boolean {
    const own = this.view.nodes.get(this.parts.ledger.account);
    return own?.status === 'active' && own.key === this.parts.key.address;
  }

  /** With a document of the enclave that says which account and key it is for; it is in the node's store under the digest on the ledger. */
  async #join(): Promise<void> {
    const { ledger, key, domain, setting, content } = this.parts;
    const own = this.view.nodes.get(ledger.account);
    if (own?.status === 'slashed') {
      throw new AuditorError('source', 'NODE_SLASHED', `The node ${ledger.account} was slashed: it votes no more.`);
    }
    if (own?.status === 'active') {
      const words = `The account ${ledger.account} has joined with the key ${own.key}, which is not in this folder.`;
      throw new AuditorError('source', 'NODE_KEY', words);
    }
    const nsm = await createNsmSimulator({ stateFolder: setting.module, measurement: nodeMeasurement });
    const document = await nsm.attest({ userData: encodeNodeStatement(domain, ledger.account, key.address) });
    await content.write(document);
    await ledger.take('join', [toHex0x(sha3(document)), key.address]);
  }

  /** Requests that this node has not voted on in this epoch: those without a record, and those whose record came in this epoch, since silence to them is paid for. */
  #wanted(): ViewRequest[] {
    const { epoch } = this.view;
    return [...this.view.requests.values()].filter(({ votes, final, openedIn }) => {
      if (votes.get(epoch.number)?.has(this.parts.ledger.account)) return false;
      return final ? final.epoch === epoch.number : epoch.number <= openedIn + epochsOfPatience;
    });
  }

  /** This node's vote: the one that it has written down, or one that it writes down now. Undefined while the files are nowhere to be had. */
  protected async vote(request: ViewRequest): Promise<SignedVote | undefined> {
    const { journal, key } = this.parts;
    const { epoch, criteria } = this.view;
    const bound = journal.get(request.requestId, epoch.number);
    if (bound) return bound;
    const valid = await this.judge(request);
    if (valid === undefined || criteria === undefined) return undefined;
    const { requestId, measurements } = request;
    const vote: Vote = { requestId, measurements, criteria, valid, epoch: epoch.number };
    return journal.bind(vote, async (each) => key.sign(each));
  }

  /** By the criteria in force, at the time of the block that holds the request. Undefined while the files are nowhere to be had. */
  protected async judge(request: ViewRequest): Promise<boolean | undefined> {
    // Nothing to judge is nothing that holds.
    if (request.evidence === zeroWord) return false;
    const criteria = await this.#openCriteria();
    if (!criteria) return undefined;
    const { vmId, measurements, count } = request;
    const at = request.timestamp * 1000;
    const opening = await this.parts.openings.read(measurements, request.evidence);
    const bytes = opening?.evidence ?? (await this.#file(request.evidence));
    if (!bytes) return undefined;
    if (count !== 1) {
      const evidence = async (digest: Hex) => {
        this.content.keep(digest.slice(2));
        return this.#file(digest);
      };
      return (await judgeBatch({ root: measurements, count, bytes, criteria, at, evidence })).valid;
    }
    return (await judgeEvidence({ vmId, measurements, bytes, criteria, at, saltKey: opening?.saltKey })).valid;
  }

  /** To the ledger, and to the others, who hold it against what they see there. */
  protected async publish(votes: readonly SignedVote[]): Promise<void> {
    const told = Promise.all(votes.map((signed) => tellVote(this.parts.setting.peers, signed)));
    const signatures = votes.map(({ signature }) => signature);
    await this.#tolerated(() => this.parts.ledger.take('submitVotes', [votes.map(plain), signatures]));
    await told;
  }

  /** Undefined while the file is nowhere to be had, or is no trust file: then nobody can judge, and nothing becomes final. */
  async #openCriteria(): Promise<Trust | undefined> {
    const { criteria } = this.view;
    if (criteria === undefined) return undefined;
    const known = this.#criteria.get(criteria);
    if (known) return known;
    const bytes = await this.#file(criteria);
    if (!bytes) return undefined;
    const trust = parseTrust(bytes);
    this.#criteria.set(criteria, trust);
    return trust;
  }

  /** From this node's store or from the others'; what is nowhere is asked for again, ever more seldom. */
  async #file(digest: Hex): Promise<Uint8Array | undefined> {
    const name = digest.slice(2);
    const own = await this.content.read(name);
    if (own) return own;
    const last = this.#again.get(name);
    if (last && performance.now() < last.at) return undefined;
    const bytes = await fetchContent(this.parts.setting.peers, name);
    if (bytes) {
      this.#again.delete(name);
      await this.content.write(bytes);
      return bytes;
    }
    const wait = Math.min(30_000, (last?.wait ?? 100) * 2);
    this.#again.set(name, { at: performance.now() + wait, wait });
    return undefined;
  }

  /** The criteria that the operator has put into the node's folder, once an epoch, until they are adopted. @returns whether there was something to do */
  async #endorse(): Promise<boolean> {
    const { view, content } = this;
    const { ledger, setting } = this.parts;
    const bytes = await readFile(join(setting.folder, 'criteria.json')).catch(() => undefined);
    if (!bytes || !view.epoch.trustNodes.includes(ledger.account)) return false;
    const digest = toHex0x(sha3(bytes));
    const isSettled = digest === (view.nextCriteria ?? view.criteria);
    if (isSettled || view.endorsed.get(ledger.account)?.has(digest)) return false;
    if (view.isDue(this.#reader.head) || (await ledger.busy())) return false;
    parseTrust(new Uint8Array(bytes));
    await content.write(new Uint8Array(bytes));
    await this.#tolerated(() => ledger.take('publishCriteria', [digest, `sha3:${digest.slice(2)}`]));
    return true;
  }

  /** @returns whether there was something to do */
  async #accuse(): Promise<boolean> {
    const conflict = this.#seen.conflicts().find(({ key }) => this.#isAtLarge(key));
    if (!conflict || !this.#isMyTurn(`slash ${conflict.key}`)) return false;
    const { first, second } = conflict;
    await this.#tolerated(() =>
      this.parts.ledger.take('slash', [plain(first), first.signature, plain(second), second.signature]),
    );
    return true;
  }

  #isAtLarge(key: Conflict['key']): boolean {
    const account = this.view.accountOf(key);
    return account !== undefined && account !== this.parts.ledger.account;
  }

  /** What any node may do, one does at once, and the others one after the other where that one does not. */
  #isMyTurn(what: string): boolean {
    const since = this.#dueSince.get(what) ?? this.#turn;
    this.#dueSince.set(what, since);
    const active = [...this.view.nodes.values()]
      .filter(({ status }) => status === 'active')
      .map(({ account }) => account);
    const place = active.toSorted().indexOf(this.parts.ledger.account);
    return place >= 0 && this.#turn - since >= place * 3;
  }

  /** Others may have been faster, and the epoch may have gone over: what the ledger then says is read, and decides. */
  async #tolerated(step: () => Promise<unknown>): Promise<void> {
    try {
      await step();
    } catch (error) {
      const isPassing = /NotDue|AlreadySlashed|AlreadyEndorsed|NotTrustNode|VoteRefused|reverted/.test(
        (error as Error).message,
      );
      if (!isPassing) throw error;
      process.stderr.write(`${(error as Error).message}\n`);
    }
  }

  /** Too few can still agree, or those who are silent have been so for too long. */
  #stalled(waiting: readonly Standing[]): string | null {
    const { patience } = this.parts.setting;
    const late = waiting.find(({ requestId, possible, needed }) => {
      const isLate = Date.now() - (this.#since.get(requestId) ?? Date.now()) >= patience;
      return isLate && (!possible || needed > 0);
    });
    if (!late) return null;
    const lacking = [
      ...(late.silent.length > 0 ? [`${late.silent.join(', ')} did not vote`] : []),
      ...(late.otherwise.length > 0 ? [`${late.otherwise.join(', ')} voted otherwise`] : []),
    ];
    const why = lacking.length > 0 ? lacking.join('; ') : 'there are no trust nodes';
    return `Request ${late.requestId} is not final: ${late.equal} equal votes of trust nodes, ${late.needed} are needed; ${why}.`;
  }
}

function plain({ vote }: SignedVote) {
  return { ...vote, requestId: BigInt(vote.requestId), epoch: BigInt(vote.epoch) };
}
