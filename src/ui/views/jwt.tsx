import type { JwtDetails } from '../../core/jwt/details.ts';
import type { Report } from '../../core/kinds/judge.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { utcMoment } from '../format/moment.ts';
import { Facts } from '../parts/Facts.tsx';
import { Moment } from '../parts/Moment.tsx';
import { views } from '../words/views.en.ts';
import type { KindView, KindViewProps } from './view.ts';
import styles from './views.module.css';

const { jwt: words } = views;

function detailsOf({ details }: Report): JwtDetails | undefined {
  return typeof details === 'object' && details !== null && 'payload' in details ? (details as JwtDetails) : undefined;
}

function headline(report: Report): string | undefined {
  const details = detailsOf(report);
  if (!details) return undefined;
  const time =
    details.issuedAt === null ? '' : fill(words.headline.time, { time: utcMoment(Date.parse(details.issuedAt)) });
  const template = report.verdict === 'verified' ? words.headline.verified : words.headline.other;
  return fill(template, { issuer: details.issuer ?? words.nobody, time });
}

/** The issuer may be pinned from what the token names; a key never may. */
function anchors(report: Report): Trust | undefined {
  const issuer = detailsOf(report)?.issuer;
  const isOpen = report.checks.some(({ code, status }) => code === 'JWT_ISSUER' && status === 'unknown');
  return issuer && isOpen && URL.canParse(issuer) ? { issuers: [issuer] } : undefined;
}

/** The key that it names and the issuer, where they are pinned. */
function used(report: Report, trust: Trust): { readonly trust: Trust; readonly builtIn: boolean } {
  const details = detailsOf(report);
  const keys = (trust.jwks?.keys ?? []).filter(({ kid }) => kid !== undefined && kid === details?.kid);
  const issuers = (trust.issuers ?? []).filter((issuer) => issuer === details?.issuer);
  return {
    trust: { ...(keys.length > 0 ? { jwks: { keys } } : {}), ...(issuers.length > 0 ? { issuers } : {}) },
    builtIn: false,
  };
}

function JwtView({ report }: KindViewProps) {
  const details = detailsOf(report);
  if (!details) return null;
  const { header, payload, parts, issuedAt, notBefore, expires, kid, thumbprint } = details;
  return (
    <>
      <section className={styles.section} aria-labelledby="times">
        <h2 id="times">{words.times}</h2>
        <Facts
          facts={[
            ...(
              [
                [words.issuedAt, issuedAt],
                [words.notBefore, notBefore],
                [words.expires, expires],
              ] as const
            ).map(
              ([name, time]) => [name, time === null ? null : <Moment key={name} at={Date.parse(time)} />] as const,
            ),
            [words.key, kid === null ? null : <code key="kid">{kid}</code>],
            [words.thumbprint, thumbprint === null ? null : <code key="thumbprint">{thumbprint}</code>],
          ]}
        />
      </section>
      <section className={styles.section} aria-labelledby="claims">
        <h2 id="claims">{words.payload}</h2>
        <pre className={styles.json}>{JSON.stringify(payload, null, 2)}</pre>
        <h3>{words.header}</h3>
        <pre className={styles.json}>{JSON.stringify(header, null, 2)}</pre>
      </section>
      <section className={styles.section} aria-labelledby="token">
        <h2 id="token">{words.token}</h2>
        <p className={styles.token}>
          {parts.map((piece, index) => (
            <code key={index} data-part={index} title={words.parts[index]}>
              {piece}
              {index < 2 ? '.' : ''}
            </code>
          ))}
        </p>
      </section>
    </>
  );
}

export const view: KindView = { headline, View: JwtView, anchors, used };
