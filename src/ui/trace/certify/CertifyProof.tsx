import type { Content } from '../../../core/kinds/content.ts';
import type { TraceDomain, TraceMetadata } from '../../../core/trace/metadata.ts';
import type { Trust } from '../../../core/trust/trust.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { Button } from '../../parts/Button.tsx';
import { MadeCertificate } from '../../parts/MadeCertificate.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { taskWords } from '../../words/task.en.ts';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { certifiedTrust } from './certifiedTrust.ts';
import styles from './CertifyProof.module.css';
import { useCertificate } from './useCertificate.ts';

const { certify: words } = traceAudit;
const { certificate: shared } = taskWords;

interface Props {
  /** What the files are named after. */
  readonly stem: string;
  readonly metadata: TraceMetadata;
  readonly domain: TraceDomain;
  /** The text of the proof, made when it is asked for. */
  readonly proof: () => Promise<string>;
  /** Under which it is made, and judged before it is given out. */
  readonly trust: Trust;
  /** The attestation document of the machine, where it was dropped. */
  readonly companions?: readonly Content[];
  readonly hint: string;
}

/** Makes the certificate of a proof about an anchored trace: the proof with everything that shows its anchor, for a check without the ledger. */
export function CertifyProof({ stem, metadata, domain, proof, trust, companions = [], hint }: Props) {
  const { state, make } = useCertificate();
  const own = certifiedTrust(trust, metadata, domain);
  const name = `${stem}.affidavit.json`;
  return (
    <div className={styles.certify}>
      {state.step === 'failed' && (
        <Notice urgent title={fill(shared.failed, { reason: state.reason })} next={words.failedNext} />
      )}
      {state.step === 'made' ? (
        <MadeCertificate
          made={state.made}
          trust={{ name: `ledger-${domain.chainId}.trust.json`, trust: own }}
          needs={words.needs}
          beside
        />
      ) : (
        <>
          <p>{hint}</p>
          <p>
            <Button
              disabled={state.step === 'making'}
              onClick={() => void make({ name, proof, trust: own, companions })}
            >
              {state.step === 'making' ? shared.making : shared.make}
            </Button>
          </p>
        </>
      )}
      <p role="status">{state.step === 'making' && words.making}</p>
    </div>
  );
}
