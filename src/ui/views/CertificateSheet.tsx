import type { ChainPin } from '../../core/trust/trust.ts';
import type { ChainClaim } from '../../core/chain/certificate/chainCertificate.ts';
import { fill } from '../../core/verdict/messages.ts';
import type { Verdict } from '../../core/verdict/status.ts';
import { entryDigest } from '../anchors/describe.ts';
import { groups } from '../format/groups.ts';
import { utcMoment } from '../format/moment.ts';
import { count, number } from '../format/quantity.ts';
import { views } from '../words/views.en.ts';
import { PrintedCertificate } from './PrintedCertificate.tsx';

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
}

/** The certificate of a chain, printed. */
export function CertificateSheet(props: Props) {
  const { fileName, sentence, verdict, labels, claim, anchors, chain, skewSeconds, digest } = props;
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
  return <PrintedCertificate {...{ fileName, sentence, verdict, labels, rows, digest }} />;
}

function spaced(hex: string): string {
  return groups(hex).join(' ');
}
