import { concatBytes } from '../../bytes/bytes.ts';
import { decodeEvent } from '../event.ts';
import { recordKinds, recordLength } from '../record.ts';
import { Selection } from './selection.ts';

/**
 * Finds the selected calls in a stream of records and adds them to a selection. Events may go on in the next chunk; what is not selected is
 * only counted.
 */
export class SelectionCollector {
  readonly #functions: ReadonlySet<number>;
  readonly #selection: Selection;
  /** Records of the selected call whose end is not in sight. */
  #open: Uint8Array[] = [];
  /** Events whose heads were seen. */
  #events = 0;

  constructor(functions: ReadonlySet<number>, saltKey: Uint8Array | undefined) {
    this.#functions = functions;
    this.#selection = new Selection(saltKey ?? new Uint8Array(32));
  }

  /** Takes whole records. @throws FormatError for a selected call that is none */
  add(records: Uint8Array): void {
    // Where the part of the open call begins in these records.
    let start = 0;
    for (let at = 0; at < records.length; at += recordLength) {
      const kind = records[at] as number;
      if (kind >= recordKinds.value) continue;
      this.#close(records.subarray(start, at));
      this.#events += 1;
      if (kind === recordKinds.call && this.#functions.has(siteOf(records, at))) {
        this.#open = [records.subarray(at, at + recordLength)];
        start = at + recordLength;
      }
    }
    if (this.#open.length > 0) this.#open = [concatBytes(...this.#open, records.subarray(start))];
  }

  /** The selection, at the end of the trace. */
  finish(): Selection {
    this.#close(new Uint8Array(0));
    return this.#selection;
  }

  #close(rest: Uint8Array): void {
    if (this.#open.length === 0) return;
    const bytes = concatBytes(...this.#open, rest);
    this.#open = [];
    this.#selection.add(decodeEvent(bytes), this.#events - 1);
  }
}

function siteOf(records: Uint8Array, at: number): number {
  return (records[at + 1] as number) | ((records[at + 2] as number) << 8) | ((records[at + 3] as number) << 16);
}
