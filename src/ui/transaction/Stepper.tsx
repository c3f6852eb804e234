import type { Found } from '../../core/chain/findTransaction.ts';
import { fill } from '../../core/verdict/messages.ts';
import { count, number } from '../format/quantity.ts';
import type { SessionState } from '../session/chainSession.ts';
import { tx } from '../words/tx.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import lists from '../parts/lists.module.css';
import styles from './Stepper.module.css';

interface Props {
  readonly found: Extract<Found, { result: 'found' }> | undefined;
  readonly state: SessionState | undefined;
  readonly chain?: string;
  /** Whether the certificate was made. */
  readonly made: boolean;
}

const { steps: words } = tx;

/** Found → included → block → main chain → certificate: each with what it comes to. */
export function Stepper({ found, state, chain = '', made }: Props) {
  const audit = state?.snapshot?.audit;
  const above =
    found && state?.snapshot ? (state.snapshot.mainChain.at(-1)?.height ?? 0) - (found.block.height ?? 0) : 0;
  const isClosed = audit !== null && audit !== undefined && audit.verdict !== 'rejected';
  const steps = [
    { name: words.found, text: found && fill(words.foundText, { chain }) },
    {
      name: words.included,
      text:
        found && fill(words.includedText, { leaf: number(found.leaf), leaves: number(found.transactions.length / 32) }),
    },
    { name: words.block, text: found && fill(words.blockText, { height: number(found.block.height ?? 0) }) },
    {
      name: words.main,
      text:
        found &&
        fill(above > 0 ? words.mainLater : words.mainText, { k: number(found.block.k), count: count(above, 'block') }),
    },
    {
      name: words.certificate,
      text: found && isClosed ? (made ? words.certificateMade : words.certificateText) : undefined,
      open: !made,
    },
  ];
  return (
    <ol className={`${lists.steps} ${styles.steps}`} role="list" aria-label={words.label}>
      {steps.map(({ name, text, open }) => {
        const mark = text === undefined || open ? 'pending' : 'pass';
        return (
          <li
            key={name}
            data-done={mark === 'pass' ? '' : undefined}
            aria-current={text !== undefined && open ? 'step' : undefined}
          >
            <StatusMark of={mark} size={22} />
            <strong>{name}</strong>
            <span>{text ?? words.waiting}</span>
          </li>
        );
      })}
    </ol>
  );
}
