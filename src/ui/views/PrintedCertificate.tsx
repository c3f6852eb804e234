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
import styles from './CertificateSheet.module.css';

const { certificate: words } = views;

interface Props {
  readonly fileName: string;
  /** What it says, without the verdict. */
  readonly sentence: string;
  readonly verdict: Verdict;
  readonly labels: readonly string[];
  /** Title and value; rows without a value are left out. */
  readonly rows: readonly (readonly [title: string, value: string])[];
  /** The digest in the file. */
  readonly digest: string;
}

/** A certificate of whatever system on one printed page, as what its name says; the checks behind it follow on the next ones. */
export function PrintedCertificate({ fileName, sentence, verdict, labels, rows, digest }: Props) {
  // The check page with the digest in its fragment, which reaches no server.
  const address = `${window.location.origin}${window.location.pathname}#${digest}`;
  return (
    <div className={styles.sheet}>
      <header>
        <p className={styles.name}>
          <Mark size={30} /> {words.printTitle}
        </p>
        <Seal digest={digest} size={150} />
      </header>
      <p className={styles.sentence}>
        {sentence} <strong>{verdictSentences[verdict]}</strong> <StatusMark of={verdict} size={24} />
      </p>
      <Labels labels={labels} />
      <table>
        <tbody>
          {rows
            .filter(([, value]) => value !== '')
            .map(([title, value]) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                <td>{value}</td>
              </tr>
            ))}
          <tr className={styles.digest}>
            <th scope="row">{words.sheetDigest}</th>
            <td>{groups(digest).join(' ')}</td>
          </tr>
        </tbody>
      </table>
      <footer>
        <QrPicture text={address} label={words.qr} size={132} />
        <div>
          <h2>{words.printCheck}</h2>
          <p>{fill(words.printCheckText, { name: fileName })}</p>
          <p>
            <code>npm run -s check -- --trust TRUST_FILE {fileName}</code>
          </p>
          <p className={styles.address}>{address}</p>
        </div>
      </footer>
    </div>
  );
}
