import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { judgeInWorker, type JudgeOutcome } from '../../audit/pool/judgeInWorker.ts';
import type { Progress } from '../../core/kinds/kind.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { recogniseCompanion, type Companion } from '../../core/kinds/companion.ts';
import { longestAtSight, readContent } from '../../core/kinds/content.ts';
import type { Report } from '../../core/kinds/judge.ts';
import { openChosen } from '../files/openChosen.ts';
import { isReadFile, type ReadFault, type ReadFile, type ReadOutcome } from '../files/readFiles.ts';
import { matchFiles, type Matches } from './companionsOf.ts';
import { kindAtSight } from './kindAtSight.ts';
import { timesOf, type TimeChoice } from './timeChoice.ts';
import { place, type TreeCheck } from '../verdict/tree.ts';

/** A file on the page and what is known of it so far. */
export interface JudgedFile {
  readonly id: number;
  readonly name: string;
  /** Files that came together share it: those that nobody knows can only be meant for one another. */
  readonly batch: number;
  readonly file: ReadFile | undefined;
  readonly fault: ReadFault | undefined;
  /** The kind as far as it is known; `unknown` is known too. */
  readonly kind: string | undefined;
  /** What it is beside evidence, where it is none itself. */
  readonly companion: Companion | undefined;
  /** The plan, filled as checks come in. */
  readonly tree: readonly TreeCheck[];
  readonly progress: Progress | undefined;
  readonly outcome: JudgeOutcome | undefined;
  /** What was found the last time, under other pins, at another time or without a file that came later. */
  readonly former: Report | undefined;
}

export interface Judging {
  readonly files: readonly JudgedFile[];
  /** Which of them are judged together. */
  readonly matches: Matches<JudgedFile>;
  /** How many files were read so far of those that are being added; undefined where none are. */
  readonly reading: number | undefined;
  /** @param beside a file that these were added to: they count as having come with it */
  readonly add: (chosen: readonly File[], beside?: JudgedFile) => Promise<readonly JudgedFile[]>;
  readonly remove: (id: number) => void;
  readonly clear: () => void;
}

/** What workers tell is shown so often, milliseconds: of thousands of files they tell more than a page can draw. */
const pace = 40;
/** Files that are given to workers at once: each is copied for its way. */
const atOnce = 6;

let lastId = 0;
let lastBatch = 0;

/** Files judged in workers under a trust file, each with its companions, and judged again whenever any of that changes. */
export function useJudging(trust: Trust, time: TimeChoice): Judging {
  const [files, setFiles] = useState<readonly JudgedFile[]>([]);
  const settled = useRef(new Map<number, string>());
  const configuration = useRef(0);
  const running = useRef(new AbortController());
  const single = useRef(new Map<number, AbortController>());

  const changes = useRef(new Map<number, Change[]>());
  const slots = useRef<Slots>(undefined);
  const [reading, setReading] = useState<number>();

  const update = useCallback((id: number, change: Change) => {
    const waiting = changes.current;
    if (waiting.size === 0) {
      setTimeout(() => {
        const due = new Map(waiting);
        waiting.clear();
        // Drawn in slices: a whole verdict at once would hold up what the person does.
        startTransition(() =>
          setFiles((all) =>
            all.map((file) => (due.get(file.id) ?? []).reduce((so, next) => ({ ...so, ...next(so) }), file)),
          ),
        );
      }, pace);
    }
    waiting.set(id, [...(waiting.get(id) ?? []), change]);
  }, []);
  // Outcomes change nothing about what goes with what: only which files there are, and of which kinds.
  const composition = files.map(({ id, kind }) => `${id} ${kind}`).join();
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the composition says all that matters of the files
  const matches = useMemo(() => matchFiles(files), [composition]);

  useEffect(() => {
    configuration.current += 1;
    settled.current.clear();
    // What was told under other pins and not shown yet counts no longer.
    changes.current.clear();
    running.current.abort();
    running.current = new AbortController();
    setFiles((all) =>
      all.map((file) => ({ ...file, tree: [], progress: undefined, outcome: undefined, former: reportOf(file) })),
    );
  }, [trust, time]);

  useEffect(() => {
    for (const { id, file } of files) {
      if (!file) continue;
      const companions = matches.beside.get(id) ?? [];
      const key = `${configuration.current} ${companions.map((companion) => companion.id).join(' ')}`;
      if (settled.current.get(id) === key) continue;
      if (settled.current.has(id)) {
        update(id, (last) => ({ tree: [], progress: undefined, outcome: undefined, former: reportOf(last) }));
      }
      settled.current.set(id, key);
      const controller = new AbortController();
      single.current.get(id)?.abort();
      single.current.set(id, controller);
      const signal = AbortSignal.any([running.current.signal, controller.signal]);
      const isCurrent = (): boolean => !signal.aborted && settled.current.get(id) === key;
      const judgeOne = (): Promise<readonly JudgeOutcome[]> =>
        judgeInWorker(
          [file],
          {
            trust,
            companions: companions.flatMap((companion) => companion.file ?? []),
            ...timesOf(time, Date.now()),
          },
          {
            signal,
            onPlan: (_index, _kind, plan) => isCurrent() && update(id, () => ({ tree: plan })),
            onProgress: (_index, progress) => isCurrent() && update(id, () => ({ progress })),
            onCheck: (_index, path, check) =>
              isCurrent() && update(id, ({ tree }) => ({ tree: place(tree, path, check) })),
          },
        );
      void (slots.current ??= new Slots(atOnce)).run(judgeOne, signal).then(
        ([outcome]) => {
          if (!isCurrent()) return;
          update(id, ({ kind }) => ({
            outcome,
            former: undefined,
            progress: undefined,
            kind: outcome && 'report' in outcome ? outcome.report.kind : kind,
          }));
        },
        () => undefined,
      );
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see the composition
  }, [composition, trust, time, update]);

  const add = useCallback(async (chosen: readonly File[], beside?: JudgedFile): Promise<readonly JudgedFile[]> => {
    lastBatch += 1;
    const batch = beside?.batch ?? lastBatch;
    const added: JudgedFile[] = [];
    let shown = performance.now();
    for await (const outcome of openChosen(chosen)) {
      added.push(atSight(outcome, batch));
      if (performance.now() - shown < 300) continue;
      shown = performance.now();
      setReading(added.length);
    }
    setReading(undefined);
    // What was added to a file stands behind it, what is new before everything.
    setFiles((all) => (beside ? [...all, ...added] : [...added, ...all]));
    return added;
  }, []);

  const remove = useCallback((id: number) => {
    // A long file may still be under way.
    single.current.get(id)?.abort();
    single.current.delete(id);
    setFiles((all) => all.filter((file) => file.id !== id));
  }, []);

  const clear = useCallback(() => {
    for (const controller of single.current.values()) controller.abort();
    single.current.clear();
    setFiles([]);
  }, []);

  return { files, matches, reading, add, remove, clear };
}

type Change = (file: JudgedFile) => Partial<JudgedFile>;

/** Lets so many run at a time, the others in turn; what is given up while it waits never runs. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}

/** What is known of a file before it is judged. */
function atSight(outcome: ReadOutcome, batch: number): JudgedFile {
  lastId += 1;
  const common = {
    id: lastId,
    name: outcome.name,
    batch,
    tree: [],
    progress: undefined,
    outcome: undefined,
    former: undefined,
  };
  if (!isReadFile(outcome))
    return { ...common, file: undefined, fault: outcome, kind: undefined, companion: undefined };
  const { name, bytes } = outcome;
  const kind = kindAtSight(name, bytes)?.name ?? 'unknown';
  const companion =
    // Those that go beside evidence are shorter, or known by how they begin.
    kind === 'unknown' ? recogniseCompanion(readContent(name, bytes.subarray(0, longestAtSight))) : undefined;
  return { ...common, file: outcome, fault: undefined, kind, companion };
}

function reportOf({ outcome, former }: JudgedFile): Report | undefined {
  return outcome && 'report' in outcome ? outcome.report : former;
}
