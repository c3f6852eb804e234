import type { Explained } from '../explained.ts';

/** What the view of a Blocky output draws. The values are those that are attested and signed, never the claims beside them. */
export interface BlockyDetails {
  readonly explained: Explained;
  readonly form: 'current' | 'old';
  readonly platform: string;
  /** Hex, 65 bytes; null where none is attested. */
  readonly key: string | null;
  readonly documents: readonly { readonly moduleId: string; readonly time: string }[];
  /** Null where one could not be read. */
  readonly calls: readonly (BlockyCallDetails | null)[];
}

export interface BlockyCallDetails {
  readonly function: string;
  readonly hashOfCode: string;
  readonly hashOfInput: string;
  readonly hashOfSecrets: string;
  /** JSON laid out, else text; null where it is neither, and `outputHex` says it. Untrusted text. */
  readonly outputText: string | null;
  readonly outputHex: string;
  /** Whether SHA3-512 of nothing is given for them. */
  readonly emptyInput: boolean;
  readonly emptySecrets: boolean;
}
