import { useState } from 'react';
import { exportCredential } from '../../core/certificate/export/exportCredential.ts';
import { webCryptoExporter } from '../../core/certificate/export/exporter.ts';
import { exportEnvelope, hasStatement } from '../../core/certificate/export/statement.ts';
import type { WrapperForm } from '../../core/certificate/export/unwrap.ts';
import { systemOf } from '../../core/certificate/html/page.ts';
import { browserExportKey } from '../files/browserExportKey.ts';
import { saveFile } from '../files/saveFile.ts';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { certificatePage } from '../words/certificatePage.en.ts';
import lists from '../parts/lists.module.css';

const { exports: words } = certificatePage;

interface Props {
  readonly name: string;
  /** The certificate's file. */
  readonly bytes: Uint8Array;
}

/** Hands a certificate on in the form of another tool, signed with the key of this browser. */
export function SaveExport({ name, bytes }: Props) {
  const [fault, setFault] = useState<string>();
  const [signer, setSigner] = useState<string>();
  const stated = hasStatement(systemOf(bytes));
  const save = async (form: WrapperForm): Promise<void> => {
    try {
      const exporter = await webCryptoExporter(await browserExportKey());
      const created = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
      const text =
        form === 'vc'
          ? await exportCredential(bytes, exporter, { created, id: `urn:uuid:${crypto.randomUUID()}` })
          : await exportEnvelope(bytes, exporter);
      saveFile(`${name.replace(/(\.(affidavit|vc|dsse))?\.(json|html?)$/i, '')}.${form}.json`, text);
      setSigner(exporter.did);
      setFault(undefined);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className={lists.section}>
      {fault && <Notice urgent title={words.failed} next={fault} />}
      <p className={lists.actions}>
        <Button onClick={() => void save('vc')}>{words.vc}</Button>
        {stated && <Button onClick={() => void save('dsse')}>{words.dsse}</Button>}
      </p>
      <p className={lists.hint}>{stated ? words.hint : `${words.hint} ${words.noStatement}`}</p>
      {signer !== undefined && (
        <p className={lists.hint} style={{ overflowWrap: 'anywhere' }}>
          {words.signedBy} <code>{signer}</code>
        </p>
      )}
    </div>
  );
}
