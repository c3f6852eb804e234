import type { Report } from '../../core/kinds/judge.ts';
import type { NetworkClaim } from '../../core/network/certificate/networkCertificate.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { groups } from '../format/groups.ts';
import { utcMoment } from '../format/moment.ts';
import { number } from '../format/quantity.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { Moment } from '../parts/Moment.tsx';
import { shortAddress } from '../task/shortAddress.ts';
import task from '../task/Task.module.css';
import { certificateView } from '../views/certificateView.tsx';
import { detailsWith } from '../views/detailsWith.ts';
import { offeredLedger, usedLedger } from '../views/ledgerPins.ts';
import type { KindViewProps } from '../views/view.ts';
import { networkWords } from '../words/network.en.ts';
import { views } from '../words/views.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';

const { certificate: words } = networkWords;

interface NetworkDetails {
  readonly claim: NetworkClaim;
  readonly anchors: { readonly evm?: readonly EvmPin[] };
}

function headline(details: NetworkDetails, report: Report): string {
  const { valid, signers, trustNodes, timestamp, requestId, contract, chainId } = details.claim;
  const values = {
    found: number(signers.length),
    of: number(trustNodes.length),
    moment: utcMoment(timestamp * 1000),
    request: number(requestId),
    contract,
    chainId,
  };
  const which = report.verdict === 'verified' ? words.headline : words.says;
  return fill(valid ? which.valid : which.invalid, values);
}

const isNone = (hex: string): boolean => /^0x0*$/.test(hex);

function View({ details: { claim }, report }: KindViewProps & { readonly details: NetworkDetails }) {
  // Who signed is a claim until the verdict holds.
  const signed = report.verdict === 'verified' ? 'pass' : 'unknown';
  const { leaf, trustNodes, signers, needed } = claim;
  const { request } = networkWords;
  const digest = (name: string, hex: string) =>
    [name, isNone(hex) ? null : <Digest key={name} hex={hex.slice(2)} what={name} />] as const;
  return (
    <>
      <section className={lists.section} aria-labelledby="claim">
        <h2 id="claim">{views.certificate.claim}</h2>
        <Facts
          facts={[
            [request.outcome, claim.valid ? networkWords.cell.valid : networkWords.cell.invalid],
            [request.finalAt, <Moment key="at" at={claim.timestamp * 1000} />],
            digest(request.vm, (leaf ?? claim).vmId),
            digest(request.measurements, (leaf ?? claim).measurements),
            digest(request.evidence, (leaf ?? claim).evidence),
            [
              words.batch,
              leaf ? fill(words.batchText, { count: number(claim.count), request: number(claim.requestId) }) : null,
            ],
            [networkWords.matrix.request, number(claim.requestId)],
            [request.epoch, number(claim.epoch)],
            digest(networkWords.epochs.criteria, claim.criteria),
            digest(request.hash, claim.record),
            digest(request.previous, claim.previous),
            [words.network, <code key="contract">{claim.contract}</code>],
            [networkWords.list.columns.ledger, String(claim.chainId)],
          ]}
        />
      </section>
      <section className={lists.section} aria-labelledby="quorum">
        <h2 id="quorum">{request.quorum}</h2>
        <p>
          {fill(request.quorumText, {
            found: number(signers.length),
            needed: number(needed),
            of: number(trustNodes.length),
          })}
        </p>
        <ul className={task.seats} role="list">
          {trustNodes.map((account) => {
            const has = signers.includes(account);
            return (
              <li key={account} title={account} data-signed={has ? '' : undefined}>
                <StatusMark of={has ? signed : 'pending'} size={22} />
                <code>{shortAddress(account)}</code>
                <span>{has ? words.signed : words.notShown}</span>
              </li>
            );
          })}
        </ul>
      </section>
    </>
  );
}

function rows({ claim }: NetworkDetails): readonly (readonly [string, string])[] {
  const { request } = networkWords;
  const { vmId, measurements, evidence } = claim.leaf ?? claim;
  const digests = [
    [request.vm, vmId],
    [request.measurements, measurements],
    [request.evidence, evidence],
    [request.hash, claim.record],
  ] as const;
  const quorum = {
    found: number(claim.signers.length),
    needed: number(claim.needed),
    of: number(claim.trustNodes.length),
  };
  return [
    [request.outcome, claim.valid ? networkWords.cell.valid : networkWords.cell.invalid],
    [request.finalAt, utcMoment(claim.timestamp * 1000)],
    [request.quorum, fill(request.quorumText, quorum)],
    [words.network, claim.contract],
    ...digests
      .filter(([, hex]) => !isNone(hex))
      .map(([title, hex]) => [title, groups(hex.slice(2)).join(' ')] as const),
  ];
}

/** How the certificate of a network's record is shown. */
export const networkCertificateView = certificateView<NetworkDetails>({
  detailsOf: detailsWith('trustNodes'),
  headline,
  View,
  rows,
  anchors: ({ anchors }, trust) => offeredLedger(anchors.evm, trust),
  used: ({ claim }, trust) => usedLedger(claim.chainId, trust),
});
