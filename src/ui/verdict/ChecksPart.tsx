import type { ComponentProps } from 'react';
import type { Verdict } from '../../core/verdict/status.ts';
import lists from '../parts/lists.module.css';
import { verdict as words } from '../words/verdict.en.ts';
import { CheckTree } from './CheckTree.tsx';
import { decisivePath } from './tree.ts';

interface Props extends Pick<ComponentProps<typeof CheckTree>, 'checks' | 'messages' | 'evidence' | 'keeper'> {
  readonly verdict: Verdict;
  /** What the checks are; else what the verdict does with them. */
  readonly hint?: string;
}

/** The tree of checks below its heading, open at the one that decided. */
export function ChecksPart({ verdict, hint = words.checksHint, ...tree }: Props) {
  const decisive = verdict === 'rejected' ? 'fail' : 'unknown';
  return (
    <section className={lists.section} aria-labelledby="checks">
      <h2 id="checks">{words.checksTitle}</h2>
      <p className={lists.hint}>{hint}</p>
      <CheckTree {...tree} decisive={verdict === 'verified' ? undefined : decisivePath(tree.checks, decisive)} />
    </section>
  );
}
