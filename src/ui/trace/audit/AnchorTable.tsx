import { useMemo, useState } from 'react';
import type { AnchorReading } from '../../../core/trace/anchor/anchorReading.ts';
import { toBase64Url } from '../../../core/bytes/base64.ts';
import { encodeVmKey } from '../../../core/trace/anchor/vmKey.ts';
import { judgeAnchor } from '../../../core/trace/anchor/judgeAnchor.ts';
import {
  keyOf,
  type AnchorLog,
  type AnchoredTrace,
  type MachineKey,
} from '../../../core/trace/anchor/readAnchorEvents.ts';
import type { Trust } from '../../../core/trust/trust.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { statusWords } from '../../words/outcome.en.ts';
import { shortened } from '../../format/groups.ts';
import { utcMoment } from '../../format/moment.ts';
import { number } from '../../format/quantity.ts';
import { Button } from '../../parts/Button.tsx';
import { Digest } from '../../parts/Digest.tsx';
import { Facts } from '../../parts/Facts.tsx';
import lists from '../../parts/lists.module.css';
import { CheckTree } from '../../verdict/CheckTree.tsx';
import { evidenceSource } from '../../verdict/evidence.ts';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { StatusMark } from '../../zipper/StatusMark.tsx';
import { auditMessages } from './auditMessages.ts';
import { Notice } from '../../parts/Notice.tsx';
import { pinHere } from '../../anchors/usePins.ts';
import { machineName } from './ProofView.tsx';
import styles from './AnchorTable.module.css';

const { anchors: words, about } = traceAudit;
const nothing = evidenceSource(() => []);

interface Props {
  readonly reading: AnchorReading;
  readonly log: AnchorLog;
  /** Of the program that is asked about. */
  readonly anchors: readonly AnchoredTrace[];
  readonly trust: Trust;
  readonly none: string;
}

/** The anchors of a program, the newest first, each judged; one of them can be opened. */
export function AnchorTable({ reading, log, anchors, trust, none }: Props) {
  const [opened, setOpened] = useState<string>();
  const rows = useMemo(
    () =>
      anchors.toReversed().map((anchor) => ({
        anchor,
        key: keyOf(log, anchor),
        check: judgeAnchor(anchor.metadata, reading, trust).check,
      })),
    [anchors, log, reading, trust],
  );
  const { columns } = words;
  const own = rows.find(({ anchor }) => anchor.id === opened);
  return (
    <section className={lists.section} aria-labelledby="anchors-of-code">
      <h2 id="anchors-of-code">{words.title}</h2>
      {rows.length === 0 ? (
        <p>{none}</p>
      ) : (
        <table className={`${lists.facts} ${lists.rows}`}>
          <thead>
            <tr>
              {[columns.time, columns.machine, columns.key, columns.block, columns.events, columns.holds].map(
                (name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ anchor, key, check }) => (
              <tr key={anchor.id} data-anchor={anchor.id}>
                <th scope="row">
                  <Button
                    look="quiet"
                    className={styles.open ?? ''}
                    aria-expanded={anchor.id === opened}
                    onClick={() => setOpened(anchor.id === opened ? undefined : anchor.id)}
                  >
                    {utcMoment(anchor.metadata.time * 1000)}
                  </Button>
                </th>
                <td data-name={columns.machine}>{machineText(trust, anchor.metadata.vm)}</td>
                <td data-name={columns.key}>
                  {key
                    ? fill(words.keyText, { index: key.index, algorithm: words.algorithms[key.key.algorithm] })
                    : '–'}
                </td>
                <td data-name={columns.block}>{number(anchor.event.block)}</td>
                <td className={styles.number ?? ''} data-name={columns.events}>
                  {number(anchor.metadata.count)}
                </td>
                <td data-name={columns.holds}>
                  <span className={styles.judged}>
                    <StatusMark of={check.status} size={20} /> {statusWords[check.status]}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {own && (
        <section className={lists.card} aria-labelledby="own-anchor">
          <h3 id="own-anchor">{fill(words.detail, { time: utcMoment(own.anchor.metadata.time * 1000) })}</h3>
          <Facts
            facts={[
              [about.root, <Digest key="root" hex={own.anchor.metadata.root} what={about.root} />],
              [about.id, <Digest key="id" hex={own.anchor.id.slice(2)} what={about.id} />],
              [about.machine, <Digest key="vm" hex={own.anchor.metadata.vm} what={about.machine} />],
              [words.owner, own.key ? <code key="owner">{own.key.owner}</code> : null],
              [
                words.columns.block,
                `${number(own.anchor.event.block)}, ${utcMoment(own.anchor.event.timestamp * 1000)}`,
              ],
            ]}
          />
          {own.key && <PinMachine trust={trust} machine={own.key} />}
          <h4>{words.checks}</h4>
          <CheckTree key={own.anchor.id} checks={[own.check]} messages={auditMessages} evidence={nothing} />
        </section>
      )}
    </section>
  );
}

/** Offers the machine's key as the contract has it; whose machine it is, a person has to know from elsewhere. */
function PinMachine({ trust, machine: { vm, key } }: { readonly trust: Trust; readonly machine: MachineKey }) {
  const [clash, setClash] = useState<string>();
  const id = vm.replace(/^0x/, '');
  if (machineName(trust, id) !== undefined) return null;
  const take = (): void => {
    try {
      pinHere(
        { vms: [{ id, key: toBase64Url(encodeVmKey(key)) }] },
        { how: 'document', name: words.pinName, at: Date.now() },
      );
    } catch (error) {
      setClash(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <p>{words.pinHint}</p>
      <p>
        <Button onClick={take}>{words.pin}</Button>
      </p>
      {clash && <Notice urgent title={clash} />}
    </>
  );
}

/** The name under which the machine is pinned; identifiers that contracts give are no names to read. */
function machineText(trust: Trust, vm: string): string {
  const name = machineName(trust, vm);
  if (name === undefined) return fill(words.unnamed, { vm: shortened(vm) });
  return name === vm ? shortened(vm) : name;
}
