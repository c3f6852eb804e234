import { use } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import type { Verdict } from '../../core/verdict/status.ts';
import { groups } from '../format/groups.ts';
import { Labels } from '../parts/Labels.tsx';
import { Mark } from '../parts/Mark.tsx';
import { QrPicture } from '../qr/QrPicture.tsx';
import { Seal } from '../seal/Seal.tsx';
import { verdictSentences } from '../words/common.en.ts';
import { views } from '../words/views.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { PrintedWithContext } from './printedWith.ts';
import styles from './CertificateSheet.module.css';

const { certificate: words } = views;

interface Props {
  readonly fileName: string;
  /** What the page is; a certificate where nothing else is said. */
  readonly title?: string;
  /** What it says, without the verdict. */
  readonly sentence: string;
  readonly verdict: Verdict;
  readonly labels: readonly string[];
  /** Title and value; rows without a value are left out. */
  readonly rows: readonly (readonly [title: string, value: string])[];
  /** The digest that people compare: in the file, or of it. */
  readonly digest: string;
  /** What it is the digest of. */
  readonly digestTitle?: string;
}

/** One printed page for evidence of whatever kind, as what its name says; the checks behind it follow on the next ones. */
export function PrintedCertificate(props: Props) {
  const { fileName, title = words.printTitle, sentence, verdict, labels, rows, digest } = props;
  const { digestTitle = words.sheetDigest } = props;
  const judged = use(PrintedWithContext);
  // The check page with the digest in its fragment, which reaches no server.
  const address = `${window.location.origin}${window.location.pathname}#${digest}`;
  return (
    <div className={styles.sheet}>
      <header>
        <p className={styles.name}>
          <Mark size={30} /> {title}
        </p>
        <Seal digest={digest} size={150} />
      </header>
      <p className={styles.sentence}>
        {sentence} <strong>{verdictSentences[verdict]}</strong> <StatusMark of={verdict} size={24} />
      </p>
      <Labels labels={labels} />
      <table>
        <tbody>
          {[...rows, ...judged.rows]
            .filter(([, value]) => value !== '')
            .map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className={isDigest(value) ? styles.hex : undefined}>{value}</td>
              </tr>
            ))}
          <tr className={styles.digest}>
            <th scope="row">{digestTitle}</th>
            <td className={styles.hex}>{groups(digest).join(' ')}</td>
          </tr>
        </tbody>
      </table>
      <footer>
        <QrPicture text={address} label={words.qr} size={132} />
        <div>
          <h2>{words.printCheck}</h2>
          <p>{fill(words.printCheckText, { name: fileName })}</p>
          <p>
            <code>{judged.command || `npm run -s check -- --trust TRUST_FILE ${fileName}`}</code>
          </p>
          <p className={styles.address}>{address}</p>
        </div>
      </footer>
    </div>
  );
}

/** A whole digest in groups of four. */
function isDigest(value: string): boolean {
  return /^([0-9a-f]{4} ){7,}[0-9a-f]{1,4}$/.test(value);
}
