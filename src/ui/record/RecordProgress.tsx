import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { LocalWriter } from '../../audit/local/readLocal.ts';
import { transactionStates, transactionStatus } from '../../audit/local/writerClient.ts';
import { fill } from '../../core/verdict/messages.ts';
import { usePins } from '../anchors/usePins.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { ButtonLink } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useFind } from '../session/useFind.ts';
import { record as words } from '../words/record.en.ts';
import { tx } from '../words/tx.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import lists from '../parts/lists.module.css';
import styles from './RecordScreen.module.css';

interface Props {
  readonly writer: LocalWriter;
  /** H(d) */
  readonly hash: string;
}

const noChains: readonly never[] = [];

/** How far a record has come, as the writer tells it; and whether the person's own audit has found it, which is what counts. */
export function RecordProgress({ writer, hash }: Props) {
  const announce = useAnnounce();
  const { trust } = usePins();
  const { data, error } = useQuery({
    queryKey: ['transaction', writer.url, hash],
    queryFn: ({ signal }) => transactionStatus(writer, hash, signal),
    refetchInterval: (query) => (query.state.data?.state === 'final' ? false : 700),
    retry: 5,
  });
  const hashes = useMemo(() => [hash], [hash]);
  const answer = useFind(hashes, trust.chains ?? noChains);
  const state = data?.state ?? 'accepted';
  useEffect(() => announce(fill(words.announce, { state: words.states[state].name.toLowerCase() })), [announce, state]);
  const reached = state === 'forked' || state === 'unknown' ? 0 : transactionStates.indexOf(state);
  return (
    <section className={styles.progress} aria-labelledby="progress">
      <h2 id="progress">{words.statesTitle}</h2>
      <p className={lists.hint}>{words.statesHint}</p>
      <ol className={lists.steps} role="list">
        {transactionStates.map((each, index) => (
          <li
            key={each}
            data-done={index <= reached ? '' : undefined}
            aria-current={index === reached ? 'step' : undefined}
          >
            <StatusMark of={index <= reached ? 'pass' : 'pending'} size={22} />
            <strong>{words.states[each].name}</strong>
            <span>{words.states[each].meaning}</span>
          </li>
        ))}
      </ol>
      {(state === 'forked' || state === 'unknown') && data && (
        <Notice title={`${words.states[state].name}. ${words.states[state].meaning}`} />
      )}
      {error && <Notice urgent title={error.message} />}
      <p>
        {tx.digest} <Digest hex={hash} what={tx.digest} />
      </p>
      <p className={lists.actions}>
        <ButtonLink look="primary" href={`#/tx/${hash}`}>
          {words.show}
        </ButtonLink>
      </p>
      {answer.result === 'found' && (
        <p>
          <StatusMark of="pass" /> {words.found}
        </p>
      )}
      {(trust.chains ?? noChains).length === 0 && <p>{words.notPinned}</p>}
    </section>
  );
}
