import type { Content } from '../kinds/content.ts';
import { openEnvelope } from '../tee/dcap/envelope.ts';
import { parseQuote as parseDcapQuote } from '../tee/dcap/parse.ts';
import { parseNitroDocument } from '../tee/nitro/parse.ts';
import { readEvidence as readSnpEvidence } from '../tee/sevSnp/readEvidence.ts';
import { readEvidence as readTpmEvidence } from '../tee/tpm/evidence.ts';
import { parseQuote as parseTpmQuote } from '../tee/tpm/parseQuote.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** Where an attestation document has room for what is bound to it: the statement itself, 64 bytes with its digest, or the digest. */
export type BoundData =
  | { readonly form: 'statement'; readonly bytes: Uint8Array; readonly publicKey: Uint8Array | undefined }
  | { readonly form: 'reportData' | 'digest'; readonly bytes: Uint8Array };

/** What a document of a kind says of the task, or undefined where it says nothing or cannot be read. Syntax alone: the kind's own checks say what of it holds. */
export async function boundData(kind: string, content: Content): Promise<BoundData | undefined> {
  try {
    switch (kind) {
      case 'nitro': {
        const { userData, publicKey } = parseNitroDocument(content.bytes);
        return userData && { form: 'statement', bytes: userData, publicKey };
      }
      case 'sev-snp':
        return { form: 'reportData', bytes: (await readSnpEvidence(content)).report.reportData };
      case 'dcap':
        return {
          form: 'reportData',
          bytes: parseDcapQuote(openEnvelope(content).quote).body.get('REPORTDATA'),
        };
      case 'tpm': {
        const [first] = readTpmEvidence(content).quotes;
        return first && { form: 'digest', bytes: parseTpmQuote(first.statement.bytes).extraData };
      }
      default:
        return undefined;
    }
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
