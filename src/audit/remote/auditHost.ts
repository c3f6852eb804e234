import { fromHex } from '../../core/bytes/hex.ts';
import type { ChainAudit, Fork, SequencedBlock } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { ChainAuditor, ChainAuditorOptions } from '../chain/chainAuditor.ts';
import type { AuditSnapshot } from '../chain/snapshot.ts';
import { MarkKeeper } from './markKeeper.ts';
import type { AuditReply, AuditRequest, JudgedAudit, Question } from './protocol.ts';
import { RowWatch } from './rowChunk.ts';

/** Makes the auditor of a pin, with what it reads and who verifies for it. */
export type MakeAuditor = (
  pin: ChainPin,
  told: Required<Pick<ChainAuditorOptions, 'onSnapshot' | 'onWords' | 'signal'>>,
) => ChainAuditor;

export type Post = (reply: AuditReply, transfer: Transferable[]) => void;

/** One audit behind a channel: tells what is new as columns that cost the other side next to nothing, and answers what it is asked. */
export class AuditHost {
  readonly #make: MakeAuditor;
  readonly #post: Post;
  #running: Promise<void> | undefined;
  readonly #controller = new AbortController();
  #isOver = false;
  readonly #rows = new RowWatch();
  #marks: MarkKeeper | undefined;
  #auditor: ChainAuditor | undefined;
  #forks: readonly Fork[] = [];
  #orphans: readonly SequencedBlock[] = [];
  #audit: ChainAudit | null = null;

  constructor(make: MakeAuditor, post: Post) {
    this.#make = make;
    this.#post = (...reply) => {
      if (!this.#isOver) post(...reply);
    };
  }

  take(request: Exclude<AuditRequest, { readonly type: 'leave' }>): void {
    if (request.type === 'start') this.#running = this.#run(request.pin);
    else if (request.type === 'stop') this.#controller.abort(new DOMException('The audit was stopped.', 'AbortError'));
    else void this.#answer(request);
  }

  /** Ends the audit, of which nothing more is told. Resolves when it has let go of its buckets and workers. */
  async end(): Promise<void> {
    this.#isOver = true;
    this.#controller.abort(new DOMException('The audit is over.', 'AbortError'));
    await this.#running;
  }

  async #run(pin: ChainPin): Promise<void> {
    const { signal } = this.#controller;
    try {
      this.#auditor = this.#make(pin, {
        signal,
        onWords: (words) => this.#post({ type: 'words', words }, []),
        onSnapshot: (snapshot) => this.#tell(snapshot),
      });
      await this.#auditor.run({ follow: true });
    } catch (thrown) {
      this.#post({ type: 'ended', reason: reasonOf(thrown) }, []);
    }
  }

  #tell(snapshot: AuditSnapshot): void {
    const { phase, progress, stop, buckets, read, forks, orphans, audit, evidence } = snapshot;
    this.#marks ??= new MarkKeeper(evidence);
    const rows = this.#rows.next(snapshot.mainChain);
    const marks = this.#marks.look(snapshot);
    const news = {
      phase,
      progress,
      stop,
      buckets,
      read,
      ...(rows && { rows }),
      ...(marks && { marks }),
      ...(endsOf(forks) !== endsOf(this.#forks) && { forks }),
      ...(orphans.length + this.#orphans.length > 0 && orphans !== this.#orphans && { orphans }),
      ...(audit && audit !== this.#audit && { audit: withoutRows(audit) }),
    };
    this.#forks = forks;
    this.#orphans = orphans;
    this.#audit = audit;
    const columns = rows ? [rows.k, rows.time, rows.leaves, rows.hashes] : [];
    if (marks) columns.push(marks.marks);
    this.#post(
      { type: 'news', news },
      columns.map(({ buffer }) => buffer),
    );
  }

  async #answer(question: Question): Promise<void> {
    const { id } = question;
    try {
      this.#post({ type: 'answer', id, answer: await this.#ask(question) }, []);
    } catch (thrown) {
      this.#post({ type: 'refusal', id, reason: reasonOf(thrown) }, []);
    }
  }

  async #ask(question: Question): Promise<unknown> {
    const auditor = this.#auditor;
    if (!auditor) throw new Error('The audit has not begun.');
    if (question.name === 'find') return auditor.find(fromHex(question.parameters[0]));
    if (question.name === 'details') {
      const [timestampHash, k] = question.parameters;
      return { block: auditor.blockOf(timestampHash) ?? null, documents: auditor.attestationsOf(k) };
    }
    if (question.name === 'document') return (await auditor.document(question.parameters[0])) ?? null;
    const { audit: _, ...answer } = await auditor.certify(fromHex(question.parameters[0]));
    return answer;
  }
}

/** What tells lists of forks apart: each by its last block. */
function endsOf(forks: readonly Fork[]): string {
  return forks.map(({ blocks }) => blocks.at(-1)?.timestampHash).join();
}

function withoutRows({ mainChain: _, ...audit }: ChainAudit): JudgedAudit {
  return audit;
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
