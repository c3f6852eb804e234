import { useQuery } from '@tanstack/react-query';
import { readBlockSeals } from '../../audit/evm/readBlockSeals.ts';
import { quorumOf } from '../../core/evm/seals/consensus.ts';
import { fromHex0x } from '../../core/evm/hex.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { Moment } from '../parts/Moment.tsx';
import { Notice } from '../parts/Notice.tsx';
import { HexView } from '../verdict/HexView.tsx';
import { taskWords } from '../words/task.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { fieldName, isHexWord, isTimeField } from './fieldName.ts';
import { shortAddress } from './shortAddress.ts';
import { markName } from './TimeLine.tsx';
import type { LaidMark } from './timelineLayout.ts';
import styles from './Task.module.css';

const { proof: words } = taskWords;

interface Props {
  readonly pin: EvmPin;
  readonly laid: LaidMark;
}

/** Everything that one mark rests on: what the event says, its block and who sealed it, its place among the receipts, its bytes. */
export function EventProof({ pin, laid }: Props) {
  const { event, values, faults } = laid.mark;
  const data = fromHex0x(event.data);
  return (
    <section className={`${lists.card} ${styles.proof}`} aria-labelledby="proof">
      <h2 id="proof">
        {words.title}: {markName(laid)}
      </h2>
      {faults.map((fault) => (
        <Notice key={fault} title={words.faults} next={fault} />
      ))}
      <h3>{words.says}</h3>
      <Facts facts={Object.entries(values).map(([name, value]) => [fieldName(name), shownValue(name, value)])} />
      <h3>{words.block}</h3>
      <Facts
        facts={[
          [words.number, number(event.block)],
          [words.hash, <Digest key="hash" hex={event.blockHash.slice(2)} what={words.hash} />],
          [words.time, <Moment key="time" at={event.timestamp * 1000} />],
          [words.contract, <code key="contract">{event.address}</code>],
          [words.place, fill(words.placeText, { transaction: event.transactionIndex, log: event.logIndex })],
        ]}
      />
      <h3>{words.seals}</h3>
      <Seals pin={pin} laid={laid} />
      <h3>{words.receipts}</h3>
      <p className={styles.outcome}>
        <StatusMark of="pass" size={20} />
        <span>{words.receiptsText}</span>
      </p>
      <details>
        <summary>{words.bytes}</summary>
        <h3>{words.topics}</h3>
        <ol className={styles.topics} start={0}>
          {event.topics.map((topic, index) => (
            <li key={index}>
              <Digest hex={topic.slice(2)} what={`${words.topics} ${index}`} />
            </li>
          ))}
        </ol>
        <h3>{words.data}</h3>
        <HexView bytes={data} name={words.data} />
      </details>
    </section>
  );
}

function shownValue(name: string, value: string) {
  if (isTimeField(name) && Number(value) < 8.64e12) return <Moment at={Number(value) * 1000} />;
  if (isHexWord(value)) return <Digest hex={value.slice(2)} what={fieldName(name)} />;
  if (value.startsWith('0x')) return <code>{value}</code>;
  return value === '' ? '–' : value;
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
