import type { HostDetails } from '../../core/host/details.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { Moment } from '../parts/Moment.tsx';
import { host } from '../words/host.en.ts';
import { Drift } from './Drift.tsx';
import { HostDocuments } from './HostDocuments.tsx';
import { HostSeats } from './HostSeats.tsx';
import { ProofGraph } from './ProofGraph.tsx';
import { shortDid } from './shortDid.ts';
import { StatusAge } from './StatusAge.tsx';
import styles from './Host.module.css';

/** Everything that is drawn of a host's credential, wherever it was found. */
export function HostSections({ details }: { readonly details: HostDetails }) {
  const { seats, threshold, counted, open, proofs, drift, states, documents, quote } = details;
  return (
    <>
      <HostSeats seats={seats} threshold={threshold} counted={counted} open={open} />
      <ProofGraph proofs={proofs} />
      <StatusAge lists={details.lists} ledgers={details.ledgers} />
      <Drift drift={drift} states={states} />
      <Says details={details} />
      <HostDocuments documents={documents} quote={quote} />
    </>
  );
}

function Says({ details: { host: did, from, until, subject, digest } }: { readonly details: HostDetails }) {
  const { says: words } = host;
  const { hypervisor, tpm, measuredBoot, runtime, nonce, image } = subject;
  return (
    <section className={lists.section} aria-labelledby="says">
      <h2 id="says">{words.title}</h2>
      <p className={lists.hint}>{words.hint}</p>
      <Facts
        facts={[
          [
            words.host,
            <span key="host" className={styles.did}>
              <code title={did}>{shortDid(did)}</code> <CopyButton text={did} what={words.host} />
            </span>,
          ],
          [words.from, <Moment key="from" at={from} />],
          [words.until, <Moment key="until" at={until} />],
          [words.hypervisor, `${hypervisor.name} ${hypervisor.version}`],
          [words.tpm, words.tpms[tpm.status]],
          [words.memory, fill(words.memoryText, { number: number(runtime.memoryMiB) })],
          [words.vcpus, number(runtime.vcpus)],
          [words.network, runtime.network.join(', ') || words.none],
          [words.devices, runtime.devices.join(', ') || words.none],
          [
            fill(words.boot, { algorithm: measuredBoot.algorithm }),
            <Digest key="boot" hex={measuredBoot.digest} what={words.boot} />,
          ],
          [words.image, image ? <Digest key="image" hex={image.digest} what={words.image} /> : null],
          [
            words.nonce,
            <code key="nonce" className={styles.did}>
              {nonce}
            </code>,
          ],
          [words.digest, <Digest key="digest" hex={digest} what={words.digest} />],
        ]}
      />
    </section>
  );
}
