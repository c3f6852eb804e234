import { useState } from 'react';
import { fillTemplate, systemOf } from '../../core/certificate/html/page.ts';
import type { System } from '../../core/certificate/envelope.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { CopyLink } from '../links/CopyLink.tsx';
import { saveFile } from '../files/saveFile.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import styles from './VerdictPage.module.css';
import { certificatePage as words } from '../words/certificatePage.en.ts';

interface Props {
  readonly name: string;
  /** The certificate's file. */
  readonly bytes: Uint8Array;
  /** The pins that its verdict rests on. */
  readonly used: Trust | undefined;
}

/** Programs, not files: the check page's policy lets nothing else be loaded. */
const templates: Readonly<Record<System, () => Promise<{ readonly html: string }>>> = {
  chain: () => import('virtual:certificate-page/chain'),
  task: () => import('virtual:certificate-page/task'),
  trace: () => import('virtual:certificate-page/trace'),
  host: () => import('virtual:certificate-page/host'),
  network: () => import('virtual:certificate-page/network'),
};

/** Hands a certificate on as one HTML file that checks itself. */
export function SavePage({ name, bytes, used = {} }: Props) {
  const [withTrust, setWithTrust] = useState(false);
  const [fault, setFault] = useState<string>();
  const hasTrust = trustEntries(used).length > 0;
  const save = async (): Promise<void> => {
    try {
      const { html } = await templates[systemOf(bytes)]();
      const page = fillTemplate(html, bytes, withTrust && hasTrust ? serializeTrust(used) : undefined);
      saveFile(`${name.replace(/(\.affidavit)?\.(json|html?)$/i, '')}.html`, page, 'text/html');
      setFault(undefined);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className={`${lists.section} ${styles.screenOnly}`}>
      {fault && <Notice urgent title={words.failed} next={fault} />}
      <p className={lists.actions}>
        <Button onClick={() => void save()}>{words.save}</Button>
        {hasTrust && (
          <label className={lists.actions}>
            <input type="checkbox" checked={withTrust} onChange={(event) => setWithTrust(event.target.checked)} />
            {words.withTrust}
          </label>
        )}
      </p>
      <p className={lists.hint}>{words.hint}</p>
      <CopyLink bytes={bytes} />
    </div>
  );
}
