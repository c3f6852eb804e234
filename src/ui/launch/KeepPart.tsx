import { useState, type ReactNode } from 'react';
import { askHostWorker } from '../../audit/launch/hostWorker.ts';
import type { PageLaunched } from '../../audit/launch/protocol.ts';
import { fromBase64 } from '../../core/bytes/base64.ts';
import type { HostPin, Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { pinHere, unpinHere } from '../anchors/usePins.ts';
import { saveFile } from '../files/saveFile.ts';
import { keepState } from '../host/acceptedStates.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { MadeCertificate, madeCertificate, type Made } from '../parts/MadeCertificate.tsx';
import { Notice } from '../parts/Notice.tsx';
import { launch } from '../words/launch.en.ts';
import { launchSession } from './launchSession.ts';
import styles from './Launch.module.css';

const { keep: words } = launch;
const certificateName = 'host.affidavit.json';

interface Props {
  readonly launched: PageLaunched;
  readonly policy: HostPin;
  /** What it was judged by: the pins with the selection of this launch. */
  readonly trust: Trust;
}

/** Files with which others judge the same again, and what this browser keeps. */
export function KeepPart({ launched, policy, trust }: Props) {
  const { credential, files, dealt } = launched;
  const [made, setMade] = useState<Made>();
  const [making, setMaking] = useState(false);
  const [fault, setFault] = useState<string>();
  const [accepted, setAccepted] = useState(false);
  const [pinned, setPinned] = useState(false);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setFault(undefined);
    try {
      await work();
    } catch (error) {
      setFault(fill(words.fault, { reason: error instanceof Error ? error.message : String(error) }));
    }
  };
  const certify = async (): Promise<void> => {
    setMaking(true);
    await attempt(async () => {
      const contents = files.map(({ name, bytes }) => ({ name, bytes: fromBase64(bytes) }));
      const examination = { credential: credential.json, files: contents, trust, asks: false };
      setMade(madeCertificate(certificateName, await askHostWorker('certify', { examination })));
    });
    setMaking(false);
  };
  const accept = () =>
    attempt(async () => {
      launchSession.choose({ accepted: await keepState(credential.issuer, credential.json, Date.now()) });
      setAccepted(true);
    });
  const pin = () =>
    attempt(async () => {
      unpinHere(['hosts', policy.name]);
      pinHere({ hosts: [policy] }, { how: 'document', name: policy.name, at: Date.now() });
      setPinned(true);
    });
  return (
    <section className={lists.section} aria-labelledby="keep">
      <h2 id="keep">{words.title}</h2>
      <p>{words.lead}</p>
      {made ? (
        <MadeCertificate
          made={made}
          trust={{ name: 'host.trust.json', trust: trustOf(policy, trust) }}
          needs={words.needs}
        />
      ) : (
        <Choice id="certificate" hint={words.certificateHint}>
          <Button look="primary" disabled={making} onClick={() => void certify()}>
            {making ? words.making : words.certificate}
          </Button>
        </Choice>
      )}
      <Choice id="credential" hint={words.credentialHint}>
        <Button onClick={() => saveFile('host.credential.json', `${JSON.stringify(credential.json)}\n`)}>
          {words.credential}
        </Button>
      </Choice>
      {dealt && (
        <Choice id="image" hint={words.imageHint}>
          <Button
            onClick={() => saveFile('program.image', new Uint8Array(dealt.encrypted), 'application/octet-stream')}
          >
            {words.image}
          </Button>
          <Button
            look="quiet"
            onClick={() => saveFile('program.image.json', `${JSON.stringify(dealt.description, null, 2)}\n`)}
          >
            {words.description}
          </Button>
        </Choice>
      )}
      <Choice id="accept" hint={words.acceptHint}>
        <Button disabled={accepted} onClick={() => void accept()}>
          {accepted ? words.acceptedHere : words.accept}
        </Button>
      </Choice>
      <Choice id="pin" hint={words.pinHint}>
        <Button disabled={pinned} onClick={() => void pin()}>
          {pinned ? words.pinned : words.pin}
        </Button>
      </Choice>
      {fault && <Notice urgent title={fault} />}
      <p className={`${lists.actions} ${styles.evidence}`}>
        {files.map(({ name, bytes }) => (
          <Button
            key={name}
            look="quiet"
            onClick={() => saveFile(name, new Uint8Array(fromBase64(bytes)), 'application/octet-stream')}
          >
            {fill(words.evidence, { name })}
          </Button>
        ))}
      </p>
    </section>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly hint: string;
  readonly children: ReactNode;
}

function Choice({ id, hint, children }: ChoiceProps) {
  return (
    <div className={styles.keep} role="group" aria-labelledby={`keep-${id}`}>
      <span className={styles.keepButtons}>{children}</span>
      <span id={`keep-${id}`}>{hint}</span>
    </div>
  );
}

/** What whoever checks the certificate has to have pinned: the selection, and the roots of the host's documents. */
function trustOf(policy: HostPin, { nitro, tpm, sevSnp, dcap, dids, evm }: Trust): Trust {
  return {
    hosts: [policy],
    ...(nitro && { nitro }),
    ...(tpm && { tpm }),
    ...(sevSnp && { sevSnp }),
    ...(dcap && { dcap }),
    ...(dids && { dids }),
    ...(evm && { evm }),
  };
}
