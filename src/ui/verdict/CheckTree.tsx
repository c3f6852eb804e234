import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { Messages } from '../../core/verdict/messages.ts';
import { CheckItem } from './CheckItem.tsx';
import type { EvidenceSource } from './evidence.ts';
import { EvidenceKeeperContext, type EvidenceKeeper } from './evidenceKeeper.ts';
import type { TreeCheck, TreePath } from './tree.ts';
import styles from './CheckTree.module.css';

interface Props {
  readonly checks: readonly TreeCheck[];
  readonly messages: Messages;
  readonly evidence: EvidenceSource;
  /** Who has what the page does not hold. */
  readonly keeper?: EvidenceKeeper | undefined;
  /** The check that decided: its branch starts open. */
  readonly decisive?: TreePath | undefined;
  /** Puts the focus on the decisive check once, without scrolling the verdict away. */
  readonly focusDecisive?: boolean;
}

/** The tree of checks: nested disclosures, with the arrow keys of a tree on top. */
export function CheckTree({ checks, messages, evidence, keeper, decisive, focusDecisive = false }: Props) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (focusDecisive) list.current?.querySelector<HTMLElement>('[data-decisive]')?.focus({ preventScroll: true });
  }, [focusDecisive]);
  return (
    <EvidenceKeeperContext value={keeper}>
      <ul ref={list} className={styles.tree} role="list" onKeyDown={moveByArrows}>
        {checks.map((check, index) => (
          <CheckItem
            key={index}
            check={check}
            messages={messages}
            evidence={evidence}
            decisive={decisive?.[0] === index ? decisive.slice(1) : undefined}
          />
        ))}
      </ul>
    </EvidenceKeeperContext>
  );
}

/** Up and down walk over what is visible, right opens, left closes or goes to the parent, home and end to the ends. */
function moveByArrows(event: KeyboardEvent<HTMLUListElement>): void {
  const summary = event.target;
  if (!(summary instanceof HTMLElement) || summary.tagName !== 'SUMMARY') return;
  const details = summary.parentElement as HTMLDetailsElement;
  const visible = [...event.currentTarget.querySelectorAll<HTMLElement>('summary')].filter((each) =>
    each.checkVisibility(),
  );
  const here = visible.indexOf(summary);
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => visible[here + 1]?.focus(),
    ArrowUp: () => visible[here - 1]?.focus(),
    Home: () => visible[0]?.focus(),
    End: () => visible.at(-1)?.focus(),
    ArrowRight: () => {
      if (details.open) visible[here + 1]?.focus();
      else details.open = true;
    },
    ArrowLeft: () => {
      if (details.open) details.open = false;
      else details.parentElement?.closest('details')?.querySelector<HTMLElement>('summary')?.focus();
    },
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  move();
}
