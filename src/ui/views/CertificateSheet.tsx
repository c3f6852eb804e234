import type { ChainPin } from '../../core/trust/trust.ts';
import type { ChainClaim } from '../../core/chain/certificate/chainCertificate.ts';
import { fill } from '../../core/verdict/messages.ts';
import type { Verdict } from '../../core/verdict/status.ts';
import { entryDigest } from '../anchors/describe.ts';
import { groups } from '../format/groups.ts';
import { utcMoment } from '../format/moment.ts';
import { count, number } from '../format/quantity.ts';
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
  readonly sentence: string;
  readonly verdict: Verdict;
  readonly labels: readonly string[];
  readonly claim: ChainClaim;
  readonly anchors: ChainPin;
  readonly chain: string;
  readonly skewSeconds: number | undefined;
  /** The digest in the file. */
  readonly digest: string;
  /** The address of the check page with the digest in its fragment. */
  readonly address: string;
}

/** The certificate on one printed page, as what its name says; the checks behind it follow on the next ones. */
export function CertificateSheet(props: Props) {
  const { fileName, sentence, verdict, labels, claim, anchors, chain, skewSeconds, digest, address } = props;
  const jwk = anchors.timestamp?.jwks?.keys[0];
  const rows: readonly (readonly [string, string])[] = [
    [words.between, utcMoment(claim.after * 1000)],
    [words.and, utcMoment(claim.before * 1000)],
    [words.skew, skewSeconds === undefined ? '' : fill(words.skewText, { seconds: count(skewSeconds, 'second') })],
    [words.record, spaced(claim.hash)],
    [words.chain, chain],
    [words.genesis, spaced(claim.genesis)],
    [words.height, `${number(claim.height)}, ${fill(words.leafAlone, { leaf: number(claim.leaf) })}`],
    [words.sequencer, spaced(entryDigest(claim.sequencerKey))],
    [words.issuer, anchors.timestamp?.issuer ?? ''],
    [words.issuerKey, jwk ? spaced(entryDigest(jwk)) : ''],
  ];
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
            .map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          <tr className={styles.digest}>
            <th scope="row">{words.sheetDigest}</th>
            <td>{spaced(digest)}</td>
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

function spaced(hex: string): string {
  return groups(hex).join(' ');
}
