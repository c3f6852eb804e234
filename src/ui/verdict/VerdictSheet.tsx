import type { Report } from '../../core/kinds/judge.ts';
import { PrintedCertificate } from '../views/PrintedCertificate.tsx';
import { verdict as words } from '../words/verdict.en.ts';

interface Props {
  readonly name: string;
  /** What people call its kind. */
  readonly title: string;
  readonly report: Report;
  readonly headline: string;
  readonly why: string;
  /** The digest that people compare; without one there is no page. */
  readonly digest: string | undefined;
  /** Whether that is a digest inside the file, not of it. */
  readonly isSealed: boolean;
}

/** The first printed page of evidence that has none of its own. */
export function VerdictSheet({ name, title, report, headline, why, digest, isSealed }: Props) {
  if (digest === undefined) return null;
  return (
    <PrintedCertificate
      fileName={name}
      title={title.charAt(0).toLocaleUpperCase() + title.slice(1)}
      sentence={headline}
      verdict={report.verdict}
      labels={report.labels}
      rows={[[words.because, why]]}
      digest={digest}
      digestTitle={isSealed ? words.sealed : words.fileDigest}
    />
  );
}
