import type { Field } from '../../core/tee/field.ts';
import type { Evidence } from '../../core/verdict/check.ts';

/** A field and where it stands in the tree. */
export interface FieldNode {
  /** Its place: positions from the root down, `0.3.1`. */
  readonly id: string;
  readonly field: Field;
  /** 1 is the top. */
  readonly level: number;
  /** Among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
  /** From the top down, without itself. */
  readonly parents: readonly FieldNode[];
  readonly children: readonly FieldNode[];
}

/** Gives the fields inside of a field that has none of its own: those of a certificate. */
export type Opener = (field: Field) => readonly Field[];

const none: Opener = () => [];

/** The tree with everything that an opener finds. It is made once for a document; what is shown of it is `visible`. */
export function fieldNodes(fields: readonly Field[], open: Opener = none): readonly FieldNode[] {
  return level(fields, [], open);
}

function level(fields: readonly Field[], parents: readonly FieldNode[], open: Opener): readonly FieldNode[] {
  return fields.map((field, index) => {
    const above = parents.at(-1);
    const node: { -readonly [Name in keyof FieldNode]: FieldNode[Name] } = {
      id: above ? `${above.id}.${index}` : `${index}`,
      field,
      level: parents.length + 1,
      position: index + 1,
      siblings: fields.length,
      parents,
      children: [],
    };
    const inner = field.children && field.children.length > 0 ? field.children : open(field);
    node.children = level(inner, [...parents, node], open);
    return node;
  });
}

/** Every node, parents before children. */
export function* walkNodes(nodes: readonly FieldNode[]): Generator<FieldNode> {
  for (const node of nodes) {
    yield node;
    yield* walkNodes(node.children);
  }
}

/** What is seen: all nodes of which every parent is open. */
export function visible(nodes: readonly FieldNode[], open: ReadonlySet<string>): readonly FieldNode[] {
  return nodes.flatMap((node) => [node, ...(open.has(node.id) ? visible(node.children, open) : [])]);
}

/** The innermost field that holds these bytes whole; where several stand on the very same bytes, the outermost of those. */
export function nodeAt(
  nodes: readonly FieldNode[],
  { digest, offset, length }: Pick<Evidence, 'digest' | 'offset' | 'length'>,
): FieldNode | undefined {
  let best: FieldNode | undefined;
  for (const node of walkNodes(nodes)) {
    const { evidence } = node.field;
    if (!evidence || evidence.digest !== digest) continue;
    const holds = evidence.offset <= offset && offset + length <= evidence.offset + evidence.length;
    if (holds && (!best?.field.evidence || evidence.length < best.field.evidence.length)) best = node;
  }
  return best;
}
