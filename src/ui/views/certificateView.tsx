import type { ComponentType } from 'react';
import type { Report } from '../../core/kinds/judge.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { PrintedCertificate } from './PrintedCertificate.tsx';
import { sealedDigest } from './sealedDigest.ts';
import type { KindView, KindViewProps, UsedAnchors } from './view.ts';

/** What the certificates of one system differ in. All else of their page is one for all systems: verdict, actions, checks, evidence, what it rests on, the printed page. */
export interface CertificateParts<Details> {
  /** What judging brought to draw; undefined where a report is of another system, or nothing could be read. */
  readonly detailsOf: (report: Report) => Details | undefined;
  /** Without the verdict. */
  readonly headline: (details: Details, report: Report) => string;
  /** What it claims, between verdict and checks. */
  readonly View: ComponentType<KindViewProps & { readonly details: Details }>;
  /** Of the printed page: title and value. */
  readonly rows: (details: Details) => readonly (readonly [title: string, value: string])[];
  /** What could be pinned; asked only where the verdict is undetermined. */
  readonly anchors: (details: Details, trust: Trust) => Trust | undefined;
  readonly used: (details: Details, trust: Trust) => UsedAnchors;
}

/** A view of certificates that knows which are its own. */
export interface CertificateView extends KindView {
  readonly isOf: (report: Report) => boolean;
}

export function certificateView<Details>(parts: CertificateParts<Details>): CertificateView {
  const { detailsOf, headline } = parts;
  return {
    isOf: (report) => detailsOf(report) !== undefined,
    headline(report) {
      const details = detailsOf(report);
      return details && headline(details, report);
    },
    View(props) {
      const details = detailsOf(props.report);
      return details ? <parts.View {...props} details={details} /> : null;
    },
    /** One printed page, as what its name says; the checks behind it follow. */
    Sheet({ name, report, bytes }) {
      const details = detailsOf(report);
      const digest = sealedDigest(bytes);
      if (!details || digest === undefined) return null;
      const { verdict, labels } = report;
      const sentence = headline(details, report);
      return (
        <PrintedCertificate {...{ fileName: name, sentence, verdict, labels, digest }} rows={parts.rows(details)} />
      );
    },
    anchors(report, trust) {
      const details = report.verdict === 'undetermined' ? detailsOf(report) : undefined;
      return details && parts.anchors(details, trust);
    },
    used(report, trust) {
      const details = detailsOf(report);
      return details ? parts.used(details, trust) : { trust: {}, roots: [] };
    },
  };
}
