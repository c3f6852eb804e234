import { createChainAuditor, type Certified, type ChainAuditor } from '../../audit/chain/chainAuditor.ts';
import type { AuditSnapshot } from '../../audit/chain/snapshot.ts';
import { createWorkerExecutor } from '../../audit/pool/createWorkerExecutor.ts';
import { browserMemory } from '../../audit/resume/browserMemory.ts';
import { openBuckets } from '../../audit/source/openBuckets.ts';
import { fromHex } from '../../core/bytes/hex.ts';
import type { Found } from '../../core/chain/findTransaction.ts';
import type { AttestedSequence, TimestampedBlock } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { rememberVerdict } from './verdicts.ts';

/** How far an audit is, and what it has found. */
export interface SessionState {
  /** `stopped` by the person; `failed` by what `error` says, which is no verdict. */
  readonly status: 'running' | 'following' | 'stopped' | 'failed';
  readonly snapshot: AuditSnapshot | null;
  readonly error: Error | null;
  /** What of an earlier audit was not reused, or of this one could not be kept, and why: a sentence; empty where there is nothing to say. */
  readonly remark: string;
}

const atStart: SessionState = { status: 'running', snapshot: null, error: null, remark: '' };

/**
 * The audit of one pinned chain as the pages share it: it goes on while the person walks from the chain to a transaction and back. The one
 * place where the page meets the auditor.
 */
export class ChainSession {
  readonly pin: ChainPin;
  #state = atStart;
  #auditor: ChainAuditor | undefined;
  #controller = new AbortController();
  #close: () => void = () => {};
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
    this.stop();
    const controller = new AbortController();
    this.#controller = controller;
    this.#tell(atStart);
    void this.#run(controller);
  }

  /** Stops reading; what was found stays in view. */
  stop(): void {
    this.#controller.abort(new DOMException('The person stopped the audit.', 'AbortError'));
    this.#close();
  }

  /** Where a record stands as far as was read; undefined before anything was. @param hash H(d), hex */
  find(hash: string): Found | undefined {
    return this.#auditor?.find(fromHex(hash));
  }

  /** The fields of one block as read. */
  blockOf(timestampHash: string): TimestampedBlock | undefined {
    return this.#auditor?.blockOf(timestampHash);
  }

  /** The enclave documents that give a number, as read. */
  attestationsOf(k: number): readonly AttestedSequence[] {
    return this.#auditor?.attestationsOf(k) ?? [];
  }

  /** @throws where workers or storage break down; the session's reason where it was stopped. */
  certify(hash: string): Promise<Certified> {
    if (!this.#auditor) throw new Error('The audit has not begun.');
    return this.#auditor.certify(fromHex(hash));
  }

  async #run(controller: AbortController): Promise<void> {
    const { signal } = controller;
    try {
      const executor = createWorkerExecutor();
      this.#close = () => executor.close();
      const buckets = openBuckets(this.pin.buckets ?? []);
      this.#auditor = createChainAuditor({
        pin: this.pin,
        buckets,
        executor,
        signal,
        ...(typeof indexedDB === 'undefined' ? {} : { memory: browserMemory(this.pin) }),
        onWords: (remark) => {
          if (!signal.aborted) this.#tell({ ...this.#state, remark });
        },
        onSnapshot: (snapshot) => {
          if (!signal.aborted) this.#show(snapshot);
        },
      });
      await this.#auditor.run({ follow: true });
    } catch (thrown) {
      if (this.#controller !== controller) return;
      if (signal.aborted) this.#tell({ ...this.#state, status: 'stopped' });
      else
        this.#tell({
          ...this.#state,
          status: 'failed',
          error: thrown instanceof Error ? thrown : new Error(String(thrown)),
        });
    }
  }

  #show(snapshot: AuditSnapshot): void {
    this.#tell({ ...this.#state, status: snapshot.audit ? 'following' : 'running', snapshot, error: null });
    if (snapshot.audit) rememberVerdict(snapshot.audit);
  }

  #tell(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
