import { useState } from 'react';
import type { LocalWriter } from '../../audit/local/readLocal.ts';
import { recordTransaction } from '../../audit/local/writerClient.ts';
import { fromHex } from '../../core/bytes/hex.ts';
import { fill } from '../../core/verdict/messages.ts';
import { DropZone } from '../files/DropZone.tsx';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { isReadFile, readFiles, type ReadFault, type ReadFile } from '../files/readFiles.ts';
import { useDigest } from '../files/useDigest.ts';
import { useFileDrop } from '../files/useFileDrop.ts';
import { size } from '../format/quantity.ts';
import { useLocal } from '../overview/useLocal.ts';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Seal } from '../seal/Seal.tsx';
import { record as words } from '../words/record.en.ts';
import { PublicBytesDialog } from './PublicBytesDialog.tsx';
import { RecordProgress } from './RecordProgress.tsx';
import { takeFileToRecord } from './fileToRecord.ts';
import lists from '../parts/lists.module.css';
import styles from './RecordScreen.module.css';

/** Recording a file on the chain that is written on this machine: its digest, unless the person decides otherwise after a warning. */
export function RecordScreen() {
  const { local, settled } = useLocal();
  const [file, setFile] = useState<ReadFile | ReadFault | undefined>(takeFileToRecord);
  const [recorded, setRecorded] = useState<string>();
  const take = async (chosen: readonly File[]): Promise<void> => {
    const [first] = await readFiles(chosen.slice(0, 1));
    setRecorded(undefined);
    setFile(first);
  };
  const dragging = useFileDrop((chosen) => void take(chosen));
  const writer = local?.writer;
  return (
    <>
      <header className={styles.head}>
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </header>
      {settled && !writer && <Notice title={words.noWriter} next={words.noWriterNext} />}
      {writer && file === undefined && (
        <DropZone title={words.zoneTitle} hint={words.zoneHint} onFiles={(chosen) => void take(chosen)} />
      )}
      {writer && file && !isReadFile(file) && (
        <>
          <Notice urgent title={file.title} next={file.next} />
          <DropZone compact title={words.zoneTitle} hint={words.zoneHint} onFiles={(chosen) => void take(chosen)} />
        </>
      )}
      {writer && file && isReadFile(file) && recorded === undefined && (
        <ChosenFile
          key={file.name}
          file={file}
          writer={writer}
          onRecorded={setRecorded}
          onOther={() => setFile(undefined)}
        />
      )}
      {writer && recorded !== undefined && (
        <>
          <RecordProgress writer={writer} hash={recorded} />
          <p>
            <Button
              onClick={() => {
                setRecorded(undefined);
                setFile(undefined);
              }}
            >
              {words.again}
            </Button>
          </p>
        </>
      )}
      {dragging && <DropOverlay />}
    </>
  );
}

interface ChosenProps {
  readonly file: ReadFile;
  readonly writer: LocalWriter;
  readonly onRecorded: (hash: string) => void;
  readonly onOther: () => void;
}

function ChosenFile({ file, writer, onRecorded, onOther }: ChosenProps) {
  const [wholeFile, setWholeFile] = useState(false);
  const [warning, setWarning] = useState(false);
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string>();
  const digest = useDigest(file);
  const send = async (transaction: Uint8Array<ArrayBuffer>): Promise<void> => {
    setSending(true);
    setWarning(false);
    setFault(undefined);
    try {
      onRecorded(await recordTransaction(writer, transaction));
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
      setSending(false);
    }
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (wholeFile) setWarning(true);
        else if (digest !== undefined) void send(Uint8Array.from(fromHex(digest)));
      }}
    >
      <div className={styles.chosen}>
        <div className={styles.seal}>{digest && <Seal digest={digest} size={96} />}</div>
        <Facts
          facts={[
            [words.file, `${file.name} · ${size(file.bytes.length)}`],
            [words.digest, digest ? <Digest key="digest" hex={digest} what={words.digest} /> : '…'],
          ]}
        />
      </div>
      <fieldset className={styles.choices}>
        <legend>{words.choice.legend}</legend>
        <label>
          <input type="radio" name="what" checked={!wholeFile} onChange={() => setWholeFile(false)} />
          <strong>{words.choice.digest}</strong>
          <small>{words.choice.digestHint}</small>
        </label>
        <label>
          <input type="radio" name="what" checked={wholeFile} onChange={() => setWholeFile(true)} />
          <strong>{words.choice.bytes}</strong>
          <small>{fill(words.choice.bytesHint, { size: size(file.bytes.length) })}</small>
        </label>
      </fieldset>
      {fault && <Notice urgent title={fill(words.failed, { reason: fault })} />}
      <p className={lists.actions}>
        <Button type="submit" look="primary" disabled={sending || digest === undefined}>
          {sending ? words.sending : words.action}
        </Button>
        <Button onClick={onOther}>{words.again}</Button>
      </p>
      {warning && (
        <PublicBytesDialog
          name={file.name}
          onConfirm={() => void send(file.bytes)}
          onBack={() => {
            setWholeFile(false);
            setWarning(false);
          }}
        />
      )}
    </form>
  );
}
