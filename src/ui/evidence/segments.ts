import { walkNodes, type FieldNode } from './fieldNodes.ts';

/** A run of bytes of one object that belong to the same innermost field; bytes of no field have none. */
export interface Segment {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly node: FieldNode | undefined;
}

/** Cuts an object of `length` bytes into runs by the innermost fields that stand in it, without gap or overlap, in order. */
export function segmentsOf(nodes: readonly FieldNode[], digest: string, length: number): readonly Segment[] {
  const segments: Segment[] = [];
  const push = (start: number, end: number, node: FieldNode | undefined): void => {
    const last = segments.at(-1);
    if (end <= start) return;
    if (last && last.node === node && last.end === start) segments[segments.length - 1] = { ...last, end };
    else segments.push({ start, end, node });
  };
  // Fields come in the order of their bytes, inner ones after those that hold them: a stack of what is open is enough.
  const open: { readonly node: FieldNode; readonly end: number }[] = [];
  let at = 0;
  const closeUpTo = (offset: number): void => {
    for (let top = open.at(-1); top && top.end <= offset; top = open.at(-1)) {
      push(at, top.end, top.node);
      at = Math.max(at, top.end);
      open.pop();
    }
  };
  for (const { node, start, end } of placesIn(nodes, digest, length)) {
    closeUpTo(start);
    push(at, start, open.at(-1)?.node);
    at = Math.max(at, start);
    // A field that reaches beyond the one that holds it is drawn as far as that one goes.
    open.push({ node, end: Math.min(end, open.at(-1)?.end ?? length) });
  }
  closeUpTo(length);
  push(at, length, undefined);
  return segments;
}

interface Place {
  readonly node: FieldNode;
  readonly start: number;
  readonly end: number;
}

function placesIn(nodes: readonly FieldNode[], digest: string, length: number): readonly Place[] {
  const places: Place[] = [];
  for (const node of walkNodes(nodes)) {
    const { evidence } = node.field;
    if (evidence?.digest !== digest || evidence.length <= 0 || evidence.offset >= length) continue;
    // Bits of one number stand on the very bytes of the number: pointing at them means the number.
    const above = node.parents.at(-1)?.field.evidence;
    if (above?.digest === digest && above.offset === evidence.offset && above.length === evidence.length) continue;
    places.push({ node, start: evidence.offset, end: Math.min(length, evidence.offset + evidence.length) });
  }
  // Stable: on the very same bytes the inner field stays behind the outer one.
  return places.sort((one, other) => one.start - other.start || other.end - one.end);
}

/** The run that a byte is in, by halving. */
export function segmentAt(segments: readonly Segment[], offset: number): Segment | undefined {
  let low = 0;
  let high = segments.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const segment = segments[middle];
    if (!segment) return undefined;
    if (offset < segment.start) high = middle - 1;
    else if (offset >= segment.end) low = middle + 1;
    else return segment;
  }
  return undefined;
}
