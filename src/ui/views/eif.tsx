import type { Report } from '../../core/kinds/judge.ts';
import type { EifDetails, EifSectionDetails } from '../../core/tee/eif/details.ts';
import { fill } from '../../core/verdict/messages.ts';
import { CertificatePath } from '../evidence/CertificatePath.tsx';
import { DocumentFields } from '../evidence/DocumentFields.tsx';
import { explainedOf } from '../evidence/explainedOf.ts';
import { count, list, number, size } from '../format/quantity.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { eif as words } from '../words/eif.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import styles from './eif.module.css';
import shared from './views.module.css';
import type { KindView, KindViewProps } from './view.ts';

function detailsOf({ details }: Report): EifDetails | undefined {
  return typeof details === 'object' && details !== null && 'sections' in details ? (details as EifDetails) : undefined;
}

function EifView({ report, messages, evidence }: KindViewProps) {
  const details = detailsOf(report);
  if (!details) return null;
  const { explained, metadata } = details;
  const at = report.at === null ? undefined : Date.parse(report.at);
  return (
    <>
      <Image details={details} />
      <Sections sections={details.sections} />
      <Registers details={details} />
      {metadata !== null && (
        <section className={lists.section} aria-labelledby="metadata">
          <h2 id="metadata">{words.metadata}</h2>
          <p className={lists.hint}>{words.metadataHint}</p>
          <pre className={shared.json}>{metadata}</pre>
        </section>
      )}
      {explained.paths.map((path, index) => (
        <CertificatePath key={path.name} path={path} at={at} id={`certificates-${index}`} />
      ))}
      <DocumentFields explained={explained} messages={messages} evidence={evidence} />
    </>
  );
}

function Image({ details }: { readonly details: EifDetails }) {
  const wants = fill(words.wantsText, {
    memory: size(Number(details.defaultMemory)),
    processors: count(Number(details.defaultProcessors), 'processor'),
  });
  return (
    <section className={lists.section} aria-labelledby="image">
      <h2 id="image">{words.image}</h2>
      <Facts
        facts={[
          [words.size, `${size(details.size)} (${number(details.size)})`],
          [words.version, fill(words.versionText, { version: details.version })],
          [words.processor, <code key="processor">{details.architecture}</code>],
          [words.wants, wants],
          [words.signer, details.signer?.subject ?? words.unsigned],
          [
            words.cmdline,
            <code key="cmdline" className={styles.cmdline}>
              {details.cmdline}
            </code>,
          ],
        ]}
      />
    </section>
  );
}

/** The sections as a bar, as wide as they are long; the table says the same in numbers. */
function Sections({ sections }: { readonly sections: readonly EifSectionDetails[] }) {
  return (
    <section className={lists.section} aria-labelledby="sections">
      <h2 id="sections">{words.sections}</h2>
      <p className={lists.hint}>{words.sectionsHint}</p>
      <div className={styles.bar} aria-hidden="true">
        {sections.map((section, index) => (
          <span
            key={section.offset}
            data-type={section.type}
            style={{ flexGrow: section.size }}
            title={`${nameOf(sections, index)}: ${size(section.size)}`}
          />
        ))}
      </div>
      <table className={lists.facts}>
        <thead>
          <tr>
            <th scope="col">{words.columns.section}</th>
            <th scope="col">{words.columns.offset}</th>
            <th scope="col">{words.columns.size}</th>
            <th scope="col">{words.columns.measured}</th>
          </tr>
        </thead>
        <tbody>
          {sections.map(({ type, offset, size: bytes, measuredIn }, index) => (
            <tr key={offset}>
              <th scope="row">
                <span className={styles.swatch} data-type={type} aria-hidden="true" /> {nameOf(sections, index)}
              </th>
              <td className={styles.number}>{number(offset)}</td>
              <td className={styles.number}>{number(bytes)}</td>
              <td>
                {measuredIn.length === 0
                  ? words.notMeasured
                  : `PCR ${list(measuredIn.map((register) => String(register)))}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Ramdisks are numbered where there is more than one. */
function nameOf(sections: readonly EifSectionDetails[], index: number): string {
  const { type } = sections[index] as EifSectionDetails;
  const same = sections.filter((section) => section.type === type);
  const place = same.indexOf(sections[index] as EifSectionDetails) + 1;
  return same.length > 1 ? `${words.types[type]} ${place}` : words.types[type];
}

function Registers({ details }: { readonly details: EifDetails }) {
  const { registers, attested, explained } = details;
  const pinned = new Map(explained.registers.map(({ name, pinned: value }) => [name, value]));
  const isPinned = explained.registers.some(({ pinned: value }) => value !== null);
  return (
    <section className={lists.section} aria-labelledby="registers">
      <h2 id="registers">{words.registers}</h2>
      <p className={lists.hint}>{words.registersHint}</p>
      <table className={lists.facts}>
        <thead>
          <tr>
            <th scope="col">{words.register}</th>
            <th scope="col">{words.image0}</th>
            {isPinned && <th scope="col">{words.pinned}</th>}
            {attested.map(({ name }, index) => (
              <th key={`${name} ${index}`} scope="col">
                {fill(words.attested, { name })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(registers).map(([register, hex]) => (
            <tr key={register} data-register={register}>
              <th scope="row" className={styles.register}>
                PCR {register}
              </th>
              <td>{isZeros(hex) ? words.zeros : <Digest hex={hex} what={`PCR ${register}`} />}</td>
              {isPinned && (
                <td>
                  <Compared own={hex} other={pinned.get(`PCR ${register}`) ?? undefined} />
                </td>
              )}
              {attested.map((document, index) => (
                <td key={`${document.name} ${index}`}>
                  <Compared own={hex} other={document.registers[register]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Compared({ own, other }: { readonly own: string; readonly other: string | undefined }) {
  if (other === undefined) return <>{words.missing}</>;
  if (other === own) {
    return (
      <>
        <StatusMark of="pass" /> {words.equal}
      </>
    );
  }
  return (
    <>
      <StatusMark of="fail" /> {fill(words.different, { hex: isZeros(other) ? words.zeros : `${other.slice(0, 16)}…` })}
    </>
  );
}

const isZeros = (hex: string): boolean => /^0*$/.test(hex);

export const view: KindView = {
  headline: ({ verdict }) => words.headline[verdict],
  View: EifView,
  anchors: (report) => explainedOf(report)?.offered,
  used: (report) => ({ trust: explainedOf(report)?.used ?? {}, roots: [] }),
  objects: (report) => explainedOf(report)?.objects ?? [],
};
