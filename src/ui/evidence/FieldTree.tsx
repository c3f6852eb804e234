import { memo, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Field } from '../../core/tee/field.ts';
import type { Messages } from '../../core/verdict/messages.ts';
import { fill } from '../../core/verdict/messages.ts';
import { humane } from '../format/humane.ts';
import { number } from '../format/quantity.ts';
import { Icon } from '../parts/Icon.tsx';
import { evidence } from '../words/evidence.en.ts';
import { fieldNames } from '../words/fieldNames.en.ts';
import { visible, type FieldNode } from './fieldNodes.ts';
import styles from './FieldTree.module.css';

const { fields: words } = evidence;

/** More fields side by side than this are shown a piece at a time: an event log has thousands. */
const piece = 100;

interface Props {
  readonly nodes: readonly FieldNode[];
  readonly messages: Messages;
  readonly selected: FieldNode | undefined;
  /** The field that is pointed at in the bytes. */
  readonly pointed: FieldNode | undefined;
  readonly open: ReadonlySet<string>;
  readonly onOpen: (id: string, open: boolean) => void;
  readonly onSelect: (node: FieldNode) => void;
  readonly onPoint: (node: FieldNode | undefined) => void;
  /** Changes when the selected row is to take the focus: something elsewhere led here. */
  readonly focusRequest: number;
}

/** The fields of a document as a tree with the keys of a tree (ARIA): arrows move, open and close; what is focused is selected. */
export const FieldTree = memo(function FieldTree(props: Props) {
  const { nodes, messages, selected, pointed, open, onOpen, onSelect, onPoint, focusRequest } = props;
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map());
  const tree = useRef<HTMLDivElement>(null);
  const limitOf = (parent: string): number => shown.get(parent) ?? piece;
  const rows = visible(nodes, open).filter((node) => {
    const isWithin = (each: FieldNode): boolean => each.position <= limitOf(each.parents.at(-1)?.id ?? '');
    return node === selected || [...node.parents, node].every(isWithin);
  });
  const current = rows.includes(selected as FieldNode) ? selected : rows[0];

  useEffect(() => {
    if (focusRequest === 0) return;
    tree.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus({ preventScroll: true });
  }, [focusRequest]);

  const choose = (node: FieldNode | undefined): void => {
    if (!node) return;
    onSelect(node);
    tree.current?.querySelector<HTMLElement>(`[data-node="${node.id}"]`)?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    if (!current) return;
    const here = rows.indexOf(current);
    const isOpen = open.has(current.id);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => choose(rows[here + 1]),
      ArrowUp: () => choose(rows[here - 1]),
      Home: () => choose(rows[0]),
      End: () => choose(rows.at(-1)),
      ArrowRight: () => {
        if (current.children.length === 0) return;
        if (isOpen) choose(current.children[0]);
        else onOpen(current.id, true);
      },
      ArrowLeft: () => {
        if (isOpen && current.children.length > 0) onOpen(current.id, false);
        else choose(current.parents.at(-1));
      },
      Enter: () => onOpen(current.id, !isOpen),
      ' ': () => onOpen(current.id, !isOpen),
    };
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  return (
    <div ref={tree} className={styles.tree} role="tree" aria-label={words.tree} tabIndex={-1} onKeyDown={press}>
      {rows.map((node, index) => {
        const parent = node.parents.at(-1)?.id ?? '';
        const rest = node.siblings - limitOf(parent);
        const isLastShown = node.position === limitOf(parent) && rest > 0;
        return [
          <Row
            key={node.id}
            node={node}
            hint={hintOf(node.field, messages)}
            isOpen={open.has(node.id)}
            isSelected={node === selected}
            isPointed={node === pointed}
            isTabStop={node === current}
            onSelect={() => choose(node)}
            onToggle={() => onOpen(node.id, !open.has(node.id))}
            onPoint={onPoint}
          />,
          isLastShown && (
            <div key={`more ${index}`} className={styles.more} role="none">
              <button
                type="button"
                tabIndex={-1}
                onClick={() => setShown((all) => new Map(all).set(parent, limitOf(parent) + 10 * piece))}
              >
                {fill(words.more, { count: number(rest) })}
              </button>
            </div>
          ),
        ];
      })}
    </div>
  );
});

interface RowProps {
  readonly node: FieldNode;
  readonly hint: string | undefined;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  readonly isPointed: boolean;
  readonly isTabStop: boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
  readonly onPoint: (node: FieldNode | undefined) => void;
}

function Row({ node, hint, isOpen, isSelected, isPointed, isTabStop, onSelect, onToggle, onPoint }: RowProps) {
  const { field, level, position, siblings, children } = node;
  const hasChildren = children.length > 0;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree takes the keys of all its rows
    <div
      role="treeitem"
      className={styles.row}
      data-node={node.id}
      data-pointed={isPointed ? '' : undefined}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={isSelected}
      aria-expanded={hasChildren ? isOpen : undefined}
      tabIndex={isTabStop ? 0 : -1}
      style={{ '--level': level - 1 } as object}
      onClick={() => onSelect()}
      onDoubleClick={() => hasChildren && onToggle()}
      onPointerEnter={() => onPoint(node)}
      onPointerLeave={() => onPoint(undefined)}
    >
      <span
        className={styles.toggle}
        data-open={hasChildren ? isOpen : undefined}
        aria-hidden="true"
        onClick={(event) => {
          if (!hasChildren) return;
          event.stopPropagation();
          onSelect();
          onToggle();
        }}
      >
        {hasChildren && <Icon of="chevron" />}
      </span>
      <span className={styles.text}>
        <code className={styles.name}>{field.name}</code>
        {field.value !== undefined && (
          <span className={styles.value} data-hex={/^[0-9a-f]{16,}$/.test(field.value) ? '' : undefined}>
            {humane(field.value)}
          </span>
        )}
        {hint !== undefined && <span className={styles.hint}>{hint}</span>}
      </span>
    </div>
  );
}

/** The format's own words about a field; without them what its name means, in languages other than that of the names. */
function hintOf({ name, hint }: Field, messages: Messages): string | undefined {
  if (hint !== undefined) return messages[hint]?.title;
  const plain = name.replace(/ \(critical\)$/, '');
  const known: Readonly<Record<string, string>> = fieldNames;
  return (Object.hasOwn(known, plain) && known[plain]) || undefined;
}
