import { equalBytes } from '../bytes/bytes.ts';
import { sha3Hex } from '../bytes/hash.ts';
import type { Content } from '../kinds/content.ts';
import type { Context } from '../kinds/kind.ts';
import { attestationKinds } from '../task/checkAttestation.ts';
import { boundData, type BoundData } from '../task/documentStatement.ts';
import type { HostPin, Trust } from '../trust/trust.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check } from '../verdict/check.ts';
import { hostSubjectDigest, type HostSubject } from './hostCredential.ts';
import { hostReportData, hostStatementDigest, parseHostStatement } from './hostStatement.ts';

/** One attestation document of the environment, judged by its own kind. */
export interface HostDocument {
  readonly kind: string;
  readonly digest: string;
  /** Name of the file; null where it was not given. */
  readonly name: string | null;
  readonly details: unknown;
}

export interface EvidenceJudged {
  readonly check: Check | undefined;
  readonly labels: readonly string[];
  readonly documents: readonly HostDocument[];
  /** What the documents said of the measured code, under the pins of this host's entry alone. */
  readonly measurements: readonly Check[];
}

const spec = 'src/core/host/README (the environment)';

/** Every document that the credential names: there, of the kind that it says, holding by that kind's rules, and bound to this very subject. */
export async function checkEvidence(
  subject: HostSubject,
  policy: HostPin | undefined,
  context: Context,
  at: number,
): Promise<EvidenceJudged> {
  if (subject.evidence.length === 0) {
    // A quote of its TPM is a document of the environment as well.
    const reason = 'It names no document of its environment.';
    const check = subject.tpm.quote === undefined ? unknown('HOST_EVIDENCE', { spec, params: { reason } }) : undefined;
    return { check, labels: [], documents: [], measurements: [] };
  }
  const children: Check[] = [];
  const labels: string[] = [];
  const documents: HostDocument[] = [];
  const measurements: Check[] = [];
  for (const { kind, digest } of subject.evidence) {
    const content = findFile(digest, context.companions);
    const params = { kind, digest, name: content?.name ?? '' };
    if (!content) {
      const reason = 'The document was not given beside it.';
      children.push(unknown('HOST_DOCUMENT', { spec, params: { ...params, reason } }));
      documents.push({ kind, digest, name: null, details: undefined });
      continue;
    }
    const judge = attestationKinds.find(({ recognise }) => recognise(content));
    if (!judge || judge.name !== kind) {
      const reason = judge ? `It is of the kind ${judge.name}, not ${kind}.` : 'It is no attestation document.';
      children.push(fail('HOST_DOCUMENT', { spec, params: { ...params, reason } }));
      documents.push({ kind, digest, name: content.name, details: undefined });
      continue;
    }
    const { givenTime: _, ...rest } = context;
    const companions = context.companions.filter((companion) => companion !== content);
    // Documents that are signed with their time are judged at it, all others at the time that the credential is judged at.
    const time = judge.name === 'nitro' ? {} : { givenTime: at };
    const trust = trustForHost(context.trust, policy);
    const judged = await (await judge.load()).check(content, { ...rest, ...time, companions, trust });
    measurements.push(...judged.checks.filter(({ code }) => code === 'TEE_MEASUREMENT'));
    labels.push(...judged.labels);
    children.push(
      all(
        'HOST_DOCUMENT',
        [
          ...judged.checks.filter(({ code }) => code !== 'TEE_MEASUREMENT'),
          checkBinding(await boundData(kind, content), subject),
        ],
        { spec, params: { ...params, reason: 'Some of its own checks do not hold.' } },
      ),
    );
    documents.push({ kind, digest, name: content.name, details: judged.details });
  }
  const check = all('HOST_EVIDENCE', children, { spec, params: { count: children.length, reason: '' } });
  return { check, labels, documents, measurements };
}

/** Whether a document speaks of this very subject. */
export function checkBinding(bound: BoundData | undefined, subject: HostSubject): Check {
  const code = 'HOST_BINDING';
  const open = { spec, params: { reason: 'The document has no room for a statement, or has nothing there.' } };
  if (!bound) return unknown(code, open);
  try {
    const right =
      bound.form === 'statement'
        ? equalBytes(parseHostStatement(bound.bytes), hostSubjectDigest(subject))
        : equalBytes(bound.bytes, bound.form === 'digest' ? hostStatementDigest(subject) : hostReportData(subject));
    if (right) return pass(code, { spec });
    return fail(code, {
      spec,
      params: { reason: 'It speaks of another environment, or of this one at another time.' },
    });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return fail(code, { spec, params: { reason: error.message } });
  }
}

/**
 * The measured code is what the client pinned for this host: by a document, or by the digest of the measured boot. That digest is the host's own word, and an event log can be written for any: it counts
 * only where a TPM's quote is over it.
 */
export function checkMeasured(
  subject: HostSubject,
  policy: HostPin | undefined,
  { measurements, labels }: EvidenceJudged,
  isBootQuoted: boolean,
): Check {
  const pins = policy?.measurements ?? [];
  const { digest } = subject.measuredBoot;
  const params = { count: pins.length, digest };
  const make = (status: Check['status'], reason: string): Check => ({
    code: 'HOST_MEASUREMENT',
    status,
    spec,
    params: { ...params, reason },
  });
  if (labels.includes('debug')) return make('fail', 'It runs in debug mode, where no measurement counts.');
  const wrong = measurements.find(({ status }) => status === 'fail');
  if (pins.length === 0) return make('unknown', 'Nothing is pinned for it (hosts[].measurements).');
  if (wrong) return make('fail', String(wrong.params?.['reason'] ?? 'A document measures other code.'));
  const matched = measurements.some(({ status }) => status === 'pass');
  if (matched || (pins.includes(digest) && isBootQuoted)) return make('pass', '');
  if (pins.includes(digest)) {
    return make('unknown', 'It says the measured boot that you pinned, but no quote of a TPM that holds is over it.');
  }
  return make('fail', 'Neither its measured boot nor a document is one of those that you pinned.');
}

/** Pins belong to a role: a document that speaks for a host is held against that host's measurements alone. */
function trustForHost(trust: Trust, policy: HostPin | undefined): Trust {
  const pins = policy?.measurements ?? [];
  const values = pins.filter((pin) => typeof pin === 'string');
  const registers = pins.filter((pin) => typeof pin !== 'string');
  const { nitro, sevSnp: _, dcap: __, ...rest } = trust;
  const { measurements: ___, ...roots } = nitro ?? {};
  const platforms = { measurements: values.filter((value) => value.length === 96) };
  return {
    ...rest,
    nitro: { ...roots, ...(registers.length > 0 ? { measurements: registers } : {}) },
    ...(platforms.measurements.length > 0 ? { sevSnp: platforms, dcap: platforms } : {}),
  };
}

/** The file with this digest, whether it was unwrapped or not. */
export function findFile(digest: string, companions: readonly Content[]): Content | undefined {
  return companions.find(({ bytes, fileBytes }) => sha3Hex(bytes) === digest || sha3Hex(fileBytes) === digest);
}
