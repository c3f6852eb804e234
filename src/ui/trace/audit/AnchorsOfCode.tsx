import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { ledgerOf } from '../../../audit/task/ledgerOf.ts';
import { isHex } from '../../../core/bytes/hex.ts';
import type { Hex } from '../../../core/evm/hex.ts';
import { readAnchorEvents } from '../../../core/trace/anchor/readAnchorEvents.ts';
import type { EvmPin, Trust } from '../../../core/trust/trust.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { verdictWords } from '../../words/outcome.en.ts';
import { usePins } from '../../anchors/usePins.ts';
import { shortened } from '../../format/groups.ts';
import { count, number } from '../../format/quantity.ts';
import { useAnnounce } from '../../parts/Announcer.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { Completeness } from '../../task/Completeness.tsx';
import { isAddress } from '../../task/isAddress.ts';
import { Refused } from '../../task/LedgerGate.tsx';
import { ledgerLabels } from '../../task/ledgerLabels.ts';
import { Nodes } from '../../task/Nodes.tsx';
import { ReadingHead, verdictOfChecks } from '../../task/ReadingHead.tsx';
import { allMessages } from '../../task/taskMessages.ts';
import { CheckTree } from '../../verdict/CheckTree.tsx';
import { evidenceSource } from '../../verdict/evidence.ts';
import { taskWords } from '../../words/task.en.ts';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { AnchorTable } from './AnchorTable.tsx';
import { anchorSession, type AnchorSession } from './anchorSession.ts';
import { AskProof } from './AskProof.tsx';

const { anchors: words } = traceAudit;
const { faults } = taskWords;

interface Props {
  readonly chain: string;
  readonly contract: string;
  readonly code: string;
}

/** The anchored traces of one program, read from the ledger under the entry that the trust file has for it, and under nothing else. */
export function AnchorsOfCode({ chain, contract, code }: Props) {
  const { trust } = usePins();
  const pin = useMemo(() => ledgerOf(trust, Number(chain), contract), [trust, chain, contract]);
  const digest = code.toLowerCase().replace(/^0x/, '');
  if (!isAddress(contract)) {
    return <Refused title={fill(faults.badAddress, { text: contract })} next={faults.badAddressNext} />;
  }
  if (!isHex(digest, 32)) return <Refused title={fill(words.badCode, { text: code })} next={words.badCodeNext} />;
  if (!pin) return <Refused title={fill(faults.notPinned, { chainId: chain })} next={faults.notPinnedNext} anchors />;
  if (!pin.rpc?.length) {
    return <Refused title={fill(faults.noRpc, { chainId: chain })} next={faults.noRpcNext} anchors />;
  }
  const address = contract.toLowerCase() as Hex;
  return <Anchors key={`${chain} ${address} ${digest}`} pin={pin} contract={address} code={digest} trust={trust} />;
}

interface AnchorsProps {
  readonly pin: EvmPin;
  readonly contract: Hex;
  readonly code: string;
  readonly trust: Trust;
}

const nothing = evidenceSource(() => []);

function Anchors({ pin, contract, code, trust }: AnchorsProps) {
  const session: AnchorSession = useMemo(() => anchorSession(pin, contract, code), [pin, contract, code]);
  const state = useSyncExternalStore(session.subscribe, session.state);
  const { result } = state;
  const log = useMemo(() => result && readAnchorEvents(result.events, contract), [result, contract]);
  const anchors = useMemo(() => log?.anchors.filter(({ metadata }) => metadata.code === code) ?? [], [log, code]);
  const announce = useAnnounce();
  const verdict = result && verdictOfChecks(result.checks);
  // What was left out is not known to be missing.
  const isOpen = result?.completeness.how === 'none';
  const sentence =
    result &&
    fill(isOpen ? words.sentenceOpen : words.sentence, {
      count: count(anchors.length, 'trace'),
      are: anchors.length === 1 ? words.are.one : words.are.other,
      to: number(result.completeness.to),
    });
  useEffect(() => {
    if (verdict && sentence !== undefined) announce(`${sentence} ${verdictWords[verdict]}.`);
  }, [announce, sentence, verdict]);
  const [fault] = log?.faults ?? [];
  return (
    <>
      <ReadingHead
        session={session}
        state={state}
        kind={words.kind}
        found={
          result && sentence !== undefined ? { sentence, checks: result.checks, labels: ledgerLabels(pin) } : undefined
        }
      />
      <p className={lists.hint}>
        {fill(words.where, { code: shortened(code), contract, chainId: String(pin.chainId) })}
      </p>
      {result && log && (
        <>
          {fault && (
            <Notice title={fill(words.faults, { count: count(log.faults.length, 'event'), reason: fault.reason })} />
          )}
          <AnchorTable
            reading={result}
            log={log}
            anchors={anchors}
            trust={trust}
            none={isOpen ? words.noneOpen : words.none}
          />
        </>
      )}
      <AskProof code={code} trust={trust} />
      {result && <Completeness found={result.completeness} checks={result.checks} />}
      {result && <Nodes checks={result.checks} asked={pin.rpc?.length ?? 0} />}
      {result && (
        <section className={lists.section} aria-labelledby="ledger-checks">
          <h2 id="ledger-checks">{words.ledgerChecks}</h2>
          <CheckTree checks={result.checks} messages={allMessages} evidence={nothing} />
        </section>
      )}
    </>
  );
}
