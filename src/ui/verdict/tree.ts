import type { Check, Plan } from '../../core/verdict/check.ts';
import { combine, type Status } from '../../core/verdict/status.ts';
import type { ToothState } from '../../core/seal/tooth.ts';
import { toothOf } from '../../core/seal/statusDrawing.ts';

/** A check as the tree draws it: planned only, or done. */
export type TreeCheck = Check | PlannedCheck;

export interface PlannedCheck extends Plan {
  readonly status?: undefined;
  readonly children?: readonly TreeCheck[];
}

/** Where a check stands: the index at every level. */
export type TreePath = readonly number[];

/** The tree with the check at `path` put in; a path outside of the plan changes nothing. */
export function place(tree: readonly TreeCheck[], [index, ...rest]: TreePath, check: Check): readonly TreeCheck[] {
  if (index === undefined || index >= tree.length) return tree;
  return tree.map((node, position) => {
    if (position !== index) return node;
    if (rest.length === 0) return check;
    return { ...node, children: place((node.children ?? []) as readonly TreeCheck[], rest, check) } as TreeCheck;
  });
}

/** The leaves that decide, in order. Below a parent that decides on its own count (a threshold), children only inform: it counts itself. */
export function leaves(tree: readonly TreeCheck[]): readonly TreeCheck[] {
  return tree.flatMap((node) => {
    const children: readonly TreeCheck[] = node.children ?? [];
    return children.length > 0 && isDecidedBy(node, children) ? leaves(children) : [node];
  });
}

function isDecidedBy(parent: TreeCheck, children: readonly TreeCheck[]): boolean {
  if (parent.status === undefined) return true;
  return parent.status === combine(children.map(({ status }) => status ?? 'unknown'));
}

/** One tooth for each leaf. */
export function teethOf(tree: readonly TreeCheck[]): readonly ToothState[] {
  return leaves(tree).map(({ status }) => (status === undefined ? 'pending' : toothOf(status)));
}

/** The first leaf of the given status under parents of the same status: what decided, and what is opened and focused. */
export function decisivePath(tree: readonly TreeCheck[], status: Status): TreePath | undefined {
  for (const [index, node] of tree.entries()) {
    if (node.status !== status) continue;
    const below = node.children ? decisivePath(node.children, status) : undefined;
    return below ? [index, ...below] : [index];
  }
  return undefined;
}

export function checkAt(tree: readonly TreeCheck[], path: TreePath): TreeCheck | undefined {
  const [index, ...rest] = path;
  const node = index === undefined ? undefined : tree[index];
  return rest.length === 0 ? node : checkAt(node?.children ?? [], rest);
}
