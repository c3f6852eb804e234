import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { certificateFields } from '../../core/x509/certificateFields.ts';
import type { Explained } from '../../core/tee/explained.ts';
import type { Field } from '../../core/tee/field.ts';
import type { Evidence } from '../../core/verdict/check.ts';
import { fill, type Messages } from '../../core/verdict/messages.ts';
import { humane } from '../format/humane.ts';
import { count } from '../format/quantity.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import lists from '../parts/lists.module.css';
import type { EvidenceSource } from '../verdict/evidence.ts';
import { evidence as evidenceWords } from '../words/evidence.en.ts';
import { BytesPane } from './BytesPane.tsx';
import { FieldTree } from './FieldTree.tsx';
import { fieldNodes, nodeAt, walkNodes, type FieldNode, type Opener } from './fieldNodes.ts';
import { segmentsOf } from './segments.ts';
import { useShownBytes } from './shownBytes.ts';
import styles from './DocumentFields.module.css';

const { fields: words } = evidenceWords;

interface Props {
  readonly explained: Explained;
  readonly messages: Messages;
  /** Finds the object that a field stands in. */
  readonly evidence: EvidenceSource;
}

/** Longer lists of fields begin closed. */
const openUpTo = 24;

interface Pointed {
  readonly node: FieldNode | undefined;
  /** Where it was pointed at in the bytes; absent where in the tree. */
  readonly offset?: number | undefined;
}

/** The document as a tree of fields beside its bytes; each shows what is chosen in the other. */
export function DocumentFields({ explained, messages, evidence }: Props) {
  const nodes = useMemo(() => fieldNodes(explained.fields, openerOf(evidence)), [explained, evidence]);
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () =>
      new Set(nodes.filter(({ children, field }) => field.children && children.length <= openUpTo).map(({ id }) => id)),
  );
  const [selectedId, setSelectedId] = useState<string>();
  const [marked, setMarked] = useState<Evidence>();
  const [underPointer, setUnderPointer] = useState<Pointed>();
  const [underCursor, setUnderCursor] = useState<Pointed>();
  // A pointer that lies still is moved over something by every scrolling of the page, which the keys cause.
  const pointed = underCursor ?? underPointer;
  const [focusRequest, setFocusRequest] = useState(0);
  const section = useRef<HTMLElement>(null);
  const byId = useMemo(() => new Map([...walkNodes(nodes)].map((node) => [node.id, node])), [nodes]);
  const selected = selectedId === undefined ? undefined : byId.get(selectedId);

  // The tree may be long, so it is drawn again only where something in it changes, not for every byte that is pointed at.
  const select = useCallback((node: FieldNode): void => {
    setSelectedId(node.id);
    setMarked(node.field.evidence);
  }, []);
  const setOpenOne = useCallback(
    (id: string, isOpen: boolean): void =>
      setOpen((all) => (isOpen ? new Set([...all, id]) : new Set([...all].filter((each) => each !== id)))),
    [],
  );
  const point = useCallback((node: FieldNode | undefined): void => setUnderPointer(node && { node }), []);
  const openTo = (node: FieldNode): void => setOpen((all) => new Set([...all, ...node.parents.map(({ id }) => id)]));

  const { request } = useShownBytes();
  const [answered, setAnswered] = useState(request?.number ?? 0);
  if (request && request.number !== answered) {
    setAnswered(request.number);
    const node = nodeAt(nodes, request.evidence);
    if (node) openTo(node);
    setSelectedId(node?.id);
    setMarked(request.evidence);
    setFocusRequest((number) => number + 1);
  }
  useEffect(() => {
    if (focusRequest === 0) return;
    section.current?.scrollIntoView({ block: 'start' });
    section.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [focusRequest]);

  const digest = marked?.digest ?? firstIn(nodes)?.field.evidence?.digest;
  const bytes = digest === undefined ? undefined : evidence(digest);
  const segments = useMemo(
    () => (digest === undefined || bytes === undefined ? [] : segmentsOf(nodes, digest, bytes.length)),
    [nodes, digest, bytes],
  );
  const name = objectName(firstIn(nodes, digest));
  const spanOf = (place: Evidence | undefined) => (place?.digest === digest ? place : undefined);
  return (
    <section ref={section} className={styles.section} aria-labelledby="document-fields">
      <h2 id="document-fields">{words.title}</h2>
      <p className={lists.hint}>{words.hint}</p>
      <div className={styles.panes}>
        <div className={styles.left}>
          <FieldTree
            nodes={nodes}
            messages={messages}
            selected={selected}
            pointed={pointed?.node}
            open={open}
            onOpen={setOpenOne}
            onSelect={select}
            onPoint={point}
            focusRequest={focusRequest}
          />
        </div>
        <div className={styles.right}>
          {bytes ? (
            <BytesPane
              key={digest}
              bytes={bytes}
              name={name}
              segments={segments}
              marked={spanOf(marked)}
              pointed={spanOf(pointed?.node?.field.evidence)}
              onPoint={(node, offset) => setUnderPointer((last) => placed(last, node, offset))}
              onCursor={(node, offset) => setUnderCursor((last) => placed(last, node, offset))}
              onSelect={(node) => {
                openTo(node);
                select(node);
              }}
            />
          ) : (
            <p className={styles.elsewhere}>{words.elsewhere}</p>
          )}
          <p className={styles.pointed} role="status">
            {pointedText(pointed)}
          </p>
          <Chosen node={selected} marked={marked} messages={messages} evidence={evidence} />
        </div>
      </div>
    </section>
  );
}

/** The first field that has a place, in this object where one is given. */
function firstIn(nodes: readonly FieldNode[], digest?: string): FieldNode | undefined {
  for (const node of walkNodes(nodes)) {
    const place = node.field.evidence;
    if (place && (digest === undefined || place.digest === digest)) return node;
  }
  return undefined;
}

/** What the object is that a field stands in: its name, or that of the field which it is inside of, or the file itself. */
function objectName(first: FieldNode | undefined): string {
  if (!first) return words.theObject;
  const { field, parents } = first;
  return field.evidence?.name ?? parents.at(-1)?.field.name ?? words.theFile;
}

/** The same object where nothing has changed, so that nothing is drawn anew. */
function placed(last: Pointed | undefined, node: FieldNode | undefined, offset: number | undefined) {
  return last?.offset === offset ? last : offset === undefined ? undefined : { node, offset };
}

function pointedText(pointed: Pointed | undefined): string {
  if (pointed?.offset === undefined) return words.idle;
  const { node, offset } = pointed;
  return node ? fill(words.at, { offset, field: pathOf(node) }) : fill(words.nothing, { offset });
}

function pathOf(node: FieldNode): string {
  return [...node.parents, node].map(({ field }) => field.name).join(' › ');
}

interface ChosenProps {
  readonly node: FieldNode | undefined;
  readonly marked: Evidence | undefined;
  readonly messages: Messages;
  readonly evidence: EvidenceSource;
}

/** What is chosen, in full: the tree cuts what is long. */
function Chosen({ node, marked, messages, evidence }: ChosenProps) {
  if (!node) return null;
  const { value, hint } = node.field;
  const bytes = marked && evidence(marked.digest)?.subarray(marked.offset, marked.offset + marked.length);
  const hex = bytes && Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return (
    <div className={styles.chosen}>
      <h3>{pathOf(node)}</h3>
      <p className={styles.place}>
        <span>{placeText(marked)}</span>
        {hex !== undefined && hex !== '' && (
          <CopyButton text={hex} what={fill(words.copy, { field: node.field.name })} />
        )}
      </p>
      {value !== undefined && <p className={styles.value}>{humane(value)}</p>}
      {hint !== undefined && messages[hint] && <p className={lists.hint}>{messages[hint].title}</p>}
    </div>
  );
}

function placeText(place: Evidence | undefined): string {
  if (!place) return words.noPlace;
  const { offset, length } = place;
  if (length === 0) return fill(words.noLength, { offset });
  return fill(words.place, { length: count(length, 'byte'), offset, hex: `0x${offset.toString(16)}` });
}

/** Opens what is a certificate and has no fields of its own. */
function openerOf(evidence: EvidenceSource): Opener {
  return ({ evidence: place }: Field) => {
    if (!place || place.length < 64) return [];
    const object = evidence(place.digest);
    const bytes = object?.subarray(place.offset, place.offset + place.length);
    return bytes?.[0] === 0x30 && (bytes[1] ?? 0) > 0x80 ? certificateFields(bytes, place) : [];
  };
}
