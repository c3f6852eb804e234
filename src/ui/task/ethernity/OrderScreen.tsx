import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { ledgerOf } from '../../../audit/task/ledgerOf.ts';
import type { Hex } from '../../../core/evm/hex.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { verdictWords } from '../../words/outcome.en.ts';
import { usePins } from '../../anchors/usePins.ts';
import { chooseFiles } from '../../files/chooseFiles.ts';
import { DropOverlay } from '../../files/DropOverlay.tsx';
import { Elsewhere } from '../../files/Elsewhere.tsx';
import type { ReadFile } from '../../files/readFiles.ts';
import { mayGoBeside } from '../../files/sortChosen.ts';
import { useZone } from '../../files/useZone.ts';
import { useAnnounce } from '../../parts/Announcer.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { AddFileContext } from '../../verdict/addFile.ts';
import { ChecksPart } from '../../verdict/ChecksPart.tsx';
import { useFilesEvidence } from '../../verdict/useFilesEvidence.ts';
import { orderWords } from '../../words/order.en.ts';
import { taskWords } from '../../words/task.en.ts';
import { Completeness } from '../Completeness.tsx';
import { isAddress } from '../isAddress.ts';
import { ledgerLabels } from '../ledgerLabels.ts';
import { Refused } from '../LedgerGate.tsx';
import { Nodes } from '../Nodes.tsx';
import { ReadingHead, verdictOfChecks } from '../ReadingHead.tsx';
import { allMessages } from '../taskMessages.ts';
import { isChallengeFile, OrderFiles } from './OrderFiles.tsx';
import { OrderFacts, OrderLimits, OrderResultFacts } from './OrderFacts.tsx';
import { orderSession, type OrderSession } from './orderSession.ts';
import { OrderTimeLine } from './OrderTimeLine.tsx';
import { useOrder } from './useOrder.ts';

const { faults } = taskWords;

interface Props {
  readonly chain: string;
  readonly contract: string;
  readonly id: string;
}

/** One order of a contract of Ethernity, under the pinned entry for its ledger alone. */
export function OrderScreen({ chain, contract, id }: Props) {
  const { trust } = usePins();
  const pin = useMemo(() => ledgerOf(trust, Number(chain), contract), [trust, chain, contract]);
  if (!/^\d{1,15}$/.test(id)) {
    return <Refused title={fill(orderWords.badOrder, { text: id })} next={orderWords.badOrderNext} />;
  }
  if (!isAddress(contract)) {
    return <Refused title={fill(faults.badAddress, { text: contract })} next={faults.badAddressNext} />;
  }
  if (!pin) return <Refused title={fill(faults.notPinned, { chainId: chain })} next={faults.notPinnedNext} anchors />;
  if (!pin.rpc?.length)
    return <Refused title={fill(faults.noRpc, { chainId: chain })} next={faults.noRpcNext} anchors />;
  const order = BigInt(id);
  const session = orderSession(pin, contract.toLowerCase() as Hex, order);
  return <OrderPage key={`${chain} ${contract} ${id}`} session={session} order={order} />;
}

function OrderPage({ session, order }: { readonly session: OrderSession; readonly order: bigint }) {
  const { pin } = session;
  const state = useSyncExternalStore(session.subscribe, session.state);
  const { result } = state;
  const [files, setFiles] = useState<readonly ReadFile[]>([]);
  const { judged, error } = useOrder(result, order, files);
  const found = judged?.found;
  const checks = useMemo(() => (result && judged ? [...result.checks, ...judged.checks] : undefined), [result, judged]);
  const verdict = checks && verdictOfChecks(checks);
  const { evidence, keeper } = useFilesEvidence(files);
  const exists = found !== undefined && found.state !== 'missing';
  const zone = useZone({
    takes: (_file, kind) => mayGoBeside(kind),
    onFiles: (read) => setFiles((all) => [...read, ...all]),
  });
  const announce = useAnnounce();
  useEffect(() => {
    if (verdict) announce(fill(orderWords.announce, { order: String(order), verdict: verdictWords[verdict] }));
  }, [announce, order, verdict]);
  return (
    <AddFileContext value={() => void chooseFiles().then(zone.take)}>
      <ReadingHead
        session={session}
        state={state}
        kind={orderWords.eyebrow}
        found={
          checks &&
          found && {
            sentence: fill(orderWords.sentence, { order: found.order, summary: orderWords.summaries[found.state] }),
            checks,
            labels: ledgerLabels(pin),
          }
        }
      />
      {error && <Notice urgent title={error.message} />}
      {result && !judged && !error && <span hidden data-waits />}
      <Elsewhere zone={zone} />
      {found && exists && (
        <>
          <OrderTimeLine found={found} />
          <OrderResultFacts found={found} />
          <OrderLimits hasChallenge={files.some(isChallengeFile)} />
          <OrderFiles
            files={files}
            faults={zone.faults}
            checks={judged?.checks ?? []}
            onFiles={(chosen) => void zone.take(chosen)}
            onRemove={(file) => setFiles((all) => all.filter((each) => each.id !== file))}
          />
          <OrderFacts found={found} />
        </>
      )}
      {result && <Completeness found={result.completeness} checks={result.checks} />}
      {result && <Nodes checks={result.checks} asked={pin.rpc?.length ?? 0} />}
      {checks && verdict && (
        <ChecksPart verdict={verdict} checks={checks} messages={allMessages} evidence={evidence} keeper={keeper} />
      )}
      {zone.dragging && <DropOverlay />}
    </AddFileContext>
  );
}
