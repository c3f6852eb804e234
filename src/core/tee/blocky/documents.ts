import { concatBytes, decodeUtf8, equalBytes } from '../../bytes/bytes.ts';
import { fromBase64 } from '../../bytes/base64.ts';
import { sha3 } from '../../bytes/hash.ts';
import { parseJson } from '../../bytes/json.ts';
import { readContent } from '../../kinds/content.ts';
import type { Context, Judgement } from '../../kinds/kind.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { nitroChecker } from '../nitro/check.ts';
import type { NitroDocument } from '../nitro/document.ts';
import { parseNitroDocument } from '../nitro/parse.ts';
import type { BlockyOutput } from './output.ts';

const spec = 'Blocky Attestation Service, enclave attestation';

export interface DocumentsExamination {
  /** Of each document, in order; empty where the platform has none. */
  readonly judgements: readonly Judgement[];
  /** Those that could be read; as many as there are, or none. */
  readonly documents: readonly NitroDocument[];
  readonly check: Check;
  /** TEE_MEASUREMENT, of the first document: all have the same registers, which is checked here. */
  readonly measurement: Check | undefined;
  /** What was attested in chunks, once the last of them was found to be its hash. */
  readonly attested: Uint8Array | undefined;
}

/**
 * Judges every inner Nitro document as a file of its own, at its own time, and whether they are one bundle: of one enclave, and the last with the hash
 * of what the others hold.
 */
export async function examineDocuments(output: BlockyOutput, context: Context): Promise<DocumentsExamination> {
  const judgements = await Promise.all(
    output.documents.map((bytes, index) =>
      nitroChecker.check({ ...readContent(`document ${index + 1}`, bytes), bytes, encoding: 'raw' }, context),
    ),
  );
  const documents = readAll(output.documents);
  const children = judgements.map(({ checks }, index) =>
    all('BLOCKY_DOCUMENT', checks.filter(({ code }) => code !== 'TEE_MEASUREMENT').map(worded), {
      spec,
      params: { number: index + 1, count: judgements.length },
    }),
  );
  const joined = join(documents.map(({ userData }) => userData ?? new Uint8Array()));
  return {
    judgements,
    documents,
    check: all('BLOCKY_DOCUMENTS', [...children, checkSameEnclave(documents), joined.check], {
      spec,
      params: { reason: 'A document leaves something open.' },
    }),
    measurement: judgements[0]?.checks.find(({ code }) => code === 'TEE_MEASUREMENT'),
    attested: joined.attested,
  };
}

/** The same of the platform `plain`, which attests nothing: whether the parts belong together, and no more. */
export function examinePlain(output: BlockyOutput): Pick<DocumentsExamination, 'check' | 'attested'> {
  let chunks: readonly Uint8Array[] = [];
  try {
    chunks = output.documents.map(plainData);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
  const joined = join(chunks);
  const status = joined.check.status === 'fail' ? 'fail' : 'unknown';
  const params = { reason: 'Its platform attests nothing.' };
  return {
    check: { code: 'BLOCKY_DOCUMENTS', status, spec, params, children: [joined.check] },
    attested: joined.attested,
  };
}

function plainData(document: Uint8Array): Uint8Array {
  const value = parseJson(decodeUtf8(document), { maximumDepth: 4 });
  const data = typeof value === 'object' && value !== null && !Array.isArray(value) ? value['data'] : undefined;
  if (typeof data !== 'string') throw new FormatError('Expected an object with data in base64.', 0);
  return fromBase64(data);
}

function readAll(documents: readonly Uint8Array[]): readonly NitroDocument[] {
  try {
    return documents.map((bytes) => parseNitroDocument(bytes));
  } catch (error) {
    // Each document's own check says what is wrong with it.
    if (error instanceof FormatError) return [];
    throw error;
  }
}

/** A bundle speaks for one enclave. Documents of two could be put together to join what neither attested. */
function checkSameEnclave(documents: readonly NitroDocument[]): Check {
  const [first] = documents;
  if (!first) return unknown('BLOCKY_SAME_ENCLAVE', { spec, params: { reason: 'Not every document could be read.' } });
  for (const [index, document] of documents.entries()) {
    const params = { number: index + 1, module: document.moduleId };
    if (document.moduleId !== first.moduleId) {
      return fail('BLOCKY_SAME_ENCLAVE', { spec, params: { ...params, reason: 'It is of another enclave.' } });
    }
    const registers = new Set([...first.pcrs.keys(), ...document.pcrs.keys()]);
    const differing = [...registers].filter(
      (register) => !equalBytes(first.pcrs.get(register) ?? nothing, document.pcrs.get(register) ?? nothing),
    );
    if (differing.length > 0) {
      const reason = `Its registers are others: ${differing.map((register) => `PCR ${register}`).join(', ')}.`;
      return fail('BLOCKY_SAME_ENCLAVE', { spec, params: { ...params, reason } });
    }
  }
  return pass('BLOCKY_SAME_ENCLAVE', { spec, params: { module: first.moduleId, count: documents.length } });
}

const nothing = new Uint8Array();

/** What is attested is cut into chunks; the last element is SHA3-256 of all of them. */
function join(chunks: readonly Uint8Array[]): { readonly check: Check; readonly attested: Uint8Array | undefined } {
  const hash = chunks.at(-1);
  if (chunks.length === 0) {
    const params = { reason: 'Not every part could be read.' };
    return { check: unknown('BLOCKY_JOINED', { spec, params }), attested: undefined };
  }
  const attested = concatBytes(...chunks.slice(0, -1));
  const holds = chunks.length > 1 && hash !== undefined && equalBytes(sha3(attested), hash);
  const params = { count: chunks.length - 1, length: attested.length };
  return holds
    ? { check: pass('BLOCKY_JOINED', { spec, params }), attested }
    : { check: fail('BLOCKY_JOINED', { spec, params }), attested: undefined };
}

/** The words of a platform or form that fails are the same here for what is inside and for the whole, so each says its reason. */
function worded(check: Check): Check {
  if (check.code !== 'TEE_PLATFORM' || check.status !== 'fail') return check;
  const reason = 'The document was made for the NitroTPM of an ordinary virtual machine.';
  return { ...check, params: { ...check.params, reason } };
}
