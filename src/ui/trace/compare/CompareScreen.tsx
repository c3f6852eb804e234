import { useEffect, useState, type FormEvent } from 'react';
import type { ComparedSource } from '../../../audit/trace/compareProtocol.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { size } from '../../format/quantity.ts';
import { useAnnounce } from '../../parts/Announcer.tsx';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { TraceFiles } from '../TraceFiles.tsx';
import { WorkProgress } from '../reexecute/WorkProgress.tsx';
import { Difference, differenceTitle } from './Difference.tsx';
import { useComparison } from './useComparison.ts';
import styles from './CompareScreen.module.css';

const { compare: words } = traceAudit;

interface Chosen {
  readonly name: string;
  readonly about: string;
  readonly source: ComparedSource;
}

type Pair = readonly [Chosen | undefined, Chosen | undefined];

/** Two traces, from files or addresses, and the first event in which they differ. */
export function CompareScreen() {
  const [pair, setPair] = useState<Pair>([undefined, undefined]);
  const { state, start, stop, clear } = useComparison();
  const announce = useAnnounce();
  const put = (added: readonly Chosen[]): void => {
    clear();
    setPair((now) => added.reduce<Pair>(placed, now));
  };
  const [left, right] = pair;
  useEffect(() => {
    if (state.status === 'compared') announce(differenceTitle(state.result));
  }, [announce, state]);
  return (
    <>
      <header className={styles.head}>
        <h1>{words.sentence}</h1>
        <p>{words.hint}</p>
      </header>
      <TraceFiles
        title={words.title}
        hint={words.hintFiles}
        pick={words.pick}
        multiple
        kinds={['trace']}
        onFiles={(read) => put(read.map(({ name, bytes }) => ({ name, about: size(bytes.length), source: { bytes } })))}
      />
      <div className={styles.pair}>
        {pair.map((chosen, side) => (
          <section key={words.sides[side]} className={styles.side} aria-label={words.sides[side]}>
            <h2>{words.sides[side]}</h2>
            {chosen ? (
              <p className={styles.chosen}>
                <span>
                  <strong>{chosen.name}</strong> <span className={lists.hint}>{chosen.about}</span>
                </span>
                <Button
                  look="quiet"
                  aria-label={fill(words.remove, { name: chosen.name })}
                  onClick={() => {
                    clear();
                    setPair((now) => (side === 0 ? [undefined, now[1]] : [now[0], undefined]));
                  }}
                >
                  {words.away}
                </Button>
              </p>
            ) : (
              <Address onAddress={(address) => put([{ name: address, about: '', source: { address } }])} />
            )}
          </section>
        ))}
      </div>
      <p className={lists.actions}>
        {state.status === 'running' ? (
          <Button onClick={stop}>{words.cancel}</Button>
        ) : (
          <Button
            look="primary"
            disabled={!left || !right}
            onClick={() => left && right && start(left.source, right.source)}
          >
            {words.run}
          </Button>
        )}
      </p>
      {state.status === 'running' && (
        <WorkProgress
          label={words.progress}
          done={state.done}
          total={state.total}
          text={state.done < state.total || state.total === 0 ? words.progress : words.looking}
        />
      )}
      {state.status === 'stopped' && <p>{words.stopped}</p>}
      {state.status === 'failed' && <Notice urgent title={fill(words.failed, { reason: state.reason })} />}
      {state.status === 'compared' && left && right && (
        <Difference compared={state.result} names={[left.name, right.name]} />
      )}
    </>
  );
}

/** What is new goes where nothing is yet; where both are there, it takes the place of the second. */
function placed([left, right]: Pair, added: Chosen): Pair {
  return left ? [left, added] : [added, right];
}

function Address({ onAddress }: { readonly onAddress: (address: string) => void }) {
  const [text, setText] = useState('');
  const take = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') onAddress(text.trim());
  };
  return (
    <form className={styles.address} onSubmit={take}>
      <label>
        {words.address}
        <input
          value={text}
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          placeholder={words.addressHint}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Button type="submit" disabled={text.trim() === ''}>
        {words.use}
      </Button>
    </form>
  );
}
