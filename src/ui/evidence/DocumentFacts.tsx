import type { Explained } from '../../core/tee/explained.ts';
import type { Field } from '../../core/tee/field.ts';
import { humane } from '../format/humane.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { HexView } from '../verdict/HexView.tsx';
import type { EvidenceSource } from '../verdict/evidence.ts';
import { evidence as words } from '../words/evidence.en.ts';
import type { AttestationWords } from '../words/attestations.en.ts';

interface Props {
  readonly explained: Explained;
  readonly facts: AttestationWords['facts'];
  readonly evidence: EvidenceSource;
}

/** The few fields that people ask for first, by the names that people use. */
export function DocumentFacts({ explained, facts, evidence }: Props) {
  const rows = facts.flatMap(([title, name, as]) => {
    const [field] = name.split('|').flatMap((each) => find(explained.fields, each) ?? []);
    if (!field) return [];
    const value = as === 'bytes' ? bytesOf(field) : field;
    return [[title, <Value key={name} field={value} title={title} evidence={evidence} />] as const];
  });
  if (rows.length === 0) return null;
  return (
    <section className={lists.section} aria-labelledby="document">
      <h2 id="document">{words.facts.title}</h2>
      <Facts facts={rows} />
    </section>
  );
}

function Value({
  field,
  title,
  evidence,
}: {
  readonly field: Field;
  readonly title: string;
  readonly evidence: EvidenceSource;
}) {
  const { value, evidence: place } = field;
  if (value !== undefined && /^[0-9a-f]{16,}$/.test(value)) return <Digest hex={value} what={title} />;
  if (value !== undefined) return <>{humane(unquoted(value))}</>;
  const bytes = place && evidence(place.digest);
  if (!place || !bytes || place.length === 0) return <>{words.facts.none}</>;
  return <HexView bytes={bytes} name={title} offset={place.offset} length={place.length} />;
}

/** A text that stands in a JSON document, without its quotes. */
function unquoted(value: string): string {
  return /^"[^"\\]*"$/.test(value) ? value.slice(1, -1) : value;
}

/** The field whose bytes are the content: the part called so, where a length stands before it. */
function bytesOf({ name, evidence, children = [] }: Field): Field {
  if (children.length === 0) return { name, ...(evidence && { evidence }) };
  const content = children.find((child) => child.name === 'bytes');
  return { name, ...(content?.evidence && { evidence: content.evidence }) };
}

/** The first field of this name, the nearest to the top. */
function find(fields: readonly Field[], name: string): Field | undefined {
  return (
    fields.find((field) => field.name === name) ??
    fields.reduce<Field | undefined>((found, { children = [] }) => found ?? find(children, name), undefined)
  );
}
