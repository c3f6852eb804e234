import { useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { useWidth } from '../parts/useWidth.ts';
import { evidence } from '../words/evidence.en.ts';
import type { FieldNode } from './fieldNodes.ts';
import { segmentAt, type Segment } from './segments.ts';
import styles from './BytesPane.module.css';

const { fields: words } = evidence;

/** Height of a line in pixels: all are equal, so that only those in view need exist. */
const lineHeight = 22;

export interface Span {
  readonly offset: number;
  readonly length: number;
}

interface Props {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly segments: readonly Segment[];
  /** What is marked and scrolled to. */
  readonly marked: Span | undefined;
  /** The bytes of the field that is pointed at in the tree. */
  readonly pointed: Span | undefined;
  /** The byte under the pointer. */
  readonly onPoint: (node: FieldNode | undefined, offset: number | undefined) => void;
  /** The byte under the cursor, which the keys move. */
  readonly onCursor: (node: FieldNode | undefined, offset: number | undefined) => void;
  readonly onSelect: (node: FieldNode) => void;
}

/** The bytes of an object, those of the chosen field marked. Pointing at a byte, or moving a cursor with the arrow keys, names its field. */
export function BytesPane({ bytes, name, segments, marked, pointed, onPoint, onCursor, onSelect }: Props) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<number>();
  const perLine = width >= 590 ? 16 : 8;
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtualizer = useVirtualizer({
    count: Math.ceil(bytes.length / perLine),
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 8,
  });
  const start = marked?.offset;
  useEffect(() => {
    if (start === undefined || width === 0) return;
    const line = Math.floor(start / perLine);
    // Some lines before it stay in view, unless it is there already.
    const element = scroller.current;
    const top = line * lineHeight;
    if (element && (top < element.scrollTop || top > element.scrollTop + element.clientHeight - 3 * lineHeight)) {
      virtualizer.scrollToOffset(Math.max(0, top - 2 * lineHeight));
    }
  }, [virtualizer, start, perLine, width, bytes]);

  const nodeOf = (offset: number | undefined): FieldNode | undefined =>
    offset === undefined ? undefined : segmentAt(segments, offset)?.node;
  const pointAt = (offset: number | undefined): void => onPoint(nodeOf(offset), offset);
  const putCursor = (offset: number | undefined): void => {
    setCursor(offset);
    onCursor(nodeOf(offset), offset);
  };
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(bytes.length - 1, to));
    putCursor(next);
    virtualizer.scrollToIndex(Math.floor(next / perLine), { align: 'auto' });
  };
  const press = (event: KeyboardEvent): void => {
    const here = cursor ?? marked?.offset ?? 0;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / lineHeight) - 1) * perLine;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: here - 1,
      ArrowRight: here + 1,
      ArrowUp: here - perLine,
      ArrowDown: here + perLine,
      PageUp: here - page,
      PageDown: here + page,
      Home: 0,
      End: bytes.length - 1,
    };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      const node = nodeOf(here);
      if (node) onSelect(node);
      return;
    }
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(cursor === undefined ? here : to);
  };
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  return (
    <div ref={frame} className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="group"
        aria-label={fill(words.bytes, { name })}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard, and has a cursor
        tabIndex={0}
        onKeyDown={press}
        onBlur={() => putCursor(undefined)}
        onPointerMove={(event) => pointAt(offsetAt(event, scroller.current))}
        onPointerLeave={() => pointAt(undefined)}
        onClick={(event) => {
          const node = nodeOf(offsetAt(event, scroller.current));
          if (node && window.getSelection()?.isCollapsed !== false) onSelect(node);
        }}
      >
        <div className={styles.lines} style={{ height: virtualizer.getTotalSize() }}>
          <div style={{ transform: `translateY(${before}px)` }}>
            {items.map(({ index }) => (
              <Line
                key={index}
                bytes={bytes}
                from={index * perLine}
                perLine={perLine}
                segments={segments}
                marked={marked}
                pointed={pointed}
                cursor={cursor}
              />
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

/** The byte under the pointer, from the run that it is over and how far along it. */
function offsetAt(event: Pick<PointerEvent, 'target' | 'clientX'>, scroller: HTMLElement | null): number | undefined {
  const run = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-from]') : null;
  if (!run || !scroller?.contains(run)) return undefined;
  const from = Number(run.dataset.from);
  const count = Number(run.dataset.count);
  const { left, width } = run.getBoundingClientRect();
  return from + Math.max(0, Math.min(count - 1, Math.floor(((event.clientX - left) / width) * count)));
}

interface LineProps {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly perLine: number;
  readonly segments: readonly Segment[];
  readonly marked: Span | undefined;
  readonly pointed: Span | undefined;
  readonly cursor: number | undefined;
}

/** One line: its offset, its bytes in runs of one look, and what they are as text. */
function Line({ bytes, from, perLine, segments, marked, pointed, cursor }: LineProps) {
  const to = Math.min(bytes.length, from + perLine);
  const cuts = new Set([from, to, from + perLine / 2]);
  for (const span of [marked, pointed]) if (span) cuts.add(span.offset).add(span.offset + span.length);
  if (cursor !== undefined) cuts.add(cursor).add(cursor + 1);
  for (let at = from; at < to;) {
    const segment = segmentAt(segments, at);
    cuts.add(at);
    at = segment ? segment.end : to;
  }
  const edges = [...cuts].filter((cut) => cut >= from && cut <= to).sort((one, other) => one - other);
  const runs = edges.slice(0, -1).map((start, index) => ({ start, end: edges[index + 1] ?? to }));
  const lookOf = (start: number): string | undefined =>
    start === cursor ? 'cursor' : isIn(marked, start) ? 'marked' : isIn(pointed, start) ? 'pointed' : undefined;
  const draw = (text: (start: number, end: number) => string, gap: string) =>
    runs.map(({ start, end }) => {
      const look = lookOf(start);
      const joins = end < to && look !== undefined && lookOf(end) === look && end !== from + perLine / 2;
      const content = text(start, end) + (joins ? gap : '');
      const shape = { 'data-from': start, 'data-count': end - start, 'data-look': look };
      return (
        <Fragment key={start}>
          {look === 'marked' ? <mark {...shape}>{content}</mark> : <span {...shape}>{content}</span>}
          {!joins && end < to && gap}
          {end === from + perLine / 2 && end < to && gap}
        </Fragment>
      );
    });
  return (
    <div className={styles.line}>
      <span className={styles.offset}>{from.toString(16).padStart(6, '0')}</span>
      <code className={styles.hex} data-width={perLine}>
        {draw((start, end) => hexPairs(bytes.subarray(start, end)), ' ')}
      </code>
      <code className={styles.text} aria-hidden="true">
        {draw((start, end) => ascii(bytes.subarray(start, end)), '')}
      </code>
    </div>
  );
}

function isIn(span: Span | undefined, at: number): boolean {
  return span !== undefined && at >= span.offset && at < span.offset + span.length;
}

function hexPairs(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function ascii(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·')).join('');
}
