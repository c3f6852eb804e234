import type { HostLedger } from '../../core/host/hostLedger.ts';
import type { Check } from '../../core/verdict/check.ts';
import { combine, verdictOf, type Verdict } from '../../core/verdict/status.ts';
import { offerDocuments, type DocumentOffer } from '../did/offerDocuments.ts';
import { findHost } from './findHost.ts';
import { launchOnHost, type Launched, type LaunchOrder } from './launchOnHost.ts';
import { readLedgers } from './readLedgers.ts';
import { timeWith } from './timeWith.ts';

export interface HostAuditOrder extends Pick<
  LaunchOrder,
  'trust' | 'validators' | 'accepted' | 'patience' | 'now' | 'signal' | 'onStep'
> {
  readonly did: string;
  /** Its address; what its DID document says where left out. */
  readonly url?: string;
}

export interface HostAudit extends Pick<Launched, 'credential' | 'files' | 'count' | 'vouched' | 'nonce' | 'details'> {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ledgers: readonly HostLedger[];
  /** Documents of `did:web` that nobody has pinned. */
  readonly offers: readonly DocumentOffer[];
}

/**
 * A host as it is now: a credential for a fresh nonce, the validators' proofs over it, its status list, and all that the pinned ledgers' registries prove about it and them.
 * @throws AuditorError `usage` HOST_ADDRESS, `source` HOST_OTHER where another host answers there, HOST_SERVICE | REFUSED; FormatError for what is no credential of a host
 */
export async function auditHost(order: HostAuditOrder): Promise<HostAudit> {
  const { did, trust, signal, now } = order;
  const asked = { now: now(), ...(signal && { signal }) };
  // Once to find it, and once more when it has answered: it may anchor a new list for that.
  const url =
    order.url ??
    (await findHost(did, { trust, now, ledgers: await readLedgers(trust, asked), ...(signal && { signal }) }));
  let ledgers: readonly HostLedger[] = [];
  const launched = await launchOnHost({
    ...order,
    host: url,
    mode: 'fan-out',
    ledgers: async () => (ledgers = await readLedgers(trust, { ...asked, now: now() })),
  });
  const { credential, files, count, vouched, nonce, checks: found, labels, details } = launched;
  // Whoever meets it for the first time has nothing from which it could have drifted.
  const checks = order.accepted ? found : found.filter(({ code }) => code !== 'HOST_DRIFT');
  const verdict = verdictOf(combine(checks.map(({ status }) => status)));
  const [policy] = (trust.hosts ?? []).filter(({ name }) => name === details?.policy);
  const offers = await offerDocuments([did, ...(policy?.validators ?? []).map((each) => each.did)], {
    trust,
    now,
    ...(signal && { signal }),
  });
  return {
    verdict,
    checks,
    labels,
    url,
    at: timeWith(now(), ledgers),
    ledgers,
    offers,
    credential,
    files,
    count,
    vouched,
    nonce,
    ...(details && { details }),
  };
}
