import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { quorumOf } from '../../core/evm/seals/consensus.ts';
import {
  changeHash,
  justify,
  prepareHash,
  proposalHash,
  proposerOf,
  signersOf,
  type Answer,
  type Kind,
  type Prepared,
  type Proposal,
  type Questions,
  type Refusal,
  type RoundChange,
  type SealedBlock,
} from './qbftMessages.ts';
import { readHeader, roundOf, withExtra, type Wish } from './qbftHeader.ts';
import { Replica, type Genesis } from './replica.ts';
import { loadValidatorKey, type ValidatorKey } from './validatorKey.ts';

/** What it has bound itself to for the block after its head. On disk before anybody is told, so that a killed validator does not contradict itself. */
interface Bound {
  readonly height: number;
  /** It takes no part in earlier ones. */
  readonly round: number;
  /** The proposal that it has prepared in this round. */
  readonly accepted: Proposal | undefined;
  readonly prepared: Prepared | undefined;
}

/** How far ahead of this machine's clock a block may be where nothing else is said, in seconds. */
export const aheadOfClock = 60;

/**
 * One validator of QBFT: it executes every block itself, signs what came out the same, and says why where it signs nothing. Votes for two blocks of one
 * height come from it only as the protocol allows: a block that it sealed it gives up for no other, unless a quorum shows that nobody can have sealed it.
 */
export class Validator {
  readonly #folder: string;
  readonly #anvil: string;
  readonly #ahead: number;
  readonly key: ValidatorKey;
  #replica: Replica | undefined;
  #bound: Bound = { height: 1, round: 0, accepted: undefined, prepared: undefined };
  #wish: Wish | undefined;

  protected constructor(folder: string, anvil: string, key: ValidatorKey, ahead = aheadOfClock) {
    this.#folder = folder;
    this.#anvil = anvil;
    this.#ahead = ahead;
    this.key = key;
  }

  static async load(folder: string, anvil: string, ahead?: number): Promise<Validator> {
    return new Validator(folder, anvil, await loadValidatorKey(folder), ahead);
  }

  /** Answers, or refuses in words. Questions must not overlap. */
  async answer<K extends Kind>(kind: K, asked: Questions[K]['asked']): Promise<Answer<K> | Refusal> {
    const handlers: { [Each in Kind]: (asked: Questions[Each]['asked']) => Promise<Answer<Each> | Refusal> } = {
      begin: (given) => this.#begin(given),
      propose: (given) => this.propose(given),
      prepare: (given) => this.prepare(given),
      commit: (given) => this.commit(given),
      changeRound: (given) => this.changeRound(given),
      append: (given) => this.#append(given),
      wish: async ({ wish }) => {
        this.#wish = wish;
        return { wish };
      },
    };
    try {
      return await handlers[kind](asked);
    } catch (error) {
      return { refused: error instanceof Error ? error.message : String(error) };
    }
  }

  protected get replica(): Replica {
    if (this.#replica === undefined) throw new Error('The chain has not begun here.');
    return this.#replica;
  }

  async #begin({ genesis, genesisTime, chainId }: Questions['begin']['asked']): Promise<Answer<'begin'>> {
    const given: Genesis = { header: genesis, time: genesisTime, chainId };
    this.#replica ??= await Replica.open(this.#folder, given, this.#anvil);
    this.#bound = { height: this.replica.height + 1, round: 0, accepted: undefined, prepared: undefined };
    const text = await readFile(join(this.#folder, 'bound.json'), 'utf8').catch(() => undefined);
    const kept = text === undefined ? undefined : (JSON.parse(text) as Bound);
    if (kept?.height === this.#bound.height) this.#bound = kept;
    return { height: this.replica.height, hash: this.replica.headHash, node: this.replica.node.pid };
  }

  protected async propose(asked: Questions['propose']['asked']): Promise<Answer<'propose'> | Refusal> {
    const { height, round, timestamp, transactions, changes } = asked;
    const late = this.#late(height, round);
    if (late) return late;
    const { set } = this.replica;
    if (proposerOf(set, height, round) !== this.key.address) return { refused: `It is not my turn in round ${round}.` };
    if (round > 0) {
      const justified = justify(this.replica.genesisHash, set, changes, height, round);
      if (!justified) return { refused: `No quorum has left the rounds before ${round}.` };
      const again = justified.prepared?.proposal;
      if (again) {
        const header = toHex0x(withExtra(fromHex0x(again.header), { round }));
        return { proposal: this.#signProposal(header, again.transactions) };
      }
    }
    const coinbase = this.key.address;
    const vote = this.#openWish();
    const proposed = { coinbase, timestamp, round, vote, validators: set.members };
    const { header, execution } = await this.replica.compose(proposed, transactions);
    return { proposal: this.#signProposal(toHex0x(header), execution.transactions) };
  }

  /** What is wished, while it has not come true. */
  #openWish(): Wish | undefined {
    const wish = this.#wish;
    return wish && this.replica.set.has(wish.candidate) !== wish.add ? wish : undefined;
  }

  #signProposal(header: Hex, transactions: readonly Hex[]): Proposal {
    const read = readHeader(header);
    return { header, transactions, signature: this.key.sign(proposalHash(this.replica.genesisHash, read)) };
  }

  protected async prepare({ proposal, changes }: Questions['prepare']['asked']): Promise<Answer<'prepare'> | Refusal> {
    const read = readHeader(proposal.header);
    const round = roundOf(read);
    const height = read.header.number;
    const late = this.#late(height, round);
    if (late) return late;
    const { accepted } = this.#bound;
    const isAgain = accepted !== undefined && this.#bound.round === round;
    if (isAgain && readHeader(accepted.header).sealed.blockHash !== read.sealed.blockHash) {
      return { refused: `In round ${round} I have prepared another block: its proposer says two things.` };
    }
    const wrong = isAgain ? undefined : await this.#wrongIn(read, proposal, round, changes);
    if (wrong) return { refused: wrong };
    await this.#bind({ height, round, accepted: proposal, prepared: this.#bound.prepared });
    return { signature: this.key.sign(prepareHash(this.replica.genesisHash, read)) };
  }

  /** Why a proposal is not prepared here. */
  async #wrongIn(
    read: ReadHeader,
    { transactions, signature }: Proposal,
    round: number,
    changes: readonly RoundChange[],
  ): Promise<string | undefined> {
    const { set, genesisHash } = this.replica;
    const { header, sealed } = read;
    const proposer = proposerOf(set, header.number, round);
    if (!signersOf(proposalHash(genesisHash, read), [signature], set).has(proposer)) {
      return `The proposal is not signed by ${proposer}, whose turn it is in round ${round}.`;
    }
    if (sealed.seals.length > 0) return 'The proposal carries seals.';
    const justified = round === 0 ? undefined : justify(genesisHash, set, changes, header.number, round);
    if (round > 0 && !justified) return `No quorum has left the rounds before ${round}.`;
    const earlier = justified?.prepared && readHeader(justified.prepared.proposal.header).sealed.blockHash;
    if (earlier !== undefined && earlier !== sealed.blockHash) {
      return `A quorum has prepared ${earlier}, which may have been sealed; this is another block.`;
    }
    if (earlier === undefined && header.coinbase !== proposer) {
      return `coinbase: ${header.coinbase} is given, it is the turn of ${proposer}`;
    }
    if (header.timestamp > Date.now() / 1000 + this.#ahead)
      return `time: it is more than ${this.#ahead} s ahead of the clock here`;
    return this.replica.differs(read, transactions);
  }

  protected async commit(asked: Questions['commit']['asked']): Promise<Answer<'commit'> | Refusal> {
    const { height, round, hash, prepares } = asked;
    const late = this.#late(height, round);
    if (late) return late;
    const { accepted } = this.#bound;
    const read = accepted && readHeader(accepted.header);
    if (!read || this.#bound.round !== round || read.sealed.blockHash !== hash) {
      return { refused: `I have not prepared ${hash} in round ${round}.` };
    }
    const { set, genesisHash } = this.replica;
    const count = signersOf(prepareHash(genesisHash, read), prepares, set).size;
    if (count < quorumOf(set.size)) {
      return { refused: `${count} of ${set.size} validators have prepared ${hash}, ${quorumOf(set.size)} are needed.` };
    }
    await this.#bind({ height, round, accepted, prepared: { proposal: accepted, prepares } });
    return { seal: this.key.sign(read.sealed.sealHash) };
  }

  protected async changeRound({
    height,
    round,
  }: Questions['changeRound']['asked']): Promise<Answer<'changeRound'> | Refusal> {
    const late = this.#late(height, round);
    if (late) return late;
    const { prepared, accepted } = this.#bound;
    if (round > this.#bound.round) await this.#bind({ height, round, accepted: undefined, prepared });
    else if (accepted !== undefined) return { refused: `I take part in round ${round} already.`, round };
    const change = { height, round, prepared };
    return { change: { ...change, signature: this.key.sign(changeHash(this.replica.genesisHash, change)) } };
  }

  /** Takes what a quorum has sealed, also where it had refused to seal it; twice is once. */
  async #append(block: SealedBlock): Promise<Answer<'append'> | Refusal> {
    const read = readHeader(block.header);
    const { number } = read.header;
    const there = this.replica.block(number);
    if (there && there.read.sealed.blockHash !== read.sealed.blockHash) {
      return {
        refused: `Block ${number} is ${there.read.sealed.blockHash} here, sealed by a quorum.`,
        height: this.replica.height,
      };
    }
    if (!there) {
      if (number !== this.replica.height + 1)
        return { refused: `Block ${this.replica.height + 1} is next here.`, height: this.replica.height };
      await this.replica.append(block, read);
      this.#bound = { height: number + 1, round: 0, accepted: undefined, prepared: undefined };
    }
    return { height: this.replica.height, hash: this.replica.headHash };
  }

  #late(height: number, round: number): Refusal | undefined {
    const next = this.replica.height + 1;
    if (height !== next) return { refused: `Block ${next} is next here, not ${height}.`, height: this.replica.height };
    const { round: now } = this.#bound;
    return round < now ? { refused: `I am in round ${now} already.`, round: now } : undefined;
  }

  async #bind(bound: Bound): Promise<void> {
    const path = join(this.#folder, 'bound.json');
    await writeFile(`${path}.new`, JSON.stringify(bound), { mode: 0o600 });
    await rename(`${path}.new`, path);
    this.#bound = bound;
  }

  async close(): Promise<void> {
    await this.#replica?.close();
  }
}
