import { useCallback, useEffect, useRef, useState } from 'react';
import { judgeInWorker, type JudgeOutcome } from '../../audit/pool/judgeInWorker.ts';
import type { Progress } from '../../core/kinds/kind.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { isReadFile, readFiles, type ReadFault, type ReadFile } from '../files/readFiles.ts';
import { kindAtSight } from './kindAtSight.ts';
import { place, type TreeCheck } from '../verdict/tree.ts';

/** A file on the page and what is known of it so far. */
export interface JudgedFile {
  readonly id: number;
  readonly name: string;
  /** Files that came together share it: only they can be meant for one another. */
  readonly batch: number;
  readonly file: ReadFile | undefined;
  readonly fault: ReadFault | undefined;
  /** The kind as far as it is known; `unknown` is known too. */
  readonly kind: string | undefined;
  /** The plan, filled as checks come in. */
  readonly tree: readonly TreeCheck[];
  readonly progress: Progress | undefined;
  readonly outcome: JudgeOutcome | undefined;
}

export interface Judging {
  readonly files: readonly JudgedFile[];
  readonly add: (chosen: readonly File[]) => Promise<readonly JudgedFile[]>;
  readonly remove: (id: number) => void;
}

let lastId = 0;
let lastBatch = 0;

/**
 * Files judged in workers under a trust file, and judged again whenever that changes. Files that are no evidence themselves count as
 * companions of those that came with them: the data set beside its certificate. A proof of equivocation counts against all.
 */
export function useJudging(trust: Trust, givenTime: number | undefined): Judging {
  const [files, setFiles] = useState<readonly JudgedFile[]>([]);
  const settled = useRef(new Map<number, string>());
  const configuration = useRef(0);
  const running = useRef(new AbortController());

  const update = useCallback((id: number, change: (file: JudgedFile) => Partial<JudgedFile>) => {
    setFiles((all) => all.map((file) => (file.id === id ? { ...file, ...change(file) } : file)));
  }, []);

  useEffect(() => {
    configuration.current += 1;
    settled.current.clear();
    running.current.abort();
    running.current = new AbortController();
    setFiles((all) => all.map((file) => ({ ...file, tree: [], progress: undefined, outcome: undefined })));
  }, [trust, givenTime]);

  useEffect(() => {
    const { signal } = running.current;
    for (const { id, file } of files) {
      if (!file) continue;
      const companions = companionsOf(id, files);
      const key = `${configuration.current} ${companions.map((companion) => companion.id).join(' ')}`;
      if (settled.current.get(id) === key) continue;
      settled.current.set(id, key);
      const isCurrent = (): boolean => !signal.aborted && settled.current.get(id) === key;
      void judgeInWorker(
        [file],
        {
          trust,
          companions: companions.flatMap((companion) => companion.file ?? []),
          now: Date.now(),
          ...(givenTime === undefined ? {} : { givenTime }),
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
            progress: undefined,
            kind: outcome && 'report' in outcome ? outcome.report.kind : kind,
          }));
        },
        () => undefined,
      );
    }
  }, [files, trust, givenTime, update]);

  const add = useCallback(async (chosen: readonly File[]): Promise<readonly JudgedFile[]> => {
    const read = await readFiles(chosen);
    lastBatch += 1;
    const batch = lastBatch;
    const added = read.map((outcome): JudgedFile => {
      const common = { name: outcome.name, batch, tree: [], progress: undefined, outcome: undefined };
      lastId += 1;
      return isReadFile(outcome)
        ? {
            ...common,
            id: lastId,
            file: outcome,
            fault: undefined,
            kind: kindAtSight(outcome.name, outcome.bytes)?.name ?? 'unknown',
          }
        : { ...common, id: lastId, file: undefined, fault: outcome, kind: undefined };
    });
    setFiles((all) => [...added, ...all]);
    return added;
  }, []);

  const remove = useCallback((id: number) => setFiles((all) => all.filter((file) => file.id !== id)), []);

  return { files, add, remove };
}

/** For a file that is evidence: those that came with it and are none, and whatever may speak against it. */
function companionsOf(id: number, files: readonly JudgedFile[]): readonly JudgedFile[] {
  const own = files.find((file) => file.id === id);
  if (own?.kind === undefined || own.kind === 'unknown' || own.kind === 'trust') return [];
  return files.filter(
    ({ id: other, kind, batch }) =>
      other !== id && (kind === 'equivocation' || (kind === 'unknown' && batch === own.batch)),
  );
}
