import { randomBytes } from 'node:crypto';
import { fromBase64Url, toBase64Url } from '../../core/bytes/base64.ts';
import { fromHex, toHex } from '../../core/bytes/hex.ts';
import { blockHash, encodeBlock, zeroHash } from '../../core/chain/block.ts';
import { merkleCommitment, transactionHash } from '../../core/chain/tree.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { putJson, storeKeys, type WriterStore } from './writerStore.ts';
import type { TimestampService } from '../timestamp/timestampService.ts';
import type { Batch } from './batchIt.ts';
import type { ChainRecord } from './chainRecord.ts';
import type { StepHook, Work } from './work.ts';

export interface ZipItOptions {
  readonly store: WriterStore;
  readonly timestamps: TimestampService;
  readonly afterStep: StepHook;
}

/** The second of the three writing services: closes the teeth of the zipper, block upon timestamp upon block. */
export class ZipIt {
  readonly #options: ZipItOptions;

  constructor(options: ZipItOptions) {
    this.#options = options;
  }

  /**
   * Steps 3 and 4: the block ⟨u, m^H, t^H⟩ of a batch with a fresh u, t^H being H of the chain's last timestamp, and its timestamp t.
   * Both are on disk, for StoreIt, when it resolves; a block whose timestamp was not kept is simply made anew.
   * @throws AuditorError of the timestamp service or of the disk
   */
  async zip(chain: ChainRecord, batch: Batch): Promise<Work> {
    if (chain.tail === null) {
      throw new AuditorError('internal', 'WRITER_ORDER', `The chain ${chain.name} has no block zero yet.`);
    }
    const sealed = await this.#seal(batch.merkle, fromHex(chain.tail), batch.c);
    const work: Work = { step: 'zipped', chain: chain.genesis, c: batch.c, ...sealed };
    await this.#options.store.commit([putJson(storeKeys.work, work)]);
    this.#options.afterStep('4 zipped', batch.c);
    return work;
  }

  /**
   * The same for the block at height 1 of a chain that follows on another: the record of that is all that it holds (CHAIN.md 33), so it stands
   * before every write that waits, and needs no batch.
   */
  async zipSuccessor(chain: ChainRecord, record: string): Promise<Work> {
    if (chain.tail === null) {
      throw new AuditorError('internal', 'WRITER_ORDER', `The chain ${chain.name} has no block zero yet.`);
    }
    const sealed = await this.#seal(
      merkleCommitment([transactionHash(fromBase64Url(record))]),
      fromHex(chain.tail),
      null,
    );
    const work: Work = { step: 'zipped', chain: chain.genesis, c: null, founding: record, ...sealed };
    await this.#options.store.commit([putJson(storeKeys.work, work)]);
    this.#options.afterStep('4 zipped', null);
    return work;
  }

  /**
   * The same for block zero, over a tree of one founding note. The chain gets its name, H(b₀), by it, and is recorded in the same
   * commit.
   */
  async zipZero(
    founding: Uint8Array,
    describe: (genesis: string) => ChainRecord,
  ): Promise<{ readonly work: Work; readonly chain: ChainRecord }> {
    const sealed = await this.#seal(merkleCommitment([transactionHash(founding)]), zeroHash, null);
    const chain = describe(toHex(blockHash(fromHex(sealed.block))));
    const work: Work = {
      step: 'zipped',
      chain: chain.genesis,
      c: null,
      founding: toBase64Url(founding),
      ...sealed,
    };
    const changes = [putJson(storeKeys.chain(chain.number), chain), putJson(storeKeys.work, work)];
    await this.#options.store.commit(changes);
    this.#options.afterStep('4 zipped', null);
    return { work, chain };
  }

  async #seal(
    merkle: Uint8Array,
    parent: Uint8Array,
    c: string | null,
  ): Promise<{ readonly block: string; readonly timestamp: string }> {
    const block = encodeBlock({ u: freshUuid(), merkle, parent });
    const timestamp = await this.#options.timestamps.timestamp(toHex(blockHash(block)));
    this.#options.afterStep('3 timestamped', c);
    return { block: toHex(block), timestamp };
  }
}

/** A random UUID, version 4 (RFC 9562 §5.4), as bytes. */
function freshUuid(): Uint8Array {
  const bytes = new Uint8Array(randomBytes(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes;
}
