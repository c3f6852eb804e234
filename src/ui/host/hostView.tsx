import type { HostDetails } from '../../core/host/details.ts';
import type { Report } from '../../core/kinds/judge.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { explainedOf } from '../evidence/explainedOf.ts';
import { number } from '../format/quantity.ts';
import type { KindView, KindViewProps, UsedAnchors } from '../views/view.ts';
import { host as words } from '../words/host.en.ts';
import { HostSections } from './HostSections.tsx';

/** What judging a host's credential brings to draw, or undefined where a report is of something else. */
export function hostDetailsOf({ details }: Pick<Report, 'details'>): HostDetails | undefined {
  const isHost = typeof details === 'object' && details !== null && 'form' in details && details.form === 'host';
  return isHost ? (details as HostDetails) : undefined;
}

/** The sentence about a host, without the verdict. */
export function hostHeadline({ counted, seats, policy }: Pick<HostDetails, 'counted' | 'seats' | 'policy'>): string {
  if (policy === null) return words.headline.unselected;
  return fill(words.headline.counted, { counted: number(counted), selected: number(seats.length) });
}

function View({ report }: KindViewProps) {
  const details = hostDetailsOf(report);
  return details ? <HostSections details={details} /> : null;
}

/** Roots and keys that its documents name and that are not pinned; never what was measured, which is pinned for a host and not for the world. */
export function hostAnchors(details: HostDetails): Trust | undefined {
  const offers = [...details.documents.map((each) => each.details), details.quote].flatMap(
    (each) => explainedOf({ details: each })?.offered ?? [],
  );
  const roots = offers.flatMap(({ nitro }) => nitro?.roots ?? []);
  const keys = offers.flatMap(({ tpm }) => tpm?.attestationKeys ?? []);
  if (roots.length === 0 && keys.length === 0) return undefined;
  return {
    ...(roots.length > 0 ? { nitro: { roots } } : {}),
    ...(keys.length > 0 ? { tpm: { attestationKeys: keys } } : {}),
  };
}

/** What the verdict over a host rests on: its entry, and the roots and keys of its documents. */
export function hostUsed({ policy }: HostDetails, { hosts = [], nitro, tpm }: Trust): UsedAnchors {
  return {
    trust: {
      hosts: hosts.filter(({ name }) => name === policy),
      ...(nitro?.roots ? { nitro: { roots: nitro.roots } } : {}),
      ...(tpm ? { tpm } : {}),
    },
    roots: [],
  };
}

/** How a host's credential is shown, where it is not in a certificate. */
export const hostView = {
  headline: (report: Report) => {
    const details = hostDetailsOf(report);
    return details ? hostHeadline(details) : words.headline.unread;
  },
  View,
  anchors: (report: Report) => {
    const details = report.verdict === 'undetermined' ? hostDetailsOf(report) : undefined;
    return details && hostAnchors(details);
  },
  used: (report: Report, trust: Trust) => {
    const details = hostDetailsOf(report);
    return details ? hostUsed(details, trust) : { trust: {}, roots: [] };
  },
} satisfies KindView;
