import { useCallback, useEffect, useRef, useState } from 'react';
import { judgeInWorker, type JudgeOutcome } from '../../audit/pool/judgeInWorker.ts';
import type { Progress } from '../../core/kinds/kind.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { recogniseCompanion, type Companion } from '../../core/kinds/companion.ts';
import { readContent } from '../../core/kinds/content.ts';
import type { Report } from '../../core/kinds/judge.ts';
import { isReadFile, readFiles, type ReadFault, type ReadFile, type ReadOutcome } from '../files/readFiles.ts';
import { takeOutOfPage } from '../files/takeOutOfPage.ts';
import { companionsOf } from './companionsOf.ts';
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
  /** @param beside a file that these were added to: they count as having come with it */
  readonly add: (chosen: readonly File[], beside?: JudgedFile) => Promise<readonly JudgedFile[]>;
  readonly remove: (id: number) => void;
}

/** Files that go beside evidence are shorter, or known by how they begin. */
const longestCompanion = 4 * 1024 * 1024;

let lastId = 0;
let lastBatch = 0;

/** Files judged in workers under a trust file, each with its companions, and judged again whenever any of that changes. */
export function useJudging(trust: Trust, time: TimeChoice): Judging {
  const [files, setFiles] = useState<readonly JudgedFile[]>([]);
  const settled = useRef(new Map<number, string>());
  const configuration = useRef(0);
  const running = useRef(new AbortController());
  const single = useRef(new Map<number, AbortController>());

  const update = useCallback((id: number, change: (file: JudgedFile) => Partial<JudgedFile>) => {
    setFiles((all) => all.map((file) => (file.id === id ? { ...file, ...change(file) } : file)));
  }, []);

  useEffect(() => {
    configuration.current += 1;
    settled.current.clear();
    running.current.abort();
    running.current = new AbortController();
    setFiles((all) =>
      all.map((file) => ({ ...file, tree: [], progress: undefined, outcome: undefined, former: reportOf(file) })),
    );
  }, [trust, time]);

  useEffect(() => {
    for (const own of files) {
      const { id, file } = own;
      if (!file) continue;
      const companions = companionsOf(own, files);
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
      void judgeInWorker(
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
      ).then(
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
  }, [files, trust, time, update]);

  const add = useCallback(async (chosen: readonly File[], beside?: JudgedFile): Promise<readonly JudgedFile[]> => {
    const read = (await readFiles(chosen, true)).map(takeOutOfPage);
    lastBatch += 1;
    const batch = beside?.batch ?? lastBatch;
    const added = read.map((outcome) => atSight(outcome, batch));
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

  return { files, add, remove };
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
    kind === 'unknown' ? recogniseCompanion(readContent(name, bytes.subarray(0, longestCompanion))) : undefined;
  return { ...common, file: outcome, fault: undefined, kind, companion };
}

function reportOf({ outcome, former }: JudgedFile): Report | undefined {
  return outcome && 'report' in outcome ? outcome.report : former;
}
