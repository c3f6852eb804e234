import { fromHex } from '../../core/bytes/hex.ts';
import type { Report } from '../../core/kinds/judge.ts';
import type { CertificateDetails, NitroDetails } from '../../core/tee/nitro/details.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { walk } from '../../core/verdict/check.ts';
import { fill } from '../../core/verdict/messages.ts';
import { humane } from '../format/humane.ts';
import { number } from '../format/quantity.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Moment } from '../parts/Moment.tsx';
import { HexView } from '../verdict/HexView.tsx';
import { views } from '../words/views.en.ts';
import type { KindView, KindViewProps } from './view.ts';
import styles from './views.module.css';

const { nitro: words } = views;

function detailsOf({ details }: Report): NitroDetails | undefined {
  return typeof details === 'object' && details !== null && 'moduleId' in details
    ? (details as NitroDetails)
    : undefined;
}

/** What could be pinned so that more of it can be told: its measurement, and its root where that is not a trusted one. */
function anchors(report: Report): Trust | undefined {
  const details = detailsOf(report);
  if (!details || details.debug) return undefined;
  const open = new Set([...walk(report.checks)].filter(({ status }) => status !== 'pass').map(({ code }) => code));
  const { 0: zero, 1: one, 2: two } = details.pcrs;
  const root = details.certificates[0]?.pem;
  const measurements =
    open.has('TEE_MEASUREMENT') && zero && one && two ? [{ pcrs: { '0': zero, '1': one, '2': two } }] : undefined;
  const roots = open.has('TEE_ROOT') && root ? [root] : undefined;
  if (!measurements && !roots) return undefined;
  return { nitro: { ...(roots ? { roots } : {}), ...(measurements ? { measurements } : {}) } };
}

/** The root that its certificates lead to, and the measurement that it matched. */
function used(report: Report, trust: Trust): { readonly trust: Trust; readonly builtIn: boolean } {
  const root = detailsOf(report)?.root ?? null;
  const pinned = root !== null && root > 0 ? trust.nitro?.roots?.[root - 1] : undefined;
  const match = report.checks.find(({ code, status }) => code === 'TEE_MEASUREMENT' && status === 'pass');
  const measurement = trust.nitro?.measurements?.[Number(match?.params?.pin) - 1];
  const nitro = { ...(pinned ? { roots: [pinned] } : {}), ...(measurement ? { measurements: [measurement] } : {}) };
  return { trust: Object.keys(nitro).length > 0 ? { nitro } : {}, builtIn: root === 0 };
}

function NitroView({ report, bytes }: KindViewProps) {
  const details = detailsOf(report);
  if (!details) return null;
  const { moduleId, time, platform, publicKey, userData, nonce } = details;
  return (
    <>
      <section className={styles.section} aria-labelledby="document">
        <h2 id="document">{words.document}</h2>
        <Facts
          facts={[
            [words.time, <Moment key="time" at={Date.parse(time)} />],
            [words.module, <code key="module">{moduleId}</code>],
            [words.platform, words.platforms[platform]],
            [words.publicKey, <Field key="key" hex={publicKey} name={words.publicKey} />],
            [words.userData, <Field key="data" hex={userData} name={words.userData} />],
            [words.nonce, <Field key="nonce" hex={nonce} name={words.nonce} />],
          ]}
        />
      </section>
      <Registers details={details} />
      <section className={styles.section} aria-labelledby="certificates">
        <h2 id="certificates">{words.path}</h2>
        <ol className={styles.path} role="list">
          {details.certificates.map((certificate, index, all) => (
            <CertificateCard
              key={certificate.number}
              certificate={certificate}
              role={index === 0 ? 'root' : index === all.length - 1 ? 'leaf' : 'authority'}
              root={details.root}
            />
          ))}
        </ol>
      </section>
      <WhereItStands details={details} bytes={bytes} />
    </>
  );
}

function Field({ hex, name }: { readonly hex: string | null; readonly name: string }) {
  if (hex === null) return <>{words.none}</>;
  return <HexView bytes={fromHex(hex)} name={name} />;
}

function Registers({ details: { pcrs } }: { readonly details: NitroDetails }) {
  const isZero = (hex: string): boolean => /^0*$/.test(hex);
  return (
    <section className={styles.section} aria-labelledby="registers">
      <h2 id="registers">{words.registers}</h2>
      <p className={styles.hint}>{words.registersHint}</p>
      <table className={styles.registers}>
        <tbody>
          {Object.entries(pcrs)
            .filter(([, hex]) => !isZero(hex))
            .map(([register, hex]) => (
              <tr key={register}>
                <th scope="row">PCR {register}</th>
                <td>
                  <Digest hex={hex} what={`PCR ${register}`} />
                </td>
              </tr>
            ))}
          <tr>
            <th scope="row">
              {Object.entries(pcrs)
                .filter(([, hex]) => isZero(hex))
                .map(([register]) => register)
                .join(', ')}
            </th>
            <td>{words.zeros}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

interface CardProps {
  readonly certificate: CertificateDetails;
  readonly role: 'root' | 'leaf' | 'authority';
  /** Index of the root among the trusted ones: the built-in comes first. */
  readonly root: number | null;
}

function CertificateCard({ certificate, role, root }: CardProps) {
  const standing = root === null ? words.rootUnknown : root === 0 ? words.rootBuiltIn : words.rootPinned;
  return (
    <li>
      <p className={styles.role}>
        {words[role]}
        {role === 'root' && ` · ${standing}`}
      </p>
      <p className={styles.subject}>{certificate.subject}</p>
      <p className={styles.hint}>
        {humane(fill(words.validityText, { from: certificate.notBefore, to: certificate.notAfter }))} ·{' '}
        {certificate.keyAlgorithm}
      </p>
      <p className={styles.hint}>
        {words.fingerprint} <Digest hex={certificate.fingerprint} what={words.fingerprint} short />
      </p>
    </li>
  );
}

function WhereItStands({ details: { ranges }, bytes }: { readonly details: NitroDetails; readonly bytes: Uint8Array }) {
  return (
    <details className={styles.details}>
      <summary>{words.fields}</summary>
      <table className={styles.registers}>
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            <th scope="col" className={styles.number}>
              {words.offset}
            </th>
            <th scope="col" className={styles.number}>
              {words.length}
            </th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(ranges).map(([field, range]) => (
            <tr key={field}>
              <th scope="row">
                <code>{field}</code>
              </th>
              <td className={styles.number}>{number(range.offset)}</td>
              <td className={styles.number}>{number(range.length)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{words.bytes}</h3>
      <HexView bytes={bytes} name={words.bytes} />
    </details>
  );
}

export const view: KindView = { headline: ({ verdict }) => words.headline[verdict], View: NitroView, anchors, used };
