import { useEffect, useId, useRef, useState } from 'react';
import { judgeInWorker } from '../../../audit/pool/judgeInWorker.ts';
import type { Report } from '../../../core/kinds/judge.ts';
import { parseTrust } from '../../../core/trust/parseTrust.ts';
import { trustEntries } from '../../../core/trust/trustEntries.ts';
import type { Trust } from '../../../core/trust/trust.ts';
import { fill } from '../../../core/verdict/messages.ts';
import type { ReadFile } from '../../files/readFiles.ts';
import { chooseFiles } from '../../files/chooseFiles.ts';
import { count, number } from '../../format/quantity.ts';
import { timesOf, type TimeChoice } from '../../judging/timeChoice.ts';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { compare as words } from '../../words/compare.en.ts';
import { verdictWords } from '../../words/outcome.en.ts';
import { Comparison } from './Comparison.tsx';
import { readSavedReports } from './readSavedReports.ts';
import type { Side } from './side.ts';
import styles from './CompareWith.module.css';

/** Another file on the page, and what was found of it. */
export interface OtherVerdict {
  readonly id: number;
  readonly report: Report;
}

interface Props {
  readonly file: ReadFile;
  readonly report: Report;
  readonly trust: Trust;
  readonly time: TimeChoice;
  readonly companions: readonly ReadFile[];
  readonly others: readonly OtherVerdict[];
  readonly onClose: () => void;
}

/** Chooses what a verdict is compared with, and shows both. */
export function CompareWith({ file, report, trust, time, companions, others, onClose }: Props) {
  const [side, setSide] = useState<Side>();
  const [fault, setFault] = useState<string>();
  const [working, setWorking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [side]);
  const names = companions.map(({ name }) => name);
  const trustHere = trustText(trust);
  /** Finds the other side; what goes wrong is said in place. */
  const find = async (make: () => Promise<Side | undefined>): Promise<void> => {
    setFault(undefined);
    setWorking(true);
    try {
      setSide(await make());
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setWorking(false);
    }
  };
  const judge = async (under: Trust, at: TimeChoice): Promise<Report> => {
    const [outcome] = await judgeInWorker([file], { trust: under, companions, ...timesOf(at, Date.now()) });
    if (outcome && 'report' in outcome) return outcome.report;
    throw outcome?.error ?? new Error(words.fault);
  };
  const underTrust = async (): Promise<Side | undefined> => {
    const [chosen] = await chooseFiles();
    if (!chosen) return undefined;
    const other = parseTrust(new Uint8Array(await chosen.arrayBuffer()));
    return {
      report: await judge(other, time),
      trust: fill(words.trustFile, { name: chosen.name }),
      companions: names,
    };
  };
  const saved = async (): Promise<Side | undefined> => {
    const [chosen] = await chooseFiles();
    if (!chosen) return undefined;
    const reports = readSavedReports(new Uint8Array(await chosen.arrayBuffer()));
    const fits = reports.find((each) => each.file === report.file) ?? reports.find((each) => each.kind === report.kind);
    const found = fits ?? reports[0];
    if (!found) return undefined;
    const remark = fill(words.savedMany, { number: number(reports.length), name: found.file });
    return { report: found, trust: words.notSaid, companions: undefined, ...(reports.length > 1 ? { remark } : {}) };
  };
  return (
    <section className={`${lists.card} ${styles.compare}`} aria-labelledby="compare">
      <div className={styles.head}>
        <h2 id="compare" ref={heading} tabIndex={-1}>
          {side ? words.result : words.title}
        </h2>
        <p className={lists.actions}>
          {side && <Button onClick={() => setSide(undefined)}>{words.again}</Button>}
          <Button look="quiet" onClick={onClose}>
            {words.close}
          </Button>
        </p>
      </div>
      {fault && <Notice urgent title={words.fault} next={fault} />}
      {side ? (
        <Comparison left={{ report, trust: trustHere, companions: names }} right={side} />
      ) : (
        <>
          <p className={lists.hint}>{working ? `${words.working} …` : words.lead}</p>
          <ul role="list" className={`${lists.lines} ${styles.ways}`}>
            {others.length > 0 && (
              <OtherFile
                others={others}
                onChoose={(other) => setSide({ report: other, trust: trustHere, companions: undefined })}
              />
            )}
            <li>
              <div>
                <h3>{words.otherTrust}</h3>
                <p className={lists.hint}>{words.otherTrustHint}</p>
              </div>
              <Button onClick={() => void find(underTrust)}>{words.chooseTrust}</Button>
            </li>
            <OtherTime
              onChoose={(at) =>
                void find(async () => ({
                  report: await judge(trust, { by: 'own', at }),
                  trust: trustHere,
                  companions: names,
                }))
              }
            />
            <li>
              <div>
                <h3>{words.saved}</h3>
                <p className={lists.hint}>{words.savedHint}</p>
              </div>
              <Button onClick={() => void find(saved)}>{words.chooseSaved}</Button>
            </li>
          </ul>
        </>
      )}
    </section>
  );
}

function OtherFile({
  others,
  onChoose,
}: {
  readonly others: readonly OtherVerdict[];
  readonly onChoose: (other: Report) => void;
}) {
  const [chosen, setChosen] = useState(others[0]?.id);
  const field = useId();
  const other = others.find(({ id }) => id === chosen) ?? others[0];
  return (
    <li>
      <div>
        <h3>
          <label htmlFor={field}>{words.otherFile}</label>
        </h3>
        <select id={field} value={other?.id} onChange={(event) => setChosen(Number(event.target.value))}>
          {others.map(({ id, report }) => (
            <option key={id} value={id}>
              {report.file} · {verdictWords[report.verdict]}
            </option>
          ))}
        </select>
      </div>
      <Button onClick={() => other && onChoose(other.report)}>{words.choose}</Button>
    </li>
  );
}

function OtherTime({ onChoose }: { readonly onChoose: (at: number) => void }) {
  const [at, setAt] = useState(NaN);
  const field = useId();
  return (
    <li>
      <div>
        <h3>{words.otherTime}</h3>
        <label className={lists.hint} htmlFor={field}>
          {words.timeLabel}
        </label>
        <input
          id={field}
          type="datetime-local"
          step={1}
          onChange={(event) => setAt(event.target.value === '' ? NaN : Date.parse(`${event.target.value}Z`))}
        />
      </div>
      <Button disabled={Number.isNaN(at)} onClick={() => onChoose(at)}>
        {words.choose}
      </Button>
    </li>
  );
}

function trustText(trust: Trust): string {
  const pinned = trustEntries(trust).length;
  return pinned === 0 ? words.trustNone : fill(words.trustHere, { count: count(pinned, 'anchor') });
}
