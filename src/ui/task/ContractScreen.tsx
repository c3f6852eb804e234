import { useEffect, type ReactNode } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { verdictWords } from '../words/outcome.en.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { BelowRows } from '../parts/BelowRows.tsx';
import { useLongRows } from '../parts/useLongRows.ts';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { utcMoment } from '../format/moment.ts';
import { count, number } from '../format/quantity.ts';
import { ChecksPart } from '../verdict/ChecksPart.tsx';
import { evidenceSource } from '../verdict/evidence.ts';
import { taskWords } from '../words/task.en.ts';
import { lineOf } from './lineOf.ts';
import { MakeReport } from '../report/MakeReport.tsx';
import { Completeness } from './Completeness.tsx';
import type { ContractSession, ContractState } from './contractSession.ts';
import { contractView, type ContractView, type OfferRow, type TaskRow } from './contractView.ts';
import { ledgerLabels } from './ledgerLabels.ts';
import { LedgerGate } from './LedgerGate.tsx';
import { Nodes } from './Nodes.tsx';
import { ReadingHead, verdictOfChecks } from './ReadingHead.tsx';
import { shortAddress } from './shortAddress.ts';
import { allMessages } from './taskMessages.ts';
import { WalletSection } from './WalletSection.tsx';

const { list: words } = taskWords;

/** One contract: all tasks and offers that its proven events tell of. */
export function ContractScreen({ chain, contract }: { readonly chain: string; readonly contract: string }) {
  return (
    <LedgerGate chain={chain} contract={contract}>
      {(session, state) => <ContractPage session={session} state={state} />}
    </LedgerGate>
  );
}

const nothing = evidenceSource(() => []);

function ContractPage({ session, state }: { readonly session: ContractSession; readonly state: ContractState }) {
  const { pin, address } = session;
  const { result } = state;
  const view = result && contractView(result, address);
  const verdict = result && verdictOfChecks(result.checks);
  // What was left out is not known to be missing.
  const isOpen = result?.completeness.how === 'none';
  const announce = useAnnounce();
  useEffect(() => {
    if (verdict) announce(fill(taskWords.announceContract, { verdict: verdictWords[verdict] }));
  }, [announce, verdict]);
  const sentence =
    view &&
    fill(taskWords.sentence[isOpen ? 'contractOpen' : 'contract'], {
      count: count(view.tasks.length, 'task'),
      offers: count(view.offers.length, 'offer'),
      to: number(result.completeness.to),
    });
  return (
    <>
      <ReadingHead
        session={session}
        state={state}
        kind={taskWords.eyebrow.contract}
        found={
          result && sentence !== undefined ? { sentence, checks: result.checks, labels: ledgerLabels(pin) } : undefined
        }
      />
      <p className={lists.hint}>{fill(taskWords.contract, { name: nameOf(session), address, chainId: pin.chainId })}</p>
      {view && <Lists session={session} view={view} now={result.head?.timestamp ?? 0} isOpen={isOpen} />}
      {result && <WalletSection pin={pin} contract={address} standing={undefined} onIncluded={session.start} />}
      {result && verdict && (
        <MakeReport
          audit={() => ({
            ...lineOf(result, verdict, result.checks),
            contract: `${pin.chainId}/${address}`,
            labels: ledgerLabels(pin),
            count: result.events.length,
          })}
        />
      )}
      {result && <Completeness found={result.completeness} checks={result.checks} />}
      {result && <Nodes checks={result.checks} asked={pin.rpc?.length ?? 0} />}
      {result && verdict && (
        <ChecksPart verdict={verdict} checks={result.checks} messages={allMessages} evidence={nothing} />
      )}
    </>
  );
}

function nameOf({ pin, address }: ContractSession): string {
  const found = Object.entries(pin.contracts ?? {}).find(([, pinned]) => pinned.toLowerCase() === address);
  return found?.[0] ?? taskWords.unnamed;
}

interface ListsProps {
  readonly session: ContractSession;
  readonly view: ContractView;
  /** Time of the last block, seconds since 1970. */
  readonly now: number;
  /** Whether something may have been left out. */
  readonly isOpen: boolean;
}

function Lists({ session, view, now, isOpen }: ListsProps) {
  const { columns, offerColumns } = words;
  const [fault] = view.read.faults;
  return (
    <>
      {fault && (
        <Notice title={fill(words.faults, { count: count(view.read.faults.length, 'event'), reason: fault.reason })} />
      )}
      <Rows<TaskRow>
        id="tasks"
        title={words.tasks}
        none={isOpen ? words.noneProven : words.tasksNone}
        rows={view.tasks}
        head={[columns.id, columns.state, columns.owner, columns.processor, columns.submitted, columns.text]}
        render={(row) => {
          const { state, processor } = view.follow(row.id);
          return [
            <a key="id" href={`#/task/${session.pin.chainId}/${session.address}/${row.id}`}>
              {fill(words.task, { id: String(row.id) })}
            </a>,
            taskWords.states[state],
            <code key="owner">{shortAddress(row.owner)}</code>,
            processor ? <code key="processor">{shortAddress(processor)}</code> : '–',
            utcMoment(row.submitted * 1000),
            row.text,
          ];
        }}
      />
      <Rows<OfferRow>
        id="offers"
        title={words.offers}
        none={isOpen ? words.noneProven : words.offersNone}
        rows={view.offers}
        head={[offerColumns.id, offerColumns.taken, offerColumns.processor, offerColumns.until, offerColumns.text]}
        render={(row) => [
          String(row.id),
          row.taken ? words.taken : row.until < now ? words.lapsed : words.free,
          <code key="processor">{shortAddress(row.processor)}</code>,
          row.until < 8.64e12 ? utcMoment(row.until * 1000) : String(row.until),
          row.text,
        ]}
      />
    </>
  );
}

/** Rows beyond these are drawn when they are asked for. */
const firstRows = 50;

interface RowsProps<Row extends { readonly id: bigint }> {
  readonly id: string;
  readonly title: string;
  readonly none: string;
  readonly rows: readonly Row[];
  readonly head: readonly string[];
  readonly render: (row: Row) => readonly ReactNode[];
}

function Rows<Row extends { readonly id: bigint }>({ id, title, none, rows, head, render }: RowsProps<Row>) {
  const long = useLongRows(rows, firstRows);
  return (
    <section className={lists.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {rows.length === 0 ? (
        <p>{none}</p>
      ) : (
        <table ref={long.table} className={`${lists.facts} ${lists.rows}`}>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {long.shown.map((row) => {
              const [first, ...cells] = render(row);
              return (
                <tr key={String(row.id)}>
                  <th scope="row">{first}</th>
                  {cells.map((cell, index) => (
                    <td key={head[index + 1]} data-name={head[index + 1]}>
                      {cell}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <BelowRows of={long} />
    </section>
  );
}
