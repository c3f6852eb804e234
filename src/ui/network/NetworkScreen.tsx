import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Hex } from '../../core/evm/hex.ts';
import { networkPageMessages } from './networkPageMessages.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { usePins } from '../anchors/usePins.ts';
import { chooseFiles } from '../files/chooseFiles.ts';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { Elsewhere } from '../files/Elsewhere.tsx';
import type { ReadFile } from '../files/readFiles.ts';
import { mayGoBeside } from '../files/sortChosen.ts';
import { useZone } from '../files/useZone.ts';
import { count, number } from '../format/quantity.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { MakeReport } from '../report/MakeReport.tsx';
import { Completeness } from '../task/Completeness.tsx';
import { lineOf } from '../task/lineOf.ts';
import { ledgerLabels } from '../task/ledgerLabels.ts';
import { PinGate } from '../task/LedgerGate.tsx';
import { Nodes } from '../task/Nodes.tsx';
import { ReadingHead, verdictOfChecks } from '../task/ReadingHead.tsx';
import task from '../task/Task.module.css';
import { AddFileContext } from '../verdict/addFile.ts';
import { ChecksPart } from '../verdict/ChecksPart.tsx';
import { useFilesEvidence } from '../verdict/useFilesEvidence.ts';
import { networkWords } from '../words/network.en.ts';
import { verdictWords } from '../words/outcome.en.ts';
import { CellPart } from './CellPart.tsx';
import { Curves } from './Curves.tsx';
import { Epochs } from './Epochs.tsx';
import { Findings } from './Findings.tsx';
import { Matrix, type Chosen } from './Matrix.tsx';
import { networkSession, type NetworkResult, type NetworkSession } from './networkSession.ts';
import { NetworkView } from './networkView.ts';
import { RequestCertificate } from './RequestCertificate.tsx';
import { RequestPart } from './RequestPart.tsx';
import { useFollow } from './useFollow.ts';
import { useNetwork } from './useNetwork.ts';
import styles from './Network.module.css';

/** What of a network is looked at: in the address, so that it can be sent. */
export interface NetworkPlace {
  readonly epoch?: string;
  readonly request?: string;
  readonly node?: string;
}

interface Props {
  readonly chain: string;
  readonly contract: string;
  readonly place: NetworkPlace;
  readonly onPlace: (place: NetworkPlace) => void;
}

/** One attestation network: whether what its contract says holds, who did what, who was trusted when, and why each node has its reputation. */
export function NetworkScreen({ chain, contract, place, onPlace }: Props) {
  return (
    <PinGate chain={chain} contract={contract}>
      {(pin, address) => (
        <Session key={`${pin.chainId} ${address}`} pin={pin} address={address} place={place} onPlace={onPlace} />
      )}
    </PinGate>
  );
}

interface SessionProps extends Pick<Props, 'place' | 'onPlace'> {
  readonly pin: EvmPin;
  readonly address: Hex;
}

function Session({ pin, address, place, onPlace }: SessionProps) {
  const session = useMemo(() => networkSession(pin, address), [pin, address]);
  const state = useSyncExternalStore(session.subscribe, session.state);
  const { result } = state;
  const { trust } = usePins();
  const [follow, setFollow] = useState(true);
  const [files, setFiles] = useState<readonly ReadFile[]>([]);
  useFollow(session, state, follow);
  const { judged, judging, error } = useNetwork(result, trust, files);
  const checks = useMemo(
    () => (result && judged ? [...result.ledgerChecks, ...judged.checks] : undefined),
    [result, judged],
  );
  const verdict = checks && verdictOfChecks(checks);
  const { evidence, keeper } = useFilesEvidence(files);
  const view = useMemo(() => viewOf(result), [result]);
  const zone = useZone({
    // Criteria of an epoch are a trust file.
    takes: (_file, kind) => kind === 'trust' || mayGoBeside(kind),
    onFiles: (read) => setFiles((all) => [...read, ...all]),
  });
  const announce = useAnnounce();
  useEffect(() => {
    if (verdict) announce(fill(networkWords.announce, { verdict: verdictWords[verdict] }));
  }, [announce, verdict]);
  const labels = [
    ...ledgerLabels(pin),
    ...(pin.checkpoint && pin.checkpoint.number > 0 ? ['from checkpoint'] : []),
    ...(judged?.labels ?? []),
  ];
  return (
    <AddFileContext value={() => void chooseFiles().then(zone.take)}>
      <nav aria-label={networkWords.title}>
        <a className={task.back} href="#/network">
          ← {networkWords.back}
        </a>
      </nav>
      <ReadingHead
        session={session}
        state={state}
        kind={networkWords.eyebrow}
        messages={networkPageMessages}
        found={checks && result && { sentence: sentenceOf(view, result), checks, labels: [...new Set(labels)] }}
      />
      <div className={styles.where}>
        <p className={lists.hint}>
          {fill(networkWords.where, {
            address,
            chainId: pin.chainId,
            blocks: view?.details.epochBlocks ?? '…',
            seats: view?.details.seats ?? '…',
          })}
        </p>
        <label className={styles.follow}>
          <input type="checkbox" checked={follow} onChange={(event) => setFollow(event.currentTarget.checked)} />
          {networkWords.follow}
        </label>
      </div>
      {error && <Notice urgent title={error.message} />}
      <Elsewhere zone={zone} />
      {view && result && checks && (
        <Parts
          session={session}
          result={result}
          view={view}
          place={place}
          onPlace={onPlace}
          files={{
            files,
            faults: zone.faults,
            judging,
            onFiles: (chosen) => void zone.take(chosen),
            onRemove: (file) => setFiles((all) => all.filter(({ id }) => id !== file)),
          }}
          checks={judged?.checks ?? []}
        />
      )}
      {result && checks && verdict && (
        <MakeReport
          audit={() => ({
            ...lineOf(result.ledger, verdict, checks),
            network: `${pin.chainId}/${address}`,
            labels: [...new Set(labels)],
            events: result.ledger.events.length,
            requests: view?.details.requests.length,
            nodes: view?.details.nodes,
          })}
        />
      )}
      {result && <Completeness found={result.ledger.completeness} checks={result.ledgerChecks} />}
      {result && <Nodes checks={result.ledgerChecks} asked={pin.rpc?.length ?? 0} />}
      {checks && verdict && (
        <ChecksPart
          verdict={verdict}
          checks={checks}
          messages={networkPageMessages}
          evidence={evidence}
          keeper={keeper}
        />
      )}
      {zone.dragging && <DropOverlay />}
    </AddFileContext>
  );
}

interface PartsProps extends Pick<Props, 'place' | 'onPlace'> {
  readonly session: NetworkSession;
  readonly result: NetworkResult;
  readonly view: NetworkView;
  readonly files: Parameters<typeof RequestPart>[0]['files'];
  readonly checks: Parameters<typeof RequestPart>[0]['checks'];
}

function Parts({ session, result, view, place, onPlace, files, checks }: PartsProps) {
  const { epochs } = view.details;
  const request = wholeOf(place.request);
  const node = wholeOf(place.node);
  const found = epochs.findIndex((each) => each.number === wholeOf(place.epoch));
  const at = found < 0 ? epochs.length - 1 : found;
  const chosen: Chosen | undefined =
    request === undefined ? undefined : { request, node: node === undefined ? undefined : node - 1 };
  const { request: _, node: __, ...rest } = place;
  const choose = (next: Chosen): void =>
    onPlace({
      ...rest,
      request: String(next.request),
      ...(next.node === undefined ? {} : { node: String(next.node + 1) }),
    });
  const close = (): void => onPlace(rest);
  const part = useRef<HTMLDivElement>(null);
  const shown = chosen && `${chosen.request} ${chosen.node}`;
  // What was chosen stands below a long table.
  useEffect(() => {
    if (shown !== undefined) part.current?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  return (
    <>
      <Findings view={view} onChoose={choose} />
      <Matrix view={view} chosen={chosen} onChoose={choose} />
      <div ref={part} className={styles.part}>
        {chosen && chosen.node !== undefined && (
          <CellPart
            key={`${chosen.request} ${chosen.node}`}
            view={view}
            pin={session.pin}
            request={chosen.request}
            node={chosen.node}
            onWhole={() => choose({ request: chosen.request, node: undefined })}
            onClose={close}
          />
        )}
        {chosen && chosen.node === undefined && (
          <RequestPart
            key={chosen.request}
            view={view}
            pin={session.pin}
            request={chosen.request}
            files={files}
            checks={checks}
            certificate={
              view.details.requests.some(({ requestId, final }) => requestId === chosen.request && final) && (
                <RequestCertificate session={session} result={result} request={chosen.request} />
              )
            }
            onClose={close}
          />
        )}
      </div>
      <Epochs
        view={view}
        pin={session.pin}
        events={result.reading.events}
        at={at}
        onMove={(next) => onPlace({ ...place, epoch: String(epochs[next]?.number ?? 0) })}
      />
      <Curves view={view} pin={session.pin} head={result.head?.number ?? 0} epoch={epochs[at]?.number ?? 0} />
    </>
  );
}

function viewOf(result: NetworkResult | undefined): NetworkView | undefined {
  const details = result?.judged.details;
  return result && details && new NetworkView(details, result.reading);
}

function sentenceOf(view: NetworkView | undefined, { ledger }: NetworkResult): string {
  const { sentence } = networkWords;
  if (!view) return sentence.unread;
  const { requests } = view.details;
  const final = requests.filter((row) => row.final).length;
  const values = {
    count: count(requests.length, 'request'),
    final: number(final),
    to: number(ledger.completeness.to),
  };
  if (ledger.completeness.how === 'none') return fill(sentence.part, values);
  if (requests.length === 0) return fill(sentence.none, values);
  return fill(final === requests.length ? sentence.all : sentence.open, values);
}

function wholeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
