import { useEffect } from 'react';
import { urlIn, isSecret } from '../../core/kinds/look.ts';
import { kinds } from '../../core/kinds/registry.ts';
import { decodeText } from '../../core/bytes/unwrap.ts';
import { fill } from '../../core/verdict/messages.ts';
import type { ReadFile } from '../files/readFiles.ts';
import { useDigest } from '../files/useDigest.ts';
import { size } from '../format/quantity.ts';
import { quoted } from '../format/quoted.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Button, ButtonLink } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Notice } from '../parts/Notice.tsx';
import lists from '../parts/lists.module.css';
import { check } from '../words/check.en.ts';
import { lookWords } from '../words/looks.en.ts';
import { toldTitle } from '../words/told.ts';
import { verdict } from '../words/verdict.en.ts';
import { lookAt, lookSentence } from './lookSentence.ts';
import styles from './CheckPage.module.css';

const { unknown: words } = check;

interface Props {
  readonly file: ReadFile;
  /** Puts it away: what was dropped by mistake should not stay. */
  readonly onRemove: () => void;
}

/** A file of no known kind: what it looks like, what to do, what is supported. A key that must be kept secret is warned of before all else. */
export function UnknownArticle({ file, onRemove }: Props) {
  const { name } = file;
  const look = lookAt(file);
  const digest = useDigest(file);
  const announce = useAnnounce();
  const secret = isSecret(look);
  const sentence = lookSentence(file);
  const address = look.name === 'url' ? urlIn(decodeText(file.bytes) ?? '') : undefined;
  useEffect(() => announce(sentence), [announce, sentence]);
  return (
    <article className={styles.companion} aria-label={name}>
      <header className={lists.section}>
        <h1>{fill(words.headline, { name })}</h1>
        {secret ? (
          <Notice urgent title={sentence} next={lookWords[look.name].todo}>
            <Button look="primary" onClick={onRemove}>
              {words.putAway}
            </Button>
          </Notice>
        ) : (
          <>
            <p>{sentence}</p>
            <p>{address ? fill(words.address, { host: quoted(address.host) }) : lookWords[look.name].todo}</p>
          </>
        )}
        {address && (
          <p>
            <ButtonLink look="primary" href={`index.html#/check?src=${encodeURIComponent(address.href)}`}>
              {fill(words.fetch, { host: address.host })}
            </ButtonLink>
          </p>
        )}
        {!secret && !address && <p>{words.next}</p>}
      </header>
      <details>
        <summary>{words.supported}</summary>
        <ul className={styles.kinds}>
          {kinds.map((kind) => (
            <li key={kind.name}>{toldTitle(kind)}</li>
          ))}
        </ul>
        <p>{words.wrapped}</p>
      </details>
      {!secret && (
        <Facts
          facts={[
            [verdict.fileSize, size(file.size)],
            [verdict.fileDigest, digest ? <Digest key="file" hex={digest} what={verdict.fileDigest} /> : '…'],
          ]}
        />
      )}
    </article>
  );
}
