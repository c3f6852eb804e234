import { setTimeout as delay } from 'node:timers/promises';
import { fromHex0x, type Hex } from '../../core/evm/hex.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { quorumOf } from '../../core/evm/seals/consensus.ts';
import { recoverSigner } from '../../core/evm/seals/recoverSigner.ts';
import { readHeader, roundOf } from './qbftHeader.ts';
import {
  justify,
  prepareHash,
  proposalHash,
  proposerOf,
  readChange,
  signersOf,
  type Answer,
  type Kind,
  type Proposal,
  type Questions,
  type Refusal,
  type RoundChange,
} from './qbftMessages.ts';
import { sealHeader, type Replica } from './replica.ts';
import type { TransactionPool } from './transactionPool.ts';
import type { ValidatorProcess } from './validatorProcess.ts';

export interface CollectorOptions {
  readonly replica: Replica;
  readonly pool: TransactionPool;
  readonly validators: () => readonly ValidatorProcess[];
  /** Milliseconds that a validator has for an answer. */
  readonly patience: number;
  /** Seconds that a block may be ahead of the clock by the rules of the validators. */
  readonly aheadOfClock: number;
  readonly tell: (words: string) => void;
}

/** Where a height stands that has not come to a block. */
type Attempt = 'sealed' | 'next round' | 'stalled' | 'nothing';

/** How long those are waited for that are slower than the quorum. */
const grace = 30;

/**
 * Gathers: it asks whose turn it is for a proposal, passes messages on, and puts the seals into the header. It has no key; what it makes up no validator
 * signs, and what it is given it checks before it uses it. One block at a time.
 */
export class Collector {
  readonly #options: CollectorOptions;
  #round = 0;
  #changes: readonly RoundChange[] = [];
  #stalled: string | undefined;
  #stopping = false;
  readonly #delivering = new Map<ValidatorProcess, Promise<void>>();

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /** Why there are no new blocks; undefined while there can be. */
  get stalled(): string | undefined {
    return this.#stalled;
  }

  stop(): void {
    this.#stopping = true;
  }

  /**
   * Goes on until there is one more block, in as many rounds as it takes, or until it is stopped.
   * @param empty whether a block with no transactions is wanted too
   * @returns whether there is one
   */
  async produce(empty: boolean, tries = Infinity): Promise<boolean> {
    this.#round = 0;
    this.#changes = [];
    for (let tried = 0; !this.#stopping && tried < tries; tried += 1) {
      const attempt = await this.#attempt(empty);
      if (attempt === 'sealed') return true;
      if (attempt === 'nothing') return false;
      // Rounds become slower, so that those who are late find the others in one.
      await delay(Math.min(this.#options.patience, attempt === 'stalled' ? 500 : 10 * 2 ** this.#round));
      if (attempt === 'next round') this.#round += 1;
    }
    return false;
  }

  async #attempt(empty: boolean): Promise<Attempt> {
    const { replica, pool } = this.#options;
    const height = replica.height + 1;
    const round = this.#round;
    const justified = round === 0 || (await this.#changeRound(height, round));
    if (!justified) return 'stalled';
    const head = `0x${replica.height.toString(16)}` as const;
    const transactions = await pool.ready(head, 30_000_000n);
    if (!empty && round === 0 && transactions.length === 0) return 'nothing';
    const timestamp = await this.#nextTime();
    const proposer = this.#byAddress(proposerOf(replica.set, height, round));
    if (!proposer)
      return this.#stall('next round', `The validator ${proposerOf(replica.set, height, round)} does not run.`);
    const asked = { height, round, timestamp, transactions, changes: this.#changes };
    const offered = await this.#ask(proposer, 'propose', asked);
    if ('refused' in offered) return this.#refusedBy(proposer, offered);
    const { proposal } = offered;
    if (!Array.isArray(proposal?.transactions)) return this.#seal(proposer, proposal);
    const must =
      round > 0 ? justify(replica.genesisHash, replica.set, this.#changes, height, round)?.prepared : undefined;
    if (!must && proposal.transactions.length < transactions.length)
      await this.#dropUnfit(transactions, timestamp, proposer);
    if (!must && !empty && proposal.transactions.length === 0) return 'next round';
    return this.#seal(proposer, proposal);
  }

  async #seal(proposer: ValidatorProcess, proposal: Proposal): Promise<Attempt> {
    const { replica, pool, tell } = this.#options;
    const { set, genesisHash } = replica;
    const height = replica.height + 1;
    const round = this.#round;
    const read = this.#readProposal(proposer, proposal);
    if (read === undefined || read.header.number !== height || roundOf(read) !== round) {
      tell(`${proposer.address} proposed what it was not asked for.`);
      return 'next round';
    }
    const needed = quorumOf(set.size);
    const hash = prepareHash(genesisHash, read);
    const prepares = await this.#gather('prepare', { proposal, changes: this.#changes }, ({ signature }, from) =>
      signersOf(hash, [signature], set).has(from) ? signature : undefined,
    );
    if (prepares.length < needed)
      return this.#stall('next round', this.#why(prepares.length, 'would prepare it', height));
    const asked = { height, round, hash: read.sealed.blockHash, prepares };
    const { sealHash } = read.sealed;
    const seals = await this.#gather('commit', asked, ({ seal }, from) =>
      recoverSigner(sealHash, fromHex0x(seal)) === from ? seal : undefined,
    );
    if (seals.length < needed) return this.#stall('next round', this.#why(seals.length, 'sealed it', height));
    const block = { header: sealHeader(proposal.header, seals), transactions: proposal.transactions };
    await replica.append(block);
    pool.remove(block.transactions);
    this.#stalled = undefined;
    for (const each of this.#options.validators()) this.deliver(each);
    return 'sealed';
  }

  /** The header of what a validator offers, where that has the form of a proposal and its signature. */
  #readProposal(proposer: ValidatorProcess, proposal: Proposal): ReadHeader | undefined {
    const { replica } = this.#options;
    try {
      const read = readHeader(proposal.header);
      const signers = signersOf(proposalHash(replica.genesisHash, read), [proposal.signature], replica.set);
      return Array.isArray(proposal.transactions) && signers.has(proposer.address) ? read : undefined;
    } catch {
      return undefined;
    }
  }

  /** Changes of a quorum to a round, asked for until there are enough. */
  async #changeRound(height: number, round: number): Promise<boolean> {
    const { replica } = this.#options;
    const { set, genesisHash } = replica;
    let latest = -1;
    const changes = await this.#gather(
      'changeRound',
      { height, round },
      ({ change }, from) => (readChange(genesisHash, set, change, height, round)?.signer === from ? change : undefined),
      (refusal) => (latest = Math.max(latest, refusal.round ?? 0)),
    );
    if (changes.length >= quorumOf(set.size)) {
      this.#changes = changes;
      return true;
    }
    // Some are further on, from before a restart or a stall, or say so: the others follow one round at a time.
    if (latest >= round) this.#round = round + 1;
    this.#stall('stalled', this.#why(changes.length, 'would go to another round', height));
    return false;
  }

  /** Answers of the validators in force that `take` accepts: all that come until there is a quorum and a moment more. */
  #gather<K extends Kind, T>(
    kind: K,
    asked: Questions[K]['asked'],
    take: (answer: Answer<K>, from: Hex) => T | undefined,
    onRefusal?: (refusal: Refusal) => void,
  ): Promise<T[]> {
    const { validators, replica, tell } = this.#options;
    const asking = validators().filter(({ address }) => replica.set.has(address));
    const needed = quorumOf(replica.set.size);
    return new Promise((resolve) => {
      const taken: T[] = [];
      let open = asking.length;
      let timer: NodeJS.Timeout | undefined;
      const settle = () => {
        clearTimeout(timer);
        resolve([...taken]);
      };
      if (open === 0) settle();
      for (const each of asking) {
        void this.#ask(each, kind, asked).then((answer) => {
          open -= 1;
          if ('refused' in answer) {
            onRefusal?.(answer);
            if (answer.height !== undefined && answer.height < replica.height) this.deliver(each, answer.height);
          } else {
            let value: T | undefined;
            try {
              value = take(answer, each.address);
            } catch {
              // Not even the form of an answer.
              value = undefined;
            }
            if (value === undefined) tell(`${each.address} answered with what is not its signature (${kind}).`);
            else taken.push(value);
          }
          if (open === 0) settle();
          else if (taken.length >= needed) timer ??= setTimeout(settle, grace);
        });
      }
    });
  }

  async #ask<K extends Kind>(
    validator: ValidatorProcess,
    kind: K,
    asked: Questions[K]['asked'],
  ): Promise<Answer<K> | Refusal> {
    const { patience, tell } = this.#options;
    const before = validator.lastRefusal;
    const answer = await validator.ask(kind, asked, validator.silent ? patience / 8 : patience);
    if ('refused' in answer && answer.refused !== before)
      tell(`${validator.address} refuses (${kind}): ${answer.refused}`);
    return answer;
  }

  /** Brings one validator up to the head, one block after the other. */
  deliver(validator: ValidatorProcess, from = validator.height): void {
    if (this.#delivering.has(validator)) return;
    const { replica, patience } = this.#options;
    const run = async () => {
      // It is a validator's word, which may be anything.
      let height = Number.isSafeInteger(from) && from >= 0 ? from : replica.height;
      while (height < replica.height && validator.running && !this.#stopping) {
        const { block } = replica.block(height + 1) as { block: Questions['append']['asked'] };
        const answer = await validator.ask('append', block, 4 * patience);
        const reached = Number.isSafeInteger(answer.height) ? (answer.height as number) : height;
        if (reached <= height) return;
        height = reached;
        validator.height = height;
      }
    };
    const running = run().finally(() => this.#delivering.delete(validator));
    this.#delivering.set(validator, running);
  }

  /** Resolves when every running validator that answers has the head. */
  async settled(): Promise<void> {
    while (this.#delivering.size > 0) await Promise.all(this.#delivering.values());
  }

  #byAddress(address: Hex): ValidatorProcess | undefined {
    return this.#options.validators().find((each) => each.address === address && each.running);
  }

  #refusedBy(proposer: ValidatorProcess, { height }: Refusal): Attempt {
    const { replica } = this.#options;
    if (height !== undefined && height < replica.height) this.deliver(proposer, height);
    return 'next round';
  }

  /** Transactions that cannot be executed here either go; where they can, the proposer left them out of its own will and the next one takes them. */
  async #dropUnfit(transactions: readonly Hex[], timestamp: number, proposer: ValidatorProcess): Promise<void> {
    const { replica, pool, tell } = this.#options;
    const proposed = {
      coinbase: proposer.address,
      timestamp,
      round: 0,
      vote: undefined,
      validators: replica.set.members,
    };
    const { execution } = await replica.compose(proposed, transactions);
    await replica.rollBack();
    for (const { transaction, reason } of execution.refused) {
      tell(`A transaction was dropped: ${reason}.`);
      pool.remove([transaction]);
    }
  }

  /** Later than the parent's, and not further ahead of the clock than validators allow: where blocks come faster than seconds, it waits. */
  async #nextTime(): Promise<number> {
    const after = this.#options.replica.head.header.timestamp + 1;
    for (;;) {
      const now = Math.floor(Date.now() / 1000);
      if (after <= now + this.#options.aheadOfClock / 2 || this.#stopping) return Math.max(after, now);
      await delay(200);
    }
  }

  #why(count: number, did: string, height: number): string {
    const { replica, validators } = this.#options;
    const { set } = replica;
    const reasons = validators().flatMap(({ address, lastRefusal }) =>
      set.has(address) && lastRefusal !== undefined ? [`${address}: ${lastRefusal}`] : [],
    );
    const told = reasons.length > 0 ? ` ${reasons.join(' ')}` : '';
    return `No block ${height}: ${count} of ${set.size} validators ${did}, ${quorumOf(set.size)} are needed.${told}`;
  }

  #stall<T extends Attempt>(attempt: T, words: string): T {
    if (this.#stalled !== words) this.#options.tell(words);
    this.#stalled = words;
    return attempt;
  }
}
