import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Plan } from '../verdict/check.ts';
import { sha3Hex } from '../bytes/hash.ts';
import { affidavitType, type Content } from '../kinds/content.ts';
import type { Checker, Context, Judgement } from '../kinds/kind.ts';
import { certificateDigest, certificateVersion, parseCertificate, type Certificate, type System } from './envelope.ts';
import type { checkWrapper } from './export/checkWrapper.ts';
import { checkRecorded } from './recorded.ts';
import type { CertificateSystem } from './system.ts';

/** Systems, each loaded when a certificate of it is met. */
export type CertificateSystems = Partial<Record<System, () => Promise<CertificateSystem>>>;

const envelopePlan: readonly Plan[] = [{ code: 'CERTIFICATE_FORM' }, { code: 'CERTIFICATE_DIGEST' }];

/** Who verifies the signature around a certificate that came in another tool's form; loaded when one is met. */
export type LoadWrapperCheck = () => Promise<typeof checkWrapper>;

/** Judges certificates of these systems: first the envelope, then what the system says, then what stood around it. */
export function certificateCheckerOf(systems: CertificateSystems, loadWrapperCheck?: LoadWrapperCheck): Checker {
  const check = (content: Content, context: Context): Promise<Judgement> =>
    checkCertificate(content, context, systems, check);
  return {
    plan: () => envelopePlan,
    check: async (content, context) => {
      const { wrapped } = content;
      if (wrapped === undefined) return check(content, context);
      if ('fault' in wrapped) {
        const { message: reason, offset } = wrapped.fault;
        const checks = [fail('CERTIFICATE_WRAPPER', { params: { reason, offset } })];
        return { checks, labels: [], at: null, timeSource: 'signed' };
      }
      const judged = await check(content, context);
      const around = loadWrapperCheck
        ? await (
            await loadWrapperCheck()
          )(wrapped.form, wrapped.document, context)
        : unknown('CERTIFICATE_WRAPPER', { params: { reason: 'This program has no part for that.' } });
      return { ...judged, checks: [...judged.checks, around] };
    },
  };
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
