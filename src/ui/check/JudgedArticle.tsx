import { useQuery } from '@tanstack/react-query';
import { kinds } from '../../core/kinds/registry.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import type { JudgedFile } from '../judging/useJudging.ts';
import { Notice } from '../parts/Notice.tsx';
import { CheckTree } from '../verdict/CheckTree.tsx';
import { VerdictPage } from '../verdict/VerdictPage.tsx';
import { evidenceSource } from '../verdict/evidence.ts';
import { teethOf } from '../verdict/tree.ts';
import { loadView } from '../views/loadView.ts';
import { check as words } from '../words/check.en.ts';
import { ZipperBar } from '../zipper/ZipperBar.tsx';
import { TrustOffer } from './TrustOffer.tsx';
import styles from './CheckPage.module.css';

interface Props {
  readonly judged: JudgedFile;
  readonly trust: Trust;
  readonly onPin: (added: Trust, name: string) => void;
}

const noEvidence = evidenceSource(() => []);

/** One file: why it could not be read, the plan as it fills, or the verdict. */
export function JudgedArticle({ judged, trust, onPin }: Props) {
  const { name, file, fault, outcome } = judged;
  const report = outcome && 'report' in outcome ? outcome.report : undefined;
  const { data: view } = useQuery({
    queryKey: ['view', report?.kind],
    queryFn: () => loadView(report?.kind ?? ''),
    enabled: report !== undefined,
    staleTime: Infinity,
  });
  if (fault) return <Notice urgent title={fault.title} next={fault.next} />;
  if (outcome && 'error' in outcome) {
    return (
      <Notice urgent title={fill(words.errorTitle, { name })} next={words.errorNext[outcome.error.kind]}>
        <p>{outcome.error.message}</p>
      </Notice>
    );
  }
  if (!file || !report || !view) return <Working judged={judged} />;
  return (
    <>
      <VerdictPage file={file} report={report} view={view} trust={trust} onPin={onPin} />
      {report.kind === 'trust' && report.verdict === 'verified' && (
        <TrustOffer report={report} name={name} trust={trust} onPin={onPin} />
      )}
    </>
  );
}

function Working({ judged: { name, tree, progress, kind } }: { readonly judged: JudgedFile }) {
  const { messages = {} } = kinds.find((candidate) => candidate.name === kind) ?? {};
  return (
    <article className={styles.working} aria-label={name} aria-busy="true">
      <h1>{name}</h1>
      <p>
        {words.working}
        {progress &&
          ` · ${fill(words.progress, { done: number(progress.done), total: number(progress.total), unit: progress.unit })}`}
      </p>
      <ZipperBar states={teethOf(tree)} divider slider />
      <CheckTree checks={tree} messages={messages} evidence={noEvidence} />
    </article>
  );
}
