import type { BlockDetails, CertifyAnswer } from '../../audit/remote/protocol.ts';
import { RemoteAudit } from '../../audit/remote/remoteAudit.ts';
import type { Found } from '../../core/chain/findTransaction.ts';
import type { SequencedBlock } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { SnapshotKeeper, type PageSnapshot } from './pageSnapshot.ts';
import { rememberVerdict } from './verdicts.ts';

/** How far an audit is, and what it has found. */
export interface SessionState {
  /** `stopped` by the person; `failed` by what `error` says, which is no verdict. */
  readonly status: 'running' | 'following' | 'stopped' | 'failed';
  readonly snapshot: PageSnapshot | null;
  readonly error: Error | null;
  /** What of an earlier audit was not reused, or of this one could not be kept, and why: a sentence; empty where there is nothing to say. */
  readonly remark: string;
}

const atStart: SessionState = { status: 'running', snapshot: null, error: null, remark: '' };

/**
 * The audit of one pinned chain as the pages share it: it goes on while the person walks from the chain to a transaction and back. The one
 * place where the page meets the auditor, which runs in a worker.
 */
export class ChainSession {
  readonly pin: ChainPin;
  #state = atStart;
  #audit: RemoteAudit | undefined;
  #isStopped = false;
  readonly #listeners = new Set<() => void>();

  constructor(pin: ChainPin) {
    this.pin = pin;
    this.start();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): SessionState => this.#state;

  /** Begins at block zero or the checkpoint, or goes on behind what an earlier audit in this browser has settled. */
  start(): void {
    this.#audit?.close();
    this.#isStopped = false;
    const keeper = new SnapshotKeeper();
    this.#tell(atStart);
    this.#audit = new RemoteAudit(this.pin, {
      onNews: (news) => {
        if (!this.#isStopped) this.#show(keeper.take(news));
      },
      onWords: (remark) => {
        if (!this.#isStopped) this.#tell({ ...this.#state, remark });
      },
      onEnd: (reason) =>
        this.#tell(
          this.#isStopped
            ? { ...this.#state, status: 'stopped' }
            : { ...this.#state, status: 'failed', error: new Error(reason) },
        ),
    });
  }

  /** Stops reading; what was found stays in view, and can be asked about. */
  stop(): void {
    this.#isStopped = true;
    this.#audit?.stop();
  }

  /** Ends it for good. */
  close(): void {
    this.#isStopped = true;
    this.#audit?.close();
  }

  /** Where a record stands as far as was read. @param hash H(d), hex. @throws where the audit cannot say */
  find(hash: string): Promise<Found> {
    return this.#running().ask('find', hash);
  }

  /** The fields of one block as read, and the enclave documents that number it. */
  details({ timestampHash, k }: SequencedBlock): Promise<BlockDetails> {
    return this.#running().ask('details', timestampHash, k);
  }

  /** @throws where workers or storage break down, or the audit was stopped. */
  certify(hash: string): Promise<CertifyAnswer> {
    return this.#running().ask('certify', hash);
  }

  /** A document that a check names by its digest (hex), read again from the buckets; null where none has it. */
  document(digest: string): Promise<Uint8Array | null> {
    return this.#running().ask('document', digest);
  }

  #running(): RemoteAudit {
    if (!this.#audit) throw new Error('The audit has not begun.');
    return this.#audit;
  }

  #show(snapshot: PageSnapshot): void {
    this.#tell({ ...this.#state, status: snapshot.audit ? 'following' : 'running', snapshot, error: null });
    if (snapshot.audit) rememberVerdict(snapshot.audit);
  }

  #tell(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
