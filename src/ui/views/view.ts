import type { ComponentType } from 'react';
import type { Report } from '../../core/kinds/judge.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { Messages } from '../../core/verdict/messages.ts';
import type { EvidenceSource } from '../verdict/evidence.ts';

/** What the view of a kind gets: the report with the kind's own `details`, and the file. */
export interface KindViewProps {
  readonly name: string;
  readonly report: Report;
  readonly bytes: Uint8Array;
  /** What it was judged under. */
  readonly trust: Trust;
  /** The kind's own words, by code. */
  readonly messages: Messages;
  /** Finds the bytes that evidence names: of the file, of objects inside it, of the files beside it. */
  readonly evidence: EvidenceSource;
}

/** What a verdict rests on. */
export interface UsedAnchors {
  readonly trust: Trust;
  /** SHA-256 of certificates. */
  readonly roots: readonly string[];
}

/**
 * How one kind of evidence is shown. A module `src/ui/views/<kind>.tsx` exports one as `view`; it is found by its name and loaded when a
 * file of that kind is judged. Everything in it is optional: a kind without a view still gets its verdict and its tree of checks.
 */
export interface KindView {
  /** The verdict's sentence, without the verdict: `This file was recorded between … on the chain “example”.` */
  readonly headline?: (report: Report) => string | undefined;
  /** What stands between the verdict and the checks. */
  readonly View?: ComponentType<KindViewProps>;
  /** A printed first page of its own, in place of what the screen shows above the checks. */
  readonly Sheet?: ComponentType<KindViewProps>;
  /** The anchors that the evidence names and that are not pinned: offered for pinning, one by one. */
  readonly anchors?: (report: Report, trust: Trust) => Trust | undefined;
  /** The pins that the verdict rests on, and the fingerprints of the built-in roots that it rests on. */
  readonly used?: (report: Report, trust: Trust) => UsedAnchors;
  /** Objects inside the file that evidence may name, so that their bytes can be shown. */
  readonly objects?: (report: Report, bytes: Uint8Array) => readonly Uint8Array[];
  /** The digest that people compare: drawn as a seal. The file's own digest where absent. */
  readonly digest?: (report: Report, bytes: Uint8Array) => string | undefined;
}
