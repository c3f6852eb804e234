import type { HostDetails } from '../../core/host/details.ts';
import type { Explained } from '../../core/tee/explained.ts';
import { fill } from '../../core/verdict/messages.ts';
import { CertificatePath } from '../evidence/CertificatePath.tsx';
import { explainedOf } from '../evidence/explainedOf.ts';
import { mergePaths } from '../evidence/mergePaths.ts';
import { number } from '../format/quantity.ts';
import lists from '../parts/lists.module.css';
import { host } from '../words/host.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { shortened } from '../format/groups.ts';
import styles from './Host.module.css';

const { documents: words } = host;

/** The attestation documents of its environment and the quote of its TPM: registers beside what is pinned, certificate paths from the root down. */
export function HostDocuments({ documents, quote }: Pick<HostDetails, 'documents' | 'quote'>) {
  const shown = documents.map(({ kind, digest, details }) => ({ kind, digest, explained: explainedOf({ details }) }));
  const ofQuote = explainedOf({ details: quote });
  return (
    <>
      {documents.length === 0 && !ofQuote && <p className={lists.hint}>{words.none}</p>}
      {shown.map(({ kind, digest, explained }, place) =>
        explained ? (
          <Document key={digest} id={`document-${place}`} title={fill(words.title, { kind })} explained={explained} />
        ) : (
          <p key={digest}>{fill(words.missing, { kind, digest: shortened(digest) })}</p>
        ),
      )}
      {ofQuote && <Document id="quote" title={words.quote} explained={ofQuote} />}
    </>
  );
}

interface Props {
  readonly id: string;
  readonly title: string;
  readonly explained: Explained;
}

function Document({ id, title, explained: { registers, paths } }: Props) {
  const measured = registers.filter(({ hex, pinned }) => pinned !== null || !/^0*$/.test(hex));
  return (
    <>
      {measured.length > 0 && (
        <section className={lists.section} aria-labelledby={id}>
          <h2 id={id}>{title}</h2>
          <p className={lists.hint}>{tallyOf(measured)}</p>
          <details className={styles.more}>
            <summary>{words.measured}</summary>
            <table className={`${lists.facts} ${lists.rows}`}>
              <thead>
                <tr>
                  <th scope="col">{words.columns.register}</th>
                  <th scope="col">{words.columns.measured}</th>
                  <th scope="col">{words.columns.pinned}</th>
                </tr>
              </thead>
              <tbody>
                {measured.map(({ name, hex, pinned }) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td data-name={words.columns.measured}>
                      <code>{hex}</code>
                    </td>
                    <td className={styles.pinned}>
                      <span className={styles.state}>
                        {pinned !== null && <StatusMark of={pinned === hex ? 'pass' : 'fail'} size={18} />}{' '}
                        {pinned === null ? words.notPinned : pinned === hex ? words.equal : words.differs}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </section>
      )}
      {mergePaths(paths).map((path, place) => (
        <CertificatePath key={path.name} path={path} at={undefined} id={`${id}-path-${place}`} />
      ))}
    </>
  );
}

/** What of it is as it was pinned, without opening the table. */
function tallyOf(measured: Explained['registers']): string {
  const pinned = measured.filter((register) => register.pinned !== null);
  const equal = pinned.filter((register) => register.pinned === register.hex);
  if (pinned.length === 0) return words.nonePinned;
  return fill(words.tally, {
    equal: number(equal.length),
    pinned: number(pinned.length),
    all: number(measured.length),
  });
}
