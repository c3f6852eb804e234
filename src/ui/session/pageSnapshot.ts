import { RowStore, type ChainRows } from '../../audit/remote/chainRows.ts';
import type { MarkChange } from '../../audit/remote/markKeeper.ts';
import type { AuditNews, JudgedAudit } from '../../audit/remote/protocol.ts';
import type { Fork, SequencedBlock } from '../../core/chain/types.ts';

/** One byte for each number of a chain, as `unpackMark` reads it; a new object whenever one has changed. */
export interface ChainMarks {
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** What an audit has found so far, as the page shows it: the long parts as columns. */
export interface PageSnapshot extends Pick<AuditNews, 'phase' | 'progress' | 'stop' | 'buckets' | 'read'> {
  readonly mainChain: ChainRows;
  readonly marks: ChainMarks;
  readonly forks: readonly Fork[];
  readonly orphans: readonly SequencedBlock[];
  readonly audit: JudgedAudit | null;
}

/** Puts together what an audit tells bit by bit. What has not changed is the same object in each snapshot. */
export class SnapshotKeeper {
  readonly #rows = new RowStore();
  #bytes = new Uint8Array(4096);
  #last: PageSnapshot | undefined;

  take({ rows, marks, forks, orphans, audit, ...rest }: AuditNews): PageSnapshot {
    const last = this.#last;
    if (rows) this.#rows.take(rows);
    this.#last = {
      ...rest,
      mainChain: rows || !last ? this.#rows.view() : last.mainChain,
      marks: marks || !last ? this.#marked(marks) : last.marks,
      forks: forks ?? last?.forks ?? [],
      orphans: orphans ?? last?.orphans ?? [],
      audit: audit ?? last?.audit ?? null,
    };
    return this.#last;
  }

  #marked(change: MarkChange | undefined): ChainMarks {
    if (!change) return { bytes: this.#bytes, length: 0 };
    const { from, marks, length } = change;
    if (from + marks.length > this.#bytes.length) {
      const larger = new Uint8Array(2 * (from + marks.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(marks, from);
    return { bytes: this.#bytes, length };
  }
}
