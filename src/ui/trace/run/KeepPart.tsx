import { useState } from 'react';
import { toHex } from '../../../core/bytes/hex.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { saveFile } from '../../files/saveFile.ts';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { traceRun } from '../../words/traceRun.en.ts';
import { Tick } from './PolicyPart.tsx';
import { traceSession, type FinishedTrace } from './traceSession.ts';
import styles from './TraceRun.module.css';

const { keep: words } = traceRun;

/** The trace as files: for oneself, for a full auditor, and the key that opens everything. */
export function KeepPart({ trace }: { readonly trace: FinishedTrace }) {
  const { viewer, name, saltKey } = trace;
  const [packing, setPacking] = useState(false);
  const [fault, setFault] = useState('');
  const [confirmed, setConfirmed] = useState(false);
  const stem = name.replace(/\.wasm$/, '');
  const save = async (isPrivate: boolean): Promise<void> => {
    setPacking(true);
    setFault('');
    try {
      const bytes = await viewer.file({ private: isPrivate });
      const { root } = trace.metadata;
      saveFile(`${stem}${isPrivate ? '-full' : ''}.trace`, bytes, 'application/octet-stream');
      if (isPrivate) traceSession.keep(root);
    } catch (error) {
      setFault(fill(words.fault, { reason: error instanceof Error ? error.message : String(error) }));
    }
    setPacking(false);
  };
  return (
    <section className={lists.section} aria-labelledby="keep">
      <h2 id="keep">{words.title}</h2>
      <p>{words.lead}</p>
      <ul className={styles.keep} role="list">
        <li>
          <Button disabled={packing} aria-describedby="keep-open" onClick={() => void save(false)}>
            {words.open}
          </Button>
          <span id="keep-open">{words.openHint}</span>
        </li>
        <li>
          <Button disabled={packing} aria-describedby="keep-full" onClick={() => void save(true)}>
            {words.full}
          </Button>
          <span id="keep-full">{words.fullHint}</span>
        </li>
        {saltKey ? (
          <li>
            <Button
              disabled={!confirmed}
              aria-describedby="keep-key"
              onClick={() => saveFile(`${stem}.salt-key.txt`, toHex(saltKey), 'text/plain')}
            >
              {words.key}
            </Button>
            <span id="keep-key">
              {words.keyWarning}
              <Tick checked={confirmed} onChange={setConfirmed}>
                {words.keyConfirm}
              </Tick>
            </span>
          </li>
        ) : (
          <li>{words.unsalted}</li>
        )}
      </ul>
      <p role="status">{packing && words.packing}</p>
      {fault && <Notice urgent title={fault} />}
    </section>
  );
}
