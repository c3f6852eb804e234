import { fill } from '../../core/verdict/messages.ts';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Notice } from '../parts/Notice.tsx';
import { taskWords } from '../words/task.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import type { TransactionState } from './useTransaction.ts';
import styles from './Wallet.module.css';

const { wallet: words } = taskWords;
const order = ['checking', 'asking', 'sent', 'included'] as const;

interface Props {
  readonly transaction: TransactionState;
  readonly onAgain: () => void;
}

/** The way of a transaction from the form into a block, each stage in a sentence. */
export function TransactionProgress({ transaction, onAgain }: Props) {
  const { state } = transaction;
  const again = (
    <p>
      <Button onClick={onAgain}>{words.again}</Button>
    </p>
  );
  if (state === 'refused') {
    return (
      <>
        <Notice urgent title={words.states.refused} next={transaction.reason} />
        {again}
      </>
    );
  }
  const reached = state === 'reverted' ? order.length : order.indexOf(state as (typeof order)[number]);
  const isOver = state === 'included' || state === 'reverted';
  const block = isOver ? transaction.block : '…';
  return (
    <>
      <ol className={styles.stages} role="list" aria-live="polite">
        {order.slice(0, Math.min(reached, order.length - 1) + 1).map((each, index) => (
          <li key={each} aria-current={index === reached ? 'step' : undefined}>
            <StatusMark
              of={
                index < reached || isOver ? (state === 'reverted' && each === 'included' ? 'fail' : 'pass') : 'pending'
              }
              size={20}
            />
            <span>
              {fill(words.states[state === 'reverted' && each === 'included' ? 'reverted' : each], { number: block })}
            </span>
          </li>
        ))}
      </ol>
      {'hash' in transaction && (
        <p className={styles.hash}>
          {words.transaction} <Digest hex={transaction.hash.slice(2)} what={words.transaction} />
        </p>
      )}
      {isOver && again}
    </>
  );
}
