import { useEffect, useMemo, useRef, useState } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { count } from '../format/quantity.ts';
import { prepareJudging } from '../../audit/pool/judgeInWorker.ts';
import { prepareViews } from '../views/loadView.ts';
import { mergeTrust } from '../../core/trust/mergeTrust.ts';
import { emptyTrust } from '../../core/trust/emptyTrust.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { usePins, pinHere } from '../anchors/usePins.ts';
import { chooseFiles } from '../files/chooseFiles.ts';
import { chooseFolder } from '../files/chooseFolder.ts';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { DropZone } from '../files/DropZone.tsx';
import { putBy } from '../files/handoff.ts';
import { PasteDialog } from '../files/PasteDialog.tsx';
import { useFileDrop } from '../files/useFileDrop.ts';
import { companionsOf } from '../judging/companionsOf.ts';
import type { TimeChoice } from '../judging/timeChoice.ts';
import { useJudging } from '../judging/useJudging.ts';
import { Button } from '../parts/Button.tsx';
import { Shell } from '../parts/Shell.tsx';
import { check as words } from '../words/check.en.ts';
import { files as fileWords } from '../words/files.en.ts';
import { beforeLanguageChange } from '../words/language.ts';
import { CameFrom } from '../links/CameFrom.tsx';
import { useArrivals } from '../links/useArrivals.ts';
import { ExpectedDigest } from './ExpectedDigest.tsx';
import { FileList } from './FileList.tsx';
import { SummaryTable } from './SummaryTable.tsx';
import { JudgedArticle } from './JudgedArticle.tsx';
import { TimeField } from './TimeField.tsx';
import { TrustOffer, TrustOfferToCome } from './TrustOffer.tsx';
import { TrustLine } from './TrustLine.tsx';
import { useCheckKeys } from './useCheckKeys.ts';
import styles from './CheckPage.module.css';

/** What was pinned for this session: forgotten when the page closes. */
interface SessionPins {
  readonly trust: Trust;
  readonly names: readonly string[];
}

/** More files than this are shown as a table. */
const longestList = 8;

const nothing: SessionPins = { trust: emptyTrust, names: [] };

/** The check page: files are judged in this browser, which its policy forbids to connect to anything. */
export function CheckPage() {
  const pins = usePins();
  const [session, setSession] = useState(nothing);
  const [time, setTime] = useState<TimeChoice>({ by: 'evidence' });
  const [selected, setSelected] = useState<number>();
  const [pasting, setPasting] = useState(false);
  const article = useRef<HTMLDivElement>(null);
  const trust = useMemo(() => mergedOrPinned(pins.trust, session.trust), [pins.trust, session.trust]);
  const { files, matches, reading, add, remove, clear } = useJudging(trust, time);
  const shown = files.find(({ id }) => id === selected) ?? files[0];
  const take = async (chosen: readonly File[]): Promise<void> => {
    const added = await add(chosen);
    const evidence = added.find(({ kind }) => kind !== undefined && kind !== 'unknown' && kind !== 'trust');
    // A file that goes with what is shown leaves it shown: that is what it was dropped for.
    const isForShown = shown && added.every((file) => file.companion && companionsOf(shown, [shown, file]).length > 0);
    const first = evidence ?? (isForShown ? undefined : added[0]);
    if (first) setSelected(first.id);
  };
  /** Far below a long table: what is shown must come into view. */
  const show = (id: number): void => {
    setSelected(id);
    requestAnimationFrame(() => article.current?.focus());
  };
  const addBeside = (): void => void chooseFiles().then((chosen) => add(chosen, shown));
  const arrival = useArrivals(
    (chosen) => void take(chosen),
    ({ trust: kept, names, time: before }) => {
      setSession({ trust: parseTrust(kept), names });
      setTime(before);
    },
  );
  const choose = (chosen: readonly File[]): void => {
    arrival.leave();
    void take(chosen);
  };
  const dragging = useFileDrop(choose);
  useCheckKeys({
    files,
    shown: shown?.id,
    onSelect: setSelected,
    onFiles: choose,
    onPaste: () => setPasting(true),
    onAddFile: addBeside,
  });
  useEffect(() => {
    const held = files.flatMap(({ file }) => file ?? []);
    const kept = { trust: serializeTrust(session.trust), names: session.names, time };
    return beforeLanguageChange(() => putBy({ files: held, session: kept }));
  }, [files, session, time]);
  useEffect(() => {
    prepareJudging();
    prepareViews();
  }, []);

  const pinForSession = (added: Trust, name: string): void => {
    mergeTrust(pins.trust, mergeTrust(session.trust, added));
    setSession({ trust: mergeTrust(session.trust, added), names: [...new Set([...session.names, name])] });
  };
  const keepSession = (): void => {
    pinHere(session.trust, { how: 'document', name: session.names.join(', '), at: Date.now() });
    setSession(nothing);
  };
  return (
    <Shell place="check" app="index.html">
      {files.length === 0 && (
        <div className={styles.lead}>
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
      )}
      <ExpectedDigest shown={shown} />
      <CameFrom arrival={arrival.came} />
      {reading !== undefined && <p role="status">{fill(words.reading, { count: count(reading, 'file') })} …</p>}
      {files.length > longestList && (
        <SummaryTable files={files} matches={matches} selected={shown?.id} onSelect={show} onClear={clear} />
      )}
      {files.length > 1 && files.length <= longestList && (
        <FileList files={files} selected={shown?.id} onSelect={setSelected} onRemove={(id) => remove(id)} />
      )}
      {files.map((file) => {
        const report = file.outcome && 'report' in file.outcome ? file.outcome.report : undefined;
        const isFew = files.length <= longestList;
        if (file !== shown && isFew && file.kind === 'trust' && !file.outcome) {
          return <TrustOfferToCome key={file.id} name={file.name} />;
        }
        if (file === shown || report?.kind !== 'trust' || report.verdict !== 'verified') return null;
        return <TrustOffer key={file.id} beside report={report} name={file.name} trust={trust} onPin={pinForSession} />;
      })}
      <div ref={article} tabIndex={-1} hidden={!shown} />
      {shown && (
        <JudgedArticle
          key={shown.id}
          judged={shown}
          files={files}
          trust={trust}
          time={time}
          onPin={pinForSession}
          onSelect={setSelected}
          onAddFile={addBeside}
          onCancel={() => remove(shown.id)}
        />
      )}
      <DropZone
        title={files.length === 0 ? words.zoneTitle : words.zoneAgain}
        hint={words.zoneHint}
        multiple
        compact={files.length > 0}
        onFiles={choose}
      >
        <Button onClick={() => void chooseFolder().then((chosen) => chosen.length > 0 && choose(chosen))}>
          {fileWords.pickFolder}
        </Button>
        <Button onClick={() => setPasting(true)}>{fileWords.paste.button}</Button>
      </DropZone>
      <div className={styles.terms}>
        <p className={styles.private}>{words.private}</p>
        <TrustLine pins={pins} session={session} onForget={() => setSession(nothing)} onKeep={keepSession} />
        <TimeField value={time} onChange={setTime} />
      </div>
      {dragging && <DropOverlay />}
      {pasting && (
        <PasteDialog
          action={words.pasteDo}
          onClose={() => setPasting(false)}
          onFile={(file) => {
            setPasting(false);
            choose([file]);
          }}
        />
      )}
    </Shell>
  );
}

/** What was pinned elsewhere meanwhile may contradict this session's pins: then the kept ones count. */
function mergedOrPinned(pinned: Trust, session: Trust): Trust {
  try {
    return mergeTrust(pinned, session);
  } catch {
    return pinned;
  }
}
