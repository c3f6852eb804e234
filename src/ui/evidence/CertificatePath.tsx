import type { CertificateDetails, PathDetails } from '../../core/x509/describeCertificate.ts';
import { isWithin } from '../../core/x509/validity.ts';
import { fill } from '../../core/verdict/messages.ts';
import { utcMoment } from '../format/moment.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { evidence } from '../words/evidence.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { spanText, windowScale, type WindowScale } from './windowScale.ts';
import styles from './CertificatePath.module.css';

const { path: words } = evidence;

interface Props {
  readonly path: PathDetails;
  /** Milliseconds since 1970; undefined where nothing was judged. */
  readonly at: number | undefined;
  readonly id: string;
}

/** A path of certificates from the root down, each with its window on one line of time beside the judged time. */
export function CertificatePath({ path: { name, certificates, root }, at, id }: Props) {
  const scale =
    at === undefined
      ? undefined
      : windowScale(
          certificates.map(({ notBefore, notAfter }) => ({ from: Date.parse(notBefore), to: Date.parse(notAfter) })),
          at,
        );
  return (
    <section className={lists.section} aria-labelledby={id}>
      <h2 id={id}>{fill(words.title, { name })}</h2>
      <p className={lists.hint}>{certificates.length === 0 ? words.empty : scale ? words.hint : words.hintNoTime}</p>
      {certificates.length > 0 && (
        <div className={styles.path}>
          {scale && at !== undefined && <Axis scale={scale} at={at} />}
          <ol className={styles.cards} role="list">
            {certificates.map((certificate, index) => (
              <Card
                key={certificate.number}
                certificate={certificate}
                role={roleOf(index, certificates.length, root)}
                scale={scale}
                at={at}
              />
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}

function roleOf(index: number, count: number, root: PathDetails['root']): string {
  const standing = words.standing[root];
  if (count === 1) return `${words.only} · ${standing}`;
  if (index === 0) return `${words.root} · ${standing}`;
  return index === count - 1 ? words.leaf : words.authority;
}

function Axis({ scale, at }: { readonly scale: WindowScale; readonly at: number }) {
  return (
    <div className={styles.axis} aria-hidden="true">
      <div className={styles.line}>
        {scale.ticks.map(({ at: place, text }) => (
          <span key={place} className={styles.tick} style={{ insetInlineStart: `${100 * place}%` }}>
            {text}
          </span>
        ))}
        <span
          className={styles.now}
          data-side={scale.judged < 0.3 ? 'start' : scale.judged > 0.7 ? 'end' : undefined}
          style={{ insetInlineStart: `${100 * scale.judged}%` }}
        >
          <span>
            {words.judged} {utcMoment(at)}
          </span>
        </span>
      </div>
    </div>
  );
}

interface CardProps {
  readonly certificate: CertificateDetails;
  readonly role: string;
  readonly scale: WindowScale | undefined;
  readonly at: number | undefined;
}

function Card({ certificate, role, scale, at }: CardProps) {
  const { subject, issuer, serial, keyAlgorithm, signatureAlgorithm, fingerprint, pem } = certificate;
  const from = Date.parse(certificate.notBefore);
  const to = Date.parse(certificate.notAfter);
  const isInside = at === undefined ? undefined : isWithin(at, from, to);
  return (
    <li className={styles.card}>
      <div className={styles.who}>
        <p className={lists.hint}>{role}</p>
        <p className={styles.subject}>{subject}</p>
        <details className={styles.more}>
          <summary>{words.more}</summary>
          <Facts
            facts={[
              [words.issuer, issuer],
              [words.serial, <code key="serial">{serial}</code>],
              [words.key, keyAlgorithm],
              [words.signature, signatureAlgorithm],
              [words.fingerprint, <Digest key="print" hex={fingerprint} what={words.fingerprint} />],
              [
                words.copyPem,
                <span key="pem" className={styles.pem}>
                  PEM <CopyButton text={pem} what={words.pem} />
                </span>,
              ],
            ]}
          />
        </details>
      </div>
      <div className={styles.when}>
        {scale && (
          <div className={styles.line} aria-hidden="true">
            <span
              className={styles.bar}
              data-inside={isInside}
              style={{
                insetInlineStart: `${100 * scale.place(from)}%`,
                insetInlineEnd: `${100 * (1 - scale.place(to))}%`,
              }}
            />
            <span className={styles.mark} style={{ insetInlineStart: `${100 * scale.judged}%` }} />
          </div>
        )}
        <p className={styles.window}>
          {fill(words.window, { from: utcMoment(from), to: utcMoment(to) })}
          <span className={lists.hint}>
            {fill(words.lasting, { time: spanText(to - from) })}
            {isInside === true && ` · ${words.inside}`}
          </span>
          {isInside === false && at !== undefined && (
            <strong className={styles.outside}>
              <StatusMark of="fail" />{' '}
              {at < from
                ? fill(words.early, { time: spanText(from - at) })
                : fill(words.late, { time: spanText(at - to) })}
            </strong>
          )}
        </p>
      </div>
    </li>
  );
}
