import { canonicalJson } from '../../bytes/jcs.ts';
import type { JsonValue } from '../../bytes/json.ts';
import { readMembers } from '../../certificate/envelope.ts';
import { parseTrust } from '../../trust/parseTrust.ts';
import type { EvmPin, Trust } from '../../trust/trust.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { fault } from './proofFields.ts';

const pins = ['nitro', 'sevSnp', 'dcap', 'tpm'] as const;

/**
 * What a certificate about a ledger lists to be pinned, as a trust file would hold it: the ledger's one entry, pins of an attestation document, and `more` members that must be there. Names
 * would be free text, and addresses of nodes are nobody's anchor.
 * @throws FormatError that names the field
 */
export function parseAnchors(
  value: JsonValue,
  chainId: number,
  more: readonly string[] = [],
): { readonly anchors: Trust; readonly ledger: EvmPin } {
  const members = readMembers<string>('Field anchors', value, ['evm', ...more, ...pins], pins);
  let anchors: Trust;
  try {
    anchors = parseTrust(canonicalJson({ affidavit: 'trust/1', ...members }));
  } catch (error) {
    if (error instanceof AuditorError) throw new FormatError(`Field anchors: ${error.message}`, 0);
    throw error;
  }
  const [ledger, second] = anchors.evm ?? [];
  if (!ledger || second || ledger.chainId !== chainId)
    throw fault('anchors.evm', 'one entry for the ledger of the claim');
  return { anchors, ledger };
}
