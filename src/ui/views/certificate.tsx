import { awsNitroRootFingerprint } from '../../core/tee/nitro/awsNitroRoot.ts';
import { fromHex, toHex } from '../../core/bytes/hex.ts';
import type { ChainClaim } from '../../core/chain/certificate/chainCertificate.ts';
import { transactionLeaf } from '../../core/chain/tree.ts';
import type { Report } from '../../core/kinds/judge.ts';
import type { ChainPin, Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { betweenMoments } from '../format/moment.ts';
import { count, number } from '../format/quantity.ts';
import { MerklePicture } from '../merkle/MerklePicture.tsx';
import { hostCertificateView } from '../host/hostCertificateView.tsx';
import { networkCertificateView } from '../network/networkCertificateView.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Moment } from '../parts/Moment.tsx';
import { taskCertificateView } from '../task/taskCertificateView.tsx';
import { isTraceReport, traceCertificateView } from '../trace/audit/traceCertificateView.tsx';
import { views } from '../words/views.en.ts';
import { CertificateSheet } from './CertificateSheet.tsx';
import type { CertificateView } from './certificateView.tsx';
import { sealedDigest } from './sealedDigest.ts';
import type { KindView, KindViewProps, UsedAnchors } from './view.ts';
import lists from '../parts/lists.module.css';

const { certificate: words } = views;

/** What the chain's certificates bring to draw; more of it the further they could be judged. */
interface ChainDetails {
  readonly claim: ChainClaim;
  readonly anchors: ChainPin;
  readonly blocks: number;
  readonly chain?: string;
  readonly through?: number;
  readonly skewSeconds?: number;
  readonly leaves?: number;
  readonly path?: readonly string[];
  readonly block?: string;
}

function detailsOf({ details }: Report): ChainDetails | undefined {
  return typeof details === 'object' && details !== null && 'claim' in details ? (details as ChainDetails) : undefined;
}

function headline(report: Report): string {
  const details = detailsOf(report);
  if (!details) return words.headline.unread;
  const { claim, chain = '', through = 0 } = details;
  const file = report.checks.find(({ code, status }) => code === 'CERTIFICATE_FILE' && status === 'pass');
  const what = file ? fill(words.thisFile, { name: file.params?.name ?? '' }) : words.thisRecord;
  const between = betweenMoments(claim.after * 1000, claim.before * 1000);
  return fill(words.headline[report.verdict], { what, between, chain, through: number(through) });
}

/** The anchors that it lists, under the name that the chain has or would get here. */
function anchors(report: Report, trust: Trust): Trust | undefined {
  const details = detailsOf(report);
  if (!details || report.verdict !== 'undetermined') return undefined;
  const { genesis } = details.claim;
  const known = trust.chains?.find((chain) => chain.genesis === genesis);
  const name = known?.name ?? fill(words.unpinnedName, { genesis: genesis.slice(0, 8) });
  return { chains: [{ ...details.anchors, name }] };
}

/** The pin of its chain, where there is one. */
function used(report: Report, trust: Trust): UsedAnchors {
  const details = detailsOf(report);
  const chain = trust.chains?.find(({ genesis }) => genesis !== undefined && genesis === details?.claim.genesis);
  return {
    trust: chain ? { chains: [chain] } : {},
    roots: chain && chain.nitroRoots === undefined ? [awsNitroRootFingerprint] : [],
  };
}

function ChainView({ report }: KindViewProps) {
  const details = detailsOf(report);
  if (!details) return null;
  const { claim, anchors: listed, blocks, chain, skewSeconds, leaves, path, block } = details;
  return (
    <>
      <section className={lists.section} aria-labelledby="claim">
        <h2 id="claim">{words.claim}</h2>
        <Facts
          facts={[
            [words.between, <Moment key="after" at={claim.after * 1000} />],
            [words.and, <Moment key="before" at={claim.before * 1000} />],
            [words.record, <Digest key="record" hex={claim.hash} what={words.record} />],
            [words.chain, chain ?? fill(words.unpinnedChain, { genesis: claim.genesis.slice(0, 8) })],
            [words.genesis, <Digest key="genesis" hex={claim.genesis} what={words.genesis} />],
            [words.height, number(claim.height)],
            [
              words.leaf,
              leaves === undefined
                ? fill(words.leafAlone, { leaf: number(claim.leaf) })
                : fill(words.leafText, { leaf: number(claim.leaf), leaves: number(leaves) }),
            ],
            [words.block, block === undefined ? null : <Digest key="block" hex={block} what={words.block} />],
            [words.issuer, listed.timestamp?.issuer ?? null],
            [
              words.skew,
              skewSeconds === undefined ? null : fill(words.skewText, { seconds: count(skewSeconds, 'second') }),
            ],
            [words.blocks, number(blocks)],
          ]}
        />
      </section>
      {path && leaves !== undefined && (
        <section className={lists.section} aria-labelledby="path">
          <h2 id="path">{words.path}</h2>
          <MerklePicture
            leaf={toHex(transactionLeaf(fromHex(claim.hash)))}
            index={claim.leaf}
            leaves={leaves}
            path={path}
          />
        </section>
      )}
    </>
  );
}

function Sheet({ name, report, bytes }: KindViewProps) {
  const details = detailsOf(report);
  const sealed = sealedDigest(bytes);
  if (!details || sealed === undefined) return null;
  const { claim, anchors: listed, chain, skewSeconds } = details;
  return (
    <CertificateSheet
      fileName={name}
      sentence={headline(report)}
      verdict={report.verdict}
      labels={report.labels}
      claim={claim}
      anchors={listed}
      chain={chain ?? fill(words.unpinnedChain, { genesis: claim.genesis.slice(0, 8) })}
      skewSeconds={skewSeconds}
      digest={sealed}
    />
  );
}

const chainCertificateView = { isOf: () => true, headline, View: ChainView, Sheet, anchors, used };

/** The first that knows a report shows it. Tasks name a ledger as networks do, and what could not be read at all is shown as a chain's. */
const systems: readonly CertificateView[] = [
  networkCertificateView,
  taskCertificateView,
  hostCertificateView,
  { ...traceCertificateView, isOf: isTraceReport },
  chainCertificateView,
];

function viewOf(report: Report): KindView {
  return systems.find(({ isOf }) => isOf(report)) ?? chainCertificateView;
}

/** Chains, tasks, hosts, networks and traces: what each claims is drawn by its own view, all else is one page for all. */
export const view: KindView = {
  headline: (report) => viewOf(report).headline?.(report),
  View: (props) => {
    const { View } = viewOf(props.report);
    return View ? <View {...props} /> : null;
  },
  Sheet: (props) => {
    const { Sheet: Own } = viewOf(props.report);
    return Own ? <Own {...props} /> : null;
  },
  anchors: (report, trust) => viewOf(report).anchors?.(report, trust),
  used: (report, trust) => viewOf(report).used?.(report, trust) ?? { trust: {}, roots: [] },
  digest: (_report, bytes) => sealedDigest(bytes),
};
