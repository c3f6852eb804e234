import { useMemo, useState } from 'react';
import type { Hash } from '../../core/bytes/hash.ts';
import { fill } from '../../core/verdict/messages.ts';
import { count } from '../format/quantity.ts';
import { shortened } from '../format/groups.ts';
import { Button } from '../parts/Button.tsx';
import { tx } from '../words/tx.en.ts';
import { box, layoutMerkle, pictureWidth } from './layout.ts';
import { merkleSteps } from './steps.ts';
import styles from './MerklePicture.module.css';

interface Props {
  /** Leaf hash, hex. */
  readonly leaf: string;
  readonly index: number;
  readonly leaves: number;
  /** Sibling hashes from leaf to root, hex. */
  readonly path: readonly string[];
  /** Of the tree; H where left out. */
  readonly hash?: Hash;
  /** What the leaf is of: a record where nothing is said. */
  readonly leafWord?: string;
}

const { path: words } = tx;

/** The way from a leaf to the root, drawn and as a table. Pointing at a box, or stepping through, shows how each hash comes about. */
export function MerklePicture({ leaf, index, leaves, path, hash, leafWord = words.leaf }: Props) {
  const steps = useMemo(() => merkleSteps(leaf, index, leaves, path, hash), [leaf, index, leaves, path, hash]);
  const layout = useMemo(() => layoutMerkle(leaf, steps), [leaf, steps]);
  const [chosen, setChosen] = useState(0);
  const active = steps[Math.min(chosen, steps.length - 1)];
  if (!active) return <p>{words.only}</p>;
  const current = steps.indexOf(active);
  return (
    <figure className={styles.figure}>
      <svg
        className={styles.picture}
        viewBox={`-2 -2 ${pictureWidth + 4} ${layout.height + 4}`}
        style={{ maxWidth: pictureWidth + 4 }}
        role="img"
        aria-label={fill(words.label, { leaf: index, steps: count(steps.length, 'step') })}
      >
        {layout.joins.map((d, step) => (
          <path key={step} className={styles.join} data-active={step === current ? '' : undefined} d={d} />
        ))}
        {layout.boxes.map(({ hex, x, y, role, step }) => {
          const isActive = step === current || hex === active.parent;
          return (
            <g
              key={`${x} ${y}`}
              className={styles[role]}
              data-active={isActive ? '' : undefined}
              transform={`translate(${x} ${y})`}
              onPointerEnter={() => setChosen(step ?? steps.length - 1)}
            >
              <title>{hex}</title>
              <rect width={box.width} height={box.height} rx={3} />
              <text className={styles.role} x={box.width / 2} y={13}>
                {role === 'leaf' ? leafWord : words[role]}
              </text>
              <text x={box.width / 2} y={28}>
                {shortened(hex)}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption className={styles.caption}>
        <div className={styles.walk}>
          <Button aria-label={words.before} disabled={current === 0} onClick={() => setChosen(current - 1)}>
            ↓
          </Button>
          <span>{fill(words.step, { number: current + 1, count: steps.length })}</span>
          <Button
            aria-label={words.next}
            disabled={current === steps.length - 1}
            onClick={() => setChosen(current + 1)}
          >
            ↑
          </Button>
        </div>
        <code aria-live="polite">
          {fill(words.formula, {
            left: shortened(active.left),
            right: shortened(active.right),
            parent: shortened(active.parent),
          })}
        </code>
        <details>
          <summary>{words.table}</summary>
          <div className={styles.scroll}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.columns.step}</th>
                  <th scope="col">{words.columns.left}</th>
                  <th scope="col">{words.columns.right}</th>
                  <th scope="col">{words.columns.parent}</th>
                </tr>
              </thead>
              <tbody>
                {steps.map((step, at) => (
                  <tr key={at}>
                    <th scope="row">{at + 1}</th>
                    <td data-own={step.side === 'left' ? '' : undefined}>
                      <code>{step.left}</code>
                    </td>
                    <td data-own={step.side === 'right' ? '' : undefined}>
                      <code>{step.right}</code>
                    </td>
                    <td>
                      <code>{step.parent}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </figcaption>
    </figure>
  );
}
