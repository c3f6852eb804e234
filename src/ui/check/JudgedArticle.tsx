import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { kinds } from '../../core/kinds/registry.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import type { ReadFile } from '../files/readFiles.ts';
import { companionsOf, goesWith, takesFiles } from '../judging/companionsOf.ts';
import type { TimeChoice } from '../judging/timeChoice.ts';
import type { JudgedFile } from '../judging/useJudging.ts';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { AddFileContext } from '../verdict/addFile.ts';
import { CheckTree } from '../verdict/CheckTree.tsx';
import type { OtherVerdict } from '../verdict/compare/CompareWith.tsx';
import { VerdictPage } from '../verdict/VerdictPage.tsx';
import { evidenceSource } from '../verdict/evidence.ts';
import { teethOf } from '../verdict/tree.ts';
import { loadView } from '../views/loadView.ts';
import { check as words } from '../words/check.en.ts';
import { ZipperBar } from '../zipper/ZipperBar.tsx';
import { CompanionArticle } from './CompanionArticle.tsx';
import { UnknownArticle } from './UnknownArticle.tsx';
import { Pace } from './Pace.tsx';
import { TrustOffer } from './TrustOffer.tsx';
import styles from './CheckPage.module.css';

interface Props {
  readonly judged: JudgedFile;
  readonly files: readonly JudgedFile[];
  readonly trust: Trust;
  readonly time: TimeChoice;
  readonly onPin: (added: Trust, name: string) => void;
  readonly onSelect: (id: number) => void;
  /** Lets the person choose files to be judged beside this one. */
  readonly onAddFile: () => void;
  /** Puts the file away, also while it is still being judged. */
  readonly onCancel: () => void;
}

const noEvidence = evidenceSource(() => []);

/** One file: why it could not be read, the plan as it fills, or the verdict. */
export function JudgedArticle({ judged, files, trust, time, onPin, onSelect, onAddFile, onCancel }: Props) {
  const { name, file, fault, outcome, former } = judged;
  const found = outcome && 'report' in outcome ? outcome.report : undefined;
  const report = found ?? former;
  const companions = useCompanions(judged, files);
  const { data: loaded } = useQuery({
    queryKey: ['view', report?.kind],
    queryFn: () => loadView(report?.kind ?? ''),
    enabled: report !== undefined,
    staleTime: Infinity,
  });
  // Drawn in slices, like all that comes while a file is judged.
  const view = useDeferredValue(loaded);
  if (fault) return <Notice urgent title={fault.title} next={fault.next} />;
  if (outcome && 'error' in outcome) {
    return (
      <Notice urgent title={fill(words.errorTitle, { name })} next={words.errorNext[outcome.error.kind]}>
        <p>{outcome.error.message}</p>
      </Notice>
    );
  }
  const beside = goesWith(judged, files);
  if (file && judged.kind === 'unknown' && (judged.companion || beside.length > 0)) {
    return <CompanionArticle judged={judged} file={file} beside={beside} onSelect={onSelect} />;
  }
  if (file && judged.kind === 'unknown' && found) return <UnknownArticle file={file} onRemove={onCancel} />;
  if (!file || !report || !view || view !== loaded) return <Working judged={judged} onCancel={onCancel} />;
  return (
    <AddFileContext value={takesFiles(report.kind) ? onAddFile : undefined}>
      <Origin file={file} />
      <VerdictPage
        file={file}
        report={report}
        pending={found === undefined}
        view={view}
        trust={trust}
        time={time}
        companions={companions}
        others={otherVerdicts(judged, files)}
        onPin={onPin}
      />
      {report.kind === 'trust' && report.verdict === 'verified' && (
        <TrustOffer report={report} name={name} trust={trust} onPin={onPin} />
      )}
    </AddFileContext>
  );
}

/** Where a document came from that did not come alone, so that nobody takes what is around it for judged. */
function Origin({ file: { packing, wrapping } }: { readonly file: ReadFile }) {
  const told = wrapping ? words.origin[wrapping] : packing === 'pdf' ? words.origin.pdf : undefined;
  return told === undefined ? null : <p className={styles.origin}>{told}</p>;
}

/** The files beside it; the same array as long as they are the same files, since much is derived from it. */
function useCompanions(judged: JudgedFile, files: readonly JudgedFile[]): readonly ReadFile[] {
  const found = companionsOf(judged, files).flatMap(({ file }) => file ?? []);
  const key = found.map(({ id }) => id).join(' ');
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key says all that there is to say of the array
  return useMemo(() => found, [key]);
}

/** What was found of the other files, to be laid beside. */
function otherVerdicts(judged: JudgedFile, files: readonly JudgedFile[]): readonly OtherVerdict[] {
  return files.flatMap(({ id, outcome }) =>
    id !== judged.id && outcome && 'report' in outcome && outcome.report.kind !== 'unknown'
      ? [{ id, report: outcome.report }]
      : [],
  );
}

interface WorkingProps {
  readonly judged: JudgedFile;
  readonly onCancel: () => void;
}

function Working({ judged: { name, tree, progress, kind }, onCancel }: WorkingProps) {
  const { messages = {} } = kinds.find((candidate) => candidate.name === kind) ?? {};
  return (
    <article className={styles.working} aria-label={name} aria-busy="true">
      <h1>{name}</h1>
      <p>
        {words.working}
        {progress && <Pace progress={progress} />}
      </p>
      {progress && (
        <p>
          <Button onClick={onCancel}>{words.cancel}</Button>
        </p>
      )}
      <ZipperBar states={teethOf(tree)} divider slider />
      <CheckTree checks={tree} messages={messages} evidence={noEvidence} />
    </article>
  );
}
