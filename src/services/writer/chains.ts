import { toBase64Url } from '../../core/bytes/base64.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { putJson, storeKeys, type WriterStore } from './writerStore.ts';
import type { TimestampPin } from '../../core/trust/trust.ts';
import type { SequencerIdentity } from '../sequencer/sequencerClient.ts';
import type { ChainRecord } from './chainRecord.ts';
import type { Work } from './work.ts';
import { successorOf, type SurveyChain } from './successorOf.ts';
import type { ZipIt } from './zipIt.ts';

/** The chains that this writer opened, the last of which may still grow: one sequencer serves one chain. */
export class Chains {
  readonly #store: WriterStore;
  readonly #baseName: string;
  readonly #records: ChainRecord[];

  private constructor(store: WriterStore, baseName: string, records: ChainRecord[]) {
    this.#store = store;
    this.#baseName = baseName;
    this.#records = records;
  }

  static async open(store: WriterStore, baseName: string): Promise<Chains> {
    const records: ChainRecord[] = [];
    for await (const { value } of store.entries<ChainRecord>('chain')) records.push(value);
    return new Chains(store, baseName, records);
  }

  /** Every chain whose block zero is final, in the order of opening. */
  get published(): readonly ChainRecord[] {
    return this.#records.filter(({ next }) => next > 0);
  }

  /** The chain that may grow. */
  get current(): ChainRecord | undefined {
    const last = this.#records.at(-1);
    return last === undefined || last.state === 'ended' ? undefined : last;
  }

  byGenesis(genesis: string): ChainRecord | undefined {
    return this.#records.find((chain) => chain.genesis === genesis);
  }

  /** Takes over what StoreIt has committed. */
  replace(chain: ChainRecord): void {
    const index = this.#records.findIndex(({ number }) => number === chain.number);
    if (index < 0) this.#records.push(chain);
    else this.#records[index] = chain;
  }

  /**
   * Begins a chain under a sequencer's key: block zero with a founding note for its only transaction, timestamped and on disk. Nothing
   * in block zero ever gets a certificate, so the note is for people only. A chain that follows on another remembers what it has to say
   * of it at height 1.
   */
  async found(
    zipIt: ZipIt,
    sequencer: SequencerIdentity,
    timestamp: Required<TimestampPin>,
    survey?: SurveyChain,
  ): Promise<Work> {
    const predecessor = this.#predecessor();
    const successor = predecessor && toBase64Url(await successorOf(predecessor, survey));
    const number = (this.#records.at(-1)?.number ?? 0) + 1;
    const name = number === 1 ? this.#baseName : `${this.#baseName}-${number}`;
    const note = utf8(canonicalJson({ affidavit: 'founding/1', chain: name, sequencerKey: sequencer.publicKey }));
    const { work, chain } = await zipIt.zipZero(note, (genesis) => ({
      number,
      name,
      genesis,
      state: 'opening',
      sequencerKey: sequencer.publicKey,
      measurement: { pcrs: sequencer.pcrs },
      nitroRoot: sequencer.rootPem,
      timestamp,
      tail: null,
      height: null,
      next: 0,
      ...(successor === undefined ? {} : { successor }),
    }));
    this.#records.push(chain);
    return work;
  }

  /**
   * Closes the current chain for good, with the block under way, which has no number that anybody knows of: its batch goes to the next
   * chain. A chain that never got its block zero leaves nothing behind.
   * @param foreign the number that the sequencer gave where another was next
   */
  async end(why: string, foreign?: number): Promise<void> {
    const chain = this.current;
    if (chain === undefined) return;
    const key = storeKeys.chain(chain.number);
    const ended: ChainRecord = { ...chain, state: 'ended', why, ...(foreign === undefined ? {} : { foreign }) };
    await this.#store.commit([
      chain.next > 0 ? putJson(key, ended) : { type: 'del', key },
      { type: 'del', key: storeKeys.work },
    ]);
    this.#records[this.#records.length - 1] = ended;
    if (chain.next === 0) this.#records.pop();
  }

  /**
   * The last chain that may hold anything. One that ended before it said whose successor it is holds no transaction, and nobody would learn
   * from it what came before: the next chain speaks of its predecessor again.
   */
  #predecessor(): ChainRecord | undefined {
    return this.#records.findLast(({ next, successor }) => next > (successor === undefined ? 0 : 1));
  }
}
