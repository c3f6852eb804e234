import { canonicalJson } from '../../bytes/jcs.ts';

/** The text of an `equivocation/1` file over two documents in base64url (CHAIN.md 32). */
export function equivocationFile(genesis: string, documents: readonly string[]): string {
  return canonicalJson({ affidavit: 'equivocation/1', genesis, documents });
}
