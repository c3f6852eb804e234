import type { Report } from '../../core/kinds/judge.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { AttestationWords } from '../words/attestations.en.ts';
import type { KindView, KindViewProps } from '../views/view.ts';
import { CertificatePath } from './CertificatePath.tsx';
import { DocumentFacts } from './DocumentFacts.tsx';
import { DocumentFields } from './DocumentFields.tsx';
import { explainedOf } from './explainedOf.ts';
import { mergePaths } from './mergePaths.ts';
import { RegisterTable } from './RegisterTable.tsx';

/**
 * The view of a kind of attestation: facts, registers beside pins, certificate paths, every field beside its bytes, all from `details.explained`.
 * A kind whose headline or pins need more than that replaces those members.
 */
export function attestationView({ headline, facts }: AttestationWords, own: KindView = {}): KindView {
  function View({ report, messages, evidence }: KindViewProps) {
    const explained = explainedOf(report);
    if (!explained) return null;
    const { registers, pinnedAt, paths } = explained;
    const at = report.at === null ? undefined : Date.parse(report.at);
    return (
      <>
        <DocumentFacts explained={explained} facts={facts} evidence={evidence} />
        {registers.length > 0 && <RegisterTable registers={registers} pinnedAt={pinnedAt} />}
        {mergePaths(paths).map((path, index) => (
          <CertificatePath key={path.name} path={path} at={at} id={`certificates-${index}`} />
        ))}
        <DocumentFields explained={explained} messages={messages} evidence={evidence} />
      </>
    );
  }
  return {
    headline: ({ verdict }) => headline[verdict],
    View,
    anchors: offeredPins,
    used: (report) => ({ trust: explainedOf(report)?.used ?? {}, roots: rootsUsed(report) }),
    objects: (report) => explainedOf(report)?.objects ?? [],
    ...own,
  };
}

/**
 * What a person could pin. Not a measurement that contradicts a pinned one: nobody should be led to pin whatever turns up. And nothing where a pin
 * would change nothing: of what does not hold, only for want of a root that a person may know.
 */
export function offeredPins(report: Report): Trust | undefined {
  const offered = explainedOf(report)?.offered;
  if (report.verdict === 'rejected' && !offered?.nitro?.roots) return undefined;
  const contradicts = report.checks.some(({ code, status }) => code === 'TEE_MEASUREMENT' && status === 'fail');
  if (!offered || !contradicts) return offered;
  const { nitro, sevSnp: _sevSnp, dcap: _dcap, ...rest } = offered;
  return { ...rest, ...(nitro?.roots ? { nitro: { roots: nitro.roots } } : {}) };
}

/** The built-in roots that its paths begin with. */
function rootsUsed(report: Report): readonly string[] {
  const paths = explainedOf(report)?.paths ?? [];
  const roots = paths.flatMap(({ root, certificates: [first] }) =>
    root === 'built-in' && first ? first.fingerprint : [],
  );
  return [...new Set(roots)];
}
