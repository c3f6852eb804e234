import { useMemo } from 'react';
import { fromHex } from '../../core/bytes/hex.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { recogniseCompanion } from '../../core/kinds/companion.ts';
import { longestAtSight, readContent } from '../../core/kinds/content.ts';
import { fill } from '../../core/verdict/messages.ts';
import { keepTrustToRead } from '../anchors/trustToRead.ts';
import { usePins } from '../anchors/usePins.ts';
import { handOver } from '../files/handoff.ts';
import { isReadFile, type ReadFile, type ReadOutcome } from '../files/readFiles.ts';
import { addressIn } from '../files/sortChosen.ts';
import { useDigest } from '../files/useDigest.ts';
import { betweenMoments } from '../format/moment.ts';
import { list } from '../format/quantity.ts';
import { quoted } from '../format/quoted.ts';
import { kindAtSight } from '../judging/kindAtSight.ts';
import { Button, ButtonLink } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Notice } from '../parts/Notice.tsx';
import { keepFileToRecord } from '../record/fileToRecord.ts';
import { Seal } from '../seal/Seal.tsx';
import { useFind, type FindAnswer } from '../session/useFind.ts';
import { recordedBetween } from '../transaction/recordedBetween.ts';
import { checkPath } from '../links/linkAddress.ts';
import { files as fileWords } from '../words/files.en.ts';
import { overview } from '../words/overview.en.ts';
import { toldTitle } from '../words/told.ts';
import { useLocal } from './useLocal.ts';
import styles from './OverviewScreen.module.css';

const { dropped: words } = overview;

interface Props {
  readonly outcome: ReadOutcome;
  readonly onClose: () => void;
}

/** What to do with a file that was dropped: evidence is checked, a trust file read, any other looked for. */
export function DroppedFile({ outcome, onClose }: Props) {
  if (!isReadFile(outcome)) {
    return (
      <Notice urgent title={outcome.title} next={outcome.next}>
        <Button onClick={onClose}>{words.close}</Button>
      </Notice>
    );
  }
  return (
    <section className={styles.dropped} aria-label={outcome.name}>
      <div className={styles.droppedHead}>
        <h2>{fill(words.title, { name: outcome.name })}</h2>
        <Button look="quiet" onClick={onClose}>
          {words.close}
        </Button>
      </div>
      <WhatItIs file={outcome} />
    </section>
  );
}

function WhatItIs({ file }: { readonly file: ReadFile }) {
  const kind = useMemo(() => kindAtSight(file.name, file.bytes), [file]);
  const companion = useMemo(
    () => (kind ? undefined : recogniseCompanion(readContent(file.name, file.bytes.subarray(0, longestAtSight)))),
    [file, kind],
  );
  const address = addressIn(file);
  if (address) {
    return (
      <>
        <p>{fill(words.isAddress, { host: quoted(address.host) })}</p>
        <p>
          <ButtonLink look="primary" href={checkPath(address)}>
            {fill(fileWords.elsewhere.fetch, { host: address.host })}
          </ButtonLink>
        </p>
        <LookedFor file={file} />
      </>
    );
  }
  if (!kind) {
    return (
      <>
        {companion && (
          <>
            <p>{fill(words.isCompanion, { companion: companion.title })}</p>
            <p>
              <Button onClick={() => void handOver({ files: [file] })}>{words.check}</Button>
            </p>
          </>
        )}
        <LookedFor file={file} />
      </>
    );
  }
  if (kind.name === 'trust') {
    return (
      <>
        <p>{words.isTrust}</p>
        <p>
          <ButtonLink look="primary" href="#/anchors" onClick={() => keepTrustToRead(file)}>
            {words.anchors}
          </ButtonLink>
        </p>
      </>
    );
  }
  return (
    <>
      <p>{fill(words.isEvidence, { kind: toldTitle(kind) })}</p>
      <p>
        <Button look="primary" onClick={() => void handOver({ files: [file] })}>
          {words.check}
        </Button>
      </p>
    </>
  );
}

const nowhere: readonly never[] = [];

/** Tries the file as a record of its own, and the record that holds its digest. */
function LookedFor({ file }: { readonly file: ReadFile }) {
  const { trust } = usePins();
  const { local } = useLocal();
  const chains = trust.chains ?? nowhere;
  const digest = useDigest(file);
  const hashes = useMemo(() => (digest === undefined ? undefined : [digest, sha3Hex(fromHex(digest))]), [digest]);
  const answer = useFind(hashes, chains);
  if (digest === undefined) return <p>{words.hashing} …</p>;
  return (
    <>
      <div className={styles.droppedFacts}>
        <Seal digest={digest} size={96} />
        <div>
          <p>{words.digest}</p>
          <Digest hex={digest} what={words.digest} />
        </div>
      </div>
      <div role="status">
        {chains.length === 0 ? (
          <p>{words.noChains}</p>
        ) : (
          <Answer answer={answer} file={digest} names={chains.map(({ name }) => name)} />
        )}
      </div>
      {answer.result !== 'found' && local?.writer && (
        <p>
          <ButtonLink href="#/record" onClick={() => keepFileToRecord(file)}>
            {words.record}
          </ButtonLink>
        </p>
      )}
    </>
  );
}

function Answer({
  answer,
  file,
  names,
}: {
  readonly answer: FindAnswer;
  readonly file: string;
  readonly names: readonly string[];
}) {
  if (answer.result === 'searching') return <p>{fill(words.searching, { chains: list(names.map(quoted)) })} …</p>;
  if (answer.result !== 'found') return <p>{answer.result === 'absent' ? words.absent : words.unknown}</p>;
  const { session, state, hash, found } = answer.finding;
  const between = recordedBetween(state.snapshot?.mainChain ?? [], found.block);
  return (
    <>
      <p className={styles.answer}>
        {fill(words.found, { between: between ? betweenMoments(...between) : '…', chain: session.pin.name })}{' '}
        <small>({hash === file ? words.foundAsBytes : words.foundAsDigest})</small>
      </p>
      <p>
        <ButtonLink look="primary" href={`#/tx/${hash}`}>
          {words.show}
        </ButtonLink>
      </p>
    </>
  );
}
