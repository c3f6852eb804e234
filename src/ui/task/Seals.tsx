import { useQuery } from '@tanstack/react-query';
import { readBlockSeals } from '../../audit/evm/readBlockSeals.ts';
import type { ProvenEvent } from '../../core/evm/events.ts';
import { quorumOf } from '../../core/evm/seals/consensus.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { taskWords } from '../words/task.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { shortAddress } from './shortAddress.ts';
import styles from './Task.module.css';

const { proof: words } = taskWords;

interface Props {
  readonly pin: EvmPin;
  readonly event: Pick<ProvenEvent, 'block' | 'blockHash'>;
}

/** Seals stand outside of what a block's hash covers, so they are read with the header again, and recovered again. */
export function Seals({ pin, event: { block, blockHash } }: Props) {
  const { data, error } = useQuery({
    queryKey: ['seals', pin.chainId, blockHash, pin.rpc],
    queryFn: ({ signal }) => readBlockSeals(pin, { number: block, hash: blockHash }, signal),
    staleTime: Infinity,
  });
  if (error) return <p>{error.message}</p>;
  if (!data) return <p className={styles.waiting}>…</p>;
  return <SealSeats header={data} />;
}

function SealSeats({ header: { sealed, signers } }: { readonly header: ReadHeader }) {
  const signed = [...new Set(signers.flatMap((signer) => signer ?? []))];
  const seats = sealed.listed ?? signed;
  const found = seats.filter((seat) => signed.includes(seat)).length;
  return (
    <>
      {sealed.listed && (
        <p>{fill(words.sealsText, { found, validators: seats.length, needed: quorumOf(seats.length) })}</p>
      )}
      <ul className={styles.seats} role="list">
        {seats.map((seat) => {
          const has = signed.includes(seat);
          return (
            <li key={seat} title={seat} data-signed={has ? '' : undefined}>
              <StatusMark of={has ? 'pass' : 'pending'} size={22} />
              <code>{shortAddress(seat)}</code>
              <span>{has ? words.signed : words.silent}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
