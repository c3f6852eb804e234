import { useEffect, useMemo } from 'react';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { readContent } from '../../core/kinds/content.ts';
import { kinds } from '../../core/kinds/registry.ts';
import type { Explained } from '../../core/tee/explained.ts';
import { fill } from '../../core/verdict/messages.ts';
import { certificateFields } from '../../core/x509/certificateFields.ts';
import { DocumentFields } from '../evidence/DocumentFields.tsx';
import type { ReadFile } from '../files/readFiles.ts';
import { useDigest } from '../files/useDigest.ts';
import { list, size } from '../format/quantity.ts';
import { quoted } from '../format/quoted.ts';
import type { JudgedFile } from '../judging/useJudging.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { evidenceSource } from '../verdict/evidence.ts';
import { check } from '../words/check.en.ts';
import { toldCompanion, toldTitle } from '../words/told.ts';
import { verdict } from '../words/verdict.en.ts';
import styles from './CheckPage.module.css';

const { companion: words } = check;

interface Props {
  readonly judged: JudgedFile;
  readonly file: ReadFile;
  /** The evidence that it is judged beside. */
  readonly beside: readonly JudgedFile[];
  readonly onSelect: (id: number) => void;
}

/** A file that is no evidence by itself: what it is, and what it goes with. No verdict, because nothing was asked of it. */
export function CompanionArticle({ judged: { name, companion }, file, beside, onSelect }: Props) {
  const digest = useDigest(file);
  const announce = useAnnounce();
  const headline = fill(words.headline, { name, title: companion ? toldCompanion(companion) : words.unknown });
  const names = list(beside.map((each) => quoted(each.name)));
  const served = (companion?.serves ?? []).flatMap((serves) =>
    kinds.filter((kind) => kind.name === serves).map(toldTitle),
  );
  useEffect(() => announce(headline), [announce, headline]);
  return (
    <article className={styles.companion} aria-label={name}>
      <header className={lists.section}>
        <h1>{headline}</h1>
        <p>{beside.length > 0 ? fill(words.used, { names }) : fill(words.serves, { kinds: list(served) })}</p>
        {beside.map((each) => (
          <p key={each.id}>
            <Button onClick={() => onSelect(each.id)}>{fill(words.show, { name: each.name })}</Button>
          </p>
        ))}
      </header>
      <CertificateInside file={file} />
      <Facts
        facts={[
          [verdict.fileSize, size(file.size)],
          [verdict.fileDigest, digest ? <Digest key="file" hex={digest} what={verdict.fileDigest} /> : '…'],
        ]}
      />
    </article>
  );
}

/** Its fields and bytes, where it is one certificate. */
function CertificateInside({ file: { name, bytes } }: { readonly file: ReadFile }) {
  const drawn = useMemo(() => {
    const { bytes: der } = readContent(name, bytes);
    if (der[0] !== 0x30) return undefined;
    const fields = certificateFields(der, { digest: sha3Hex(der), offset: 0 });
    const explained: Explained = { fields, paths: [], registers: [], pinnedAt: '' };
    return fields.length === 0 ? undefined : { explained, evidence: evidenceSource(() => [der]) };
  }, [name, bytes]);
  return drawn && <DocumentFields {...drawn} messages={{}} />;
}
