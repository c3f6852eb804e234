import { useQuery } from '@tanstack/react-query';
import { readBlockSeals } from '../../audit/evm/readBlockSeals.ts';
import { quorumOf } from '../../core/evm/seals/consensus.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import lists from '../parts/lists.module.css';
import { taskWords } from '../words/task.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { EventFacts } from './EventFacts.tsx';
import { shortAddress } from './shortAddress.ts';
import type { LaidMark } from './timelineLayout.ts';
import styles from './Task.module.css';

const { proof: words } = taskWords;

interface Props {
  readonly pin: EvmPin;
  readonly laid: LaidMark;
}

/** Everything that one mark rests on, with the validators who sealed its block. */
export function EventProof({ pin, laid }: Props) {
  return (
    <section className={`${lists.card} ${styles.proof}`} aria-labelledby="proof">
      <EventFacts laid={laid}>
        <h3>{words.seals}</h3>
        <Seals pin={pin} laid={laid} />
      </EventFacts>
    </section>
  );
}

/** Seals stand outside of what a block's hash covers, so they are read with the header again, and recovered again. */
function Seals({ pin, laid }: Props) {
  const { block, blockHash } = laid.mark.event;
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
