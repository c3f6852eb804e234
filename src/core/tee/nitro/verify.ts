import { equalBytes } from '../../bytes/bytes.ts';
import { es384, verifyCoseSign1, type CoseVerification } from '../../cose/verify.ts';
import { all, fail, pass, unknown, type Check, type Note, type Params } from '../../verdict/check.ts';
import { pathCodes, type Path } from '../../x509/path.ts';
import type { PathCache } from '../../x509/pathCache.ts';
import { checkValidity, isWithin, timeText } from '../../x509/validity.ts';
import type { TimeSource } from '../../kinds/kind.ts';
import { parseNitroDocument, NitroFormError } from './parse.ts';
import type { NitroDocument } from './document.ts';

/** Every check of a document but time and measurement, which depend on what the person asks. */
export interface NitroExamination {
  /** Undefined where it could not be read. */
  readonly document: NitroDocument | undefined;
  readonly path: Path | undefined;
  /** Index of the pinned root that the document's bundle begins with. */
  readonly root: number | undefined;
  readonly form: Check;
  readonly platform: Check;
  readonly chain: Check;
  readonly signature: Check;
  /** Signature verifications done, those of a path that was known already not counted. */
  readonly signatures: number;
}

const specs = {
  form: 'AWS nsm-api attestation_process.md §3.2.2',
  chain: 'AWS nsm-api attestation_process.md §3.2.3',
  signature: 'RFC 9052 §4.4',
} as const;

/** user_data and nonce: AWS's document says 512 in one place and 1024 in another, and genuine documents reach 1024. */
const remarkableLength = 512;

/**
 * Examines one document under the given roots (DER). The one place where Nitro's rules stand: the check of a file and the audit of a
 * chain both read their results from here.
 */
export async function examineNitroDocument(
  bytes: Uint8Array,
  roots: readonly Uint8Array[],
  paths: PathCache,
): Promise<NitroExamination> {
  let document: NitroDocument;
  try {
    document = parseNitroDocument(bytes);
  } catch (error) {
    if (!(error instanceof NitroFormError)) throw error;
    return unreadable(error);
  }
  const { path, fresh } = await paths.examine([...document.cabundle, document.certificate]);
  const verification = path.leafKey && (await verifyCoseSign1(document.cose, path.leafKey, es384));
  const root = roots.findIndex((candidate) => equalBytes(candidate, document.cabundle[0] ?? new Uint8Array()));
  return {
    document,
    path,
    root: root < 0 ? undefined : root,
    form: formCheck(document),
    platform: platformCheck(document),
    chain: chainCheck(path, root),
    signature: signatureCheck(verification),
    signatures: (fresh ? path.signatures : 0) + (verification?.signatures ?? 0),
  };
}

/** Whether every certificate of the document is valid at this time, milliseconds since 1970. */
export function checkTime({ document, path }: NitroExamination, at: number, source: TimeSource): Check {
  if (!document || !path || path.certificates.length === 0) {
    return unknown('TEE_TIME', { params: { reason: 'The certificates could not be read.' } });
  }
  const signed = timeText(document.timestamp);
  const params: Params = {
    at: timeText(at),
    source,
    signed,
    from: timeText(path.notBefore),
    to: timeText(path.notAfter),
  };
  // A time before the document was signed is the person's to choose, but it must not go unnoticed.
  const early = Math.floor(at / 1000) < Math.floor(document.timestamp / 1000);
  const notes: Note[] = [
    ...(early ? [{ code: 'TEE_SIGNED_LATER' as const, params: { at: timeText(at), signed } }] : []),
    ...timeFaultNotes(document, path, at, source),
  ];
  return all('TEE_TIME', checkValidity(path.certificates, at), {
    spec: specs.chain,
    params,
    ...(notes.length > 0 && { notes }),
  });
}

/** Misses up to this are what clocks that are not set by the network show. */
const clockError = 15 * 60_000;

/** What is likely behind a time outside of the windows: a clock that is wrong, or seconds where milliseconds belong. */
function timeFaultNotes(document: NitroDocument, path: Path, at: number, source: TimeSource): Note[] {
  if (isWithin(at, path.notBefore, path.notAfter)) return [];
  if (source === 'signed') {
    const inSeconds = document.timestamp * 1000;
    if (!isWithin(inSeconds, path.notBefore, path.notAfter)) return [];
    return [{ code: 'TEE_SECONDS', params: { at: timeText(inSeconds) } }];
  }
  const miss = Math.max(path.notBefore - at, at - path.notAfter);
  if (miss > clockError) return [];
  return [
    { code: 'TEE_CLOCK', params: { seconds: Math.ceil(miss / 1000), side: at < path.notBefore ? 'before' : 'after' } },
  ];
}

function unreadable({ message, offset, rule }: NitroFormError): NitroExamination {
  const params = { reason: 'The document could not be read.' };
  return {
    document: undefined,
    path: undefined,
    root: undefined,
    form: fail('TEE_FORM', { spec: specs.form, params: { reason: message, rule, offset } }),
    platform: unknown('TEE_PLATFORM', { spec: specs.form, params }),
    chain: all(
      'TEE_CHAIN',
      (['TEE_ROOT', ...pathCodes] as const).map((code) => unknown(code, { params })),
      { spec: specs.chain, params },
    ),
    signature: unknown('TEE_SIGNATURE', { spec: specs.signature, params }),
    signatures: 0,
  };
}

function formCheck(document: NitroDocument): Check {
  const fields = [
    ['user_data', document.userData],
    ['nonce', document.nonce],
  ] as const;
  const notes: Note[] = fields.flatMap(([field, value]) =>
    value && value.length > remarkableLength
      ? [{ code: 'TEE_LONG_FIELD' as const, params: { field, length: value.length, usual: remarkableLength } }]
      : [],
  );
  return pass('TEE_FORM', { spec: specs.form, ...(notes.length > 0 && { notes }) });
}

/**
 * An enclave's document, or something else by the same keys? A NitroTPM document is recognised and fails. A field that nobody has described
 * could change the meaning in the same way, so with one in it the answer is not known.
 */
function platformCheck({ platform, unknownFields }: NitroDocument): Check {
  const spec = specs.form;
  if (platform === 'nitrotpm') return fail('TEE_PLATFORM', { spec, params: { platform } });
  if (unknownFields.length === 0) return pass('TEE_PLATFORM', { spec, params: { platform } });
  const fields = unknownFields.slice(0, 8).map((name) => JSON.stringify(name));
  return unknown('TEE_PLATFORM', {
    spec,
    params: { reason: `It has fields that are not described: ${fields.join(', ')}.` },
  });
}

const chainChecks = new WeakMap<Path, Map<number, Check>>();

/**
 * The same for every document of a path, so it is made once. A root that is not pinned fails and is not left open: Nitro's root is
 * built in, so what stands under another is no document of AWS unless the person has said so.
 */
function chainCheck(path: Path, root: number): Check {
  const known = chainChecks.get(path) ?? new Map<number, Check>();
  chainChecks.set(path, known);
  const found = known.get(root);
  if (found) return found;
  const params = { subject: path.certificates[0]?.subject.text ?? 'a certificate whose name was not read' };
  const rootCheck = root < 0 ? fail('TEE_ROOT', { params }) : pass('TEE_ROOT', { params });
  const check = all('TEE_CHAIN', [rootCheck, ...path.checks], {
    spec: specs.chain,
    params: { count: path.certificates.length },
  });
  known.set(root, check);
  return check;
}

function signatureCheck(verification: CoseVerification | undefined): Check {
  const spec = specs.signature;
  if (!verification) {
    return unknown('TEE_SIGNATURE', {
      spec,
      params: { reason: 'The last certificate has no key that could be used.' },
    });
  }
  if (verification.ok) return pass('TEE_SIGNATURE', { spec });
  return fail('TEE_SIGNATURE', { spec, params: { rule: verification.rule, reason: verification.reason } });
}
