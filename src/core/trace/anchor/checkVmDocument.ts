import { equalBytes } from '../../bytes/bytes.ts';
import { sha3 } from '../../bytes/hash.ts';
import { toHex } from '../../bytes/hex.ts';
import { toHex0x, type Hex } from '../../evm/hex.ts';
import type { Content } from '../../kinds/content.ts';
import type { Context } from '../../kinds/kind.ts';
import { attestationKinds } from '../../task/checkAttestation.ts';
import { boundData, type BoundData } from '../../task/documentStatement.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { encodeVmStatement, parseVmStatement, vmReportData, type VmStatement } from './vmStatement.ts';

const spec = 'src/core/trace/anchor/README (the machine’s environment)';

/** What a machine's document must fit. */
export interface ExpectedDocument {
  readonly statement: VmStatement;
  /** H of the document as the registration of the key names it; zeros or undefined where none was named. */
  readonly digest?: Hex | undefined;
}

export interface VmDocumentJudged {
  readonly check: Check;
  readonly labels: readonly string[];
  readonly document: { readonly kind: string; readonly content: Content; readonly details: unknown } | undefined;
}

/**
 * The attestation document of the environment in which the machine runs, among the companions: judged by its own kind under the checker's pins, and bound to this
 * machine and its key. Undefined where there is none beside and none was named: then nothing was claimed about an environment.
 */
export async function checkVmDocument(
  { statement, digest }: ExpectedDocument,
  context: Context,
): Promise<VmDocumentJudged | undefined> {
  const named = digest !== undefined && /[1-9a-f]/.test(digest.slice(2)) ? digest : undefined;
  const found = find(named, context.companions);
  if (!found) {
    if (named === undefined) return undefined;
    const check = unknown('TRACE_VM_DOCUMENT', {
      spec,
      params: { digest: named, reason: 'The document was not given beside it.' },
    });
    return { check, labels: [], document: undefined };
  }
  const { kind, content } = found;
  const companions = context.companions.filter((companion) => companion !== content);
  const judged = await (await kind.load()).check(content, { ...context, companions });
  const children = [
    ...(named === undefined ? [] : [checkDigest(named, content)]),
    all('TRACE_VM_ATTESTATION', judged.checks, { params: { kind: kind.title, name: content.name } }),
    checkVmBinding(await boundData(kind.name, content), statement),
  ];
  return {
    check: all('TRACE_VM_DOCUMENT', children, { spec, params: { name: content.name, kind: kind.title } }),
    labels: judged.labels,
    document: { kind: kind.name, content, details: judged.details },
  };
}

/** Whether a document speaks of this very machine and key. */
export function checkVmBinding(bound: BoundData | undefined, expected: VmStatement): Check {
  const code = 'TRACE_VM_BINDING';
  if (!bound) {
    return unknown(code, {
      spec,
      params: { reason: 'The document has no room for a statement, or has nothing there.' },
    });
  }
  if (bound.form === 'statement') return compare(bound.bytes, expected);
  const digest = bound.form === 'digest' ? sha3(encodeVmStatement(expected)) : vmReportData(expected);
  if (equalBytes(bound.bytes, digest)) return pass(code, { spec, params: { how: 'the digest of both' } });
  const reason = `It holds ${toHex(bound.bytes)}; machine and key give ${toHex(digest)}.`;
  return fail(code, { spec, params: { reason } });
}

function compare(bytes: Uint8Array, expected: VmStatement): Check {
  const code = 'TRACE_VM_BINDING';
  try {
    const found = parseVmStatement(bytes);
    if (found.vm !== expected.vm) {
      return fail(code, { spec, params: { reason: `It speaks of the machine ${found.vm}, not of ${expected.vm}.` } });
    }
    if (found.key !== expected.key) {
      return fail(code, { spec, params: { reason: `It speaks of the key ${found.key}, not of ${expected.key}.` } });
    }
    return pass(code, { spec, params: { how: 'machine and key' } });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return fail(code, { spec, params: { reason: error.message } });
  }
}

function checkDigest(expected: Hex, content: Content): Check {
  const params = { name: content.name, expected, found: toHex0x(sha3(content.bytes)) };
  return (fits(expected, content) ? pass : fail)('TRACE_VM_DIGEST', { spec, params });
}

const fits = (digest: Hex, { bytes, fileBytes }: Content): boolean =>
  [bytes, fileBytes].some((each) => toHex0x(sha3(each)) === digest);

/** The document that was named; else the first there is, so that it can be said that it is another one. */
function find(named: Hex | undefined, companions: readonly Content[]) {
  const documents = companions.flatMap((content) => {
    const kind = attestationKinds.find(({ recognise }) => recognise(content));
    return kind ? [{ kind, content }] : [];
  });
  return documents.find(({ content }) => named !== undefined && fits(named, content)) ?? documents[0];
}
