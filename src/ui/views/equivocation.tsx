import { awsNitroRootFingerprint } from '../../core/tee/nitro/awsNitroRoot.ts';
import { fromBase64Url } from '../../core/bytes/base64.ts';
import type { Report } from '../../core/kinds/judge.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { saveFile } from '../files/saveFile.ts';
import { count } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { HexView } from '../verdict/HexView.tsx';
import { verdict as verdictWords } from '../words/verdict.en.ts';
import { views } from '../words/views.en.ts';
import type { KindView, KindViewProps, UsedAnchors } from './view.ts';
import lists from '../parts/lists.module.css';
import styles from './views.module.css';

const { equivocation: words } = views;

/** The two documents as the file holds them; none where it cannot be read, which the checks say. */
function documentsOf(bytes: Uint8Array): readonly Uint8Array[] {
  try {
    const { documents } = JSON.parse(new TextDecoder().decode(bytes)) as { readonly documents?: unknown };
    return Array.isArray(documents) ? documents.map((text) => fromBase64Url(String(text))) : [];
  } catch (error) {
    if (error instanceof FormatError || error instanceof SyntaxError) return [];
    throw error;
  }
}

function numbersOf({ checks }: Report): readonly (string | undefined)[] {
  return checks
    .filter(({ code }) => code === 'EQUIVOCATION_DOCUMENT')
    .map(({ params }) => (params?.k === undefined ? undefined : String(params.k)));
}

/** The pin of the chain that it is about. */
function used(report: Report, trust: Trust): UsedAnchors {
  const name = report.checks.find(({ code }) => code === 'EQUIVOCATION_PINNED')?.params?.chain;
  const chain = trust.chains?.find((each) => each.name === name);
  return {
    trust: chain ? { chains: [chain] } : {},
    roots: chain && chain.nitroRoots === undefined ? [awsNitroRootFingerprint] : [],
  };
}

function EquivocationView({ report, bytes }: KindViewProps) {
  const documents = documentsOf(bytes);
  const numbers = numbersOf(report);
  if (documents.length === 0) return null;
  return (
    <section className={lists.section} aria-labelledby="documents">
      <h2 id="documents">{words.documents}</h2>
      <div className={styles.pair}>
        {documents.map((document, index) => {
          const k = numbers[index];
          const title = k === undefined ? fill(words.document, { number: index + 1 }) : fill(words.number, { k });
          return (
            <article key={index} aria-label={fill(words.document, { number: index + 1 })}>
              <h3>{title}</h3>
              <HexView bytes={document} name={title} />
              <p>
                <Button
                  look="quiet"
                  onClick={() =>
                    saveFile(`attestation-${k ?? index + 1}.bin`, new Uint8Array(document), 'application/octet-stream')
                  }
                >
                  {fill(verdictWords.saveEvidence, { length: count(document.length, 'byte') })}
                </Button>
              </p>
            </article>
          );
        })}
      </div>
    </section>
  );
}

export const view: KindView = {
  headline: ({ verdict }) => words.headline[verdict],
  View: EquivocationView,
  used,
  objects: (_report, bytes) => documentsOf(bytes),
};
