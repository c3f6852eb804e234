import type { JwtDetails } from '../../core/jwt/details.ts';
import type { Report } from '../../core/kinds/judge.ts';
import { fill } from '../../core/verdict/messages.ts';
import { attestationView } from '../evidence/attestationView.tsx';
import { utcMoment } from '../format/moment.ts';
import { attestations, tokens as words } from '../words/attestations.en.ts';

/** Whose token it is and of when, as far as it says. */
function headline({ details, verdict }: Report): string | undefined {
  if (typeof details !== 'object' || details === null || !('payload' in details)) return undefined;
  const { issuedAt, issuer } = details as JwtDetails;
  const time = issuedAt === null ? '' : fill(words.time, { time: utcMoment(Date.parse(issuedAt)) });
  return fill(verdict === 'verified' ? words.verified : words.other, { issuer: issuer ?? words.nobody, time });
}

export const view = attestationView(attestations.jwt, { headline });
