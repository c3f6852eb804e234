import { useState } from 'react';
import type { AuditLine } from '../../core/report/makeReport.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { reportWords as words } from '../words/report.en.ts';

/** The way from what a page has found to a report of it. @param audit what the command would print of the same audit */
export function MakeReport({ audit }: { readonly audit: () => AuditLine }) {
  const [fault, setFault] = useState('');
  const make = async (): Promise<void> => {
    try {
      const { keepDraft } = await import('./reportDraft.ts');
      await keepDraft(audit());
      window.location.hash = '#/report';
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className={lists.section} aria-label={words.make}>
      <p className={lists.actions}>
        <Button onClick={() => void make()}>{words.make}</Button>
      </p>
      <p className={lists.hint}>{words.makeHint}</p>
      {fault && <Notice urgent title={fault} />}
    </section>
  );
}
