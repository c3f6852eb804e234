import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Plan } from '../verdict/check.ts';
import { sha3Hex } from '../bytes/hash.ts';
import { affidavitType, type Content } from '../kinds/content.ts';
import type { Checker, Context, Judgement } from '../kinds/kind.ts';
import { certificateDigest, certificateVersion, parseCertificate, type Certificate, type System } from './envelope.ts';
import { checkRecorded } from './recorded.ts';
import type { CertificateSystem } from './system.ts';

/** Systems, each loaded when a certificate of it is met. */
export type CertificateSystems = Partial<Record<System, () => Promise<CertificateSystem>>>;

const envelopePlan: readonly Plan[] = [{ code: 'CERTIFICATE_FORM' }, { code: 'CERTIFICATE_DIGEST' }];

/** Judges certificates of these systems: first the envelope, then what the system says. */
export function certificateCheckerOf(systems: CertificateSystems): Checker {
  const check = (content: Content, context: Context): Promise<Judgement> =>
    checkCertificate(content, context, systems, check);
  return { plan: () => envelopePlan, check };
}

async function checkCertificate(
  content: Content,
  context: Context,
  systems: CertificateSystems,
  check: Checker['check'],
): Promise<Judgement> {
  const timeSource = 'signed';
  const version = affidavitType(content);
  if (version !== undefined && version !== certificateVersion) {
    // Nothing is wrong with what a newer program wrote; this one just cannot tell.
    const params = { version, known: certificateVersion };
    return {
      checks: [unknown('CERTIFICATE_VERSION', { params, spec: 'DESIGN §6' })],
      labels: [],
      at: null,
      timeSource,
    };
  }
  let certificate: Certificate;
  const evidence = [
    { digest: sha3Hex(content.fileBytes), offset: 0, length: content.fileBytes.length, name: content.name },
  ];
  try {
    certificate = parseCertificate(content.text ?? '');
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const params = { reason: error.message, offset: error.offset };
    return {
      checks: [fail('CERTIFICATE_FORM', { params, evidence, spec: 'DESIGN §6; RFC 8785' })],
      labels: [],
      at: null,
      timeSource,
    };
  }
  const { digest, ...body } = certificate;
  const found = certificateDigest(body);
  const envelope: Check[] = [
    pass('CERTIFICATE_FORM', { params: { system: certificate.system }, evidence, spec: 'DESIGN §6; RFC 8785' }),
    (found === digest ? pass : fail)('CERTIFICATE_DIGEST', { params: { digest, found }, spec: 'DESIGN §6' }),
  ];
  const load = systems[certificate.system];
  if (!load) {
    const params = { system: certificate.system };
    return {
      checks: [...envelope, unknown('CERTIFICATE_SYSTEM', { params })],
      labels: certificate.labels,
      at: null,
      timeSource,
    };
  }
  const system = await load();
  const { checks, labels, at, details } = await system.check(certificate, context);
  const recorded = await checkRecorded(content, context, check);
  const [form, ...others] = envelope as [Check, ...Check[]];
  const noted = recorded.notes.length > 0 ? { ...form, notes: recorded.notes } : form;
  return {
    checks: [noted, ...others, ...checks, ...recorded.checks],
    labels: [...certificate.labels, ...labels, ...recorded.labels],
    at: context.givenTime ?? at,
    timeSource: context.givenTime === undefined ? timeSource : 'given',
    details,
  };
}
