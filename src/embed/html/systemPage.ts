import type { CertificateSystem } from '../../core/certificate/system.ts';
import type { System } from '../../core/certificate/envelope.ts';
import type { Report } from '../../core/kinds/judge.ts';
import type { Messages } from '../../core/verdict/messages.ts';
import type { Summary } from './summary.ts';

/** A line of what a certificate says: plain text, or a digest to compare. */
export type Fact = readonly [name: string, value: string | { readonly digest: string }];

/** What a certificate of a system says, in people's words. */
export interface SystemSays {
  /** What is said, in one sentence; as a fact only where it holds. */
  readonly headline: (summary: Summary, report: Report | undefined) => string;
  readonly facts: (summary: Summary) => readonly Fact[];
}

/** What a template needs to know of its system. */
export interface SystemPage extends SystemSays {
  readonly name: System;
  readonly judge: CertificateSystem;
  readonly messages: Messages;
  /** The same in German, as far as there is any. */
  readonly german: Messages;
  /** The anchors that it lists, as a trust file would have them. */
  readonly anchors: (summary: Summary) => object;
}
