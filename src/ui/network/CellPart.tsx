import { toHex } from '../../core/bytes/hex.ts';
import type { NetworkCell } from '../../core/network/networkDetails.ts';
import { voteDigest, voteSigner } from '../../core/network/vote.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import task from '../task/Task.module.css';
import { networkWords } from '../words/network.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { EventProofOf, SayingFacts, sayingOf } from './NetworkProof.tsx';
import { placeKey, type NetworkView } from './networkView.ts';
import { NodeName } from './NodeName.tsx';

const { cell: words, matrix } = networkWords;

interface Props {
  readonly view: NetworkView;
  readonly pin: EvmPin;
  readonly request: number;
  /** Number of the node. */
  readonly node: number;
  readonly onWhole: () => void;
  readonly onClose: () => void;
}

/** One cell of the matrix: the vote with its signature verified once more, and what proves that it stands on the ledger. */
export function CellPart({ view, pin, request, node: index, onWhole, onClose }: Props) {
  const row = view.details.requests.find(({ requestId }) => requestId === request);
  const node = view.details.nodes[index];
  if (!row || !node) return null;
  const { kind, trusted, vote } = view.cell(row, node);
  const slash = view.details.slashed.find((each) => each.requestId === request && each.account === node.account);
  const others = row.cells.filter((each) => each.node === index && each !== vote);
  const slashEvent = slash && view.event(placeKey(slash.at));
  return (
    <section className={`${lists.card} ${task.proof}`} aria-labelledby="cell">
      <h3 id="cell">{fill(words.title, { request: number(request), node: index + 1 })}</h3>
      <p>
        <NodeName view={view} account={node.account} />
      </p>
      {kind === 'equivocated' && <p>{words.slashed}</p>}
      {(kind === 'silent' || kind === 'absent' || kind === 'waiting') && <p>{words.noVote[kind]}</p>}
      <Facts
        facts={[
          [words.epoch, number(view.decidingEpoch(row))],
          [words.role, trusted ? matrix.trust : matrix.ordinary],
          [words.recordSaid, row.final ? (row.final.valid ? words.valid : words.invalid) : words.noRecord],
        ]}
      />
      {vote && <Vote view={view} pin={pin} vote={vote} />}
      {slashEvent && (
        <>
          <h4>{words.slash}</h4>
          <SayingFacts event={slashEvent} view={view} />
          <EventProofOf pin={pin} event={slashEvent} />
        </>
      )}
      {others.length > 0 && (
        <>
          <h4>{words.other}</h4>
          <ul role="list" className={lists.bare}>
            {others.map((each) => (
              <li key={each.epoch}>
                {fill(words.otherVote, {
                  epoch: number(each.epoch),
                  said: each.valid ? matrix.attested : matrix.refused,
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={lists.actions}>
        <Button onClick={onWhole}>{words.openRequest}</Button>
        <Button onClick={onClose}>{words.close}</Button>
      </p>
    </section>
  );
}

function Vote({
  view,
  pin,
  vote: { at, valid, agrees },
}: Pick<Props, 'view' | 'pin'> & { readonly vote: NetworkCell }) {
  const event = view.event(placeKey(at));
  const said = event && sayingOf(event);
  if (!event || said?.name !== 'VoteCast') return null;
  const { vote, signature } = said;
  const domain = { chainId: view.details.chainId, verifyingContract: view.details.contract };
  const signer = voteSigner({ vote, signature }, domain);
  const key = view.keyAt(said.account, event);
  const signed = signer !== undefined && signer === key;
  const compared = agrees === null ? '' : ` (${agrees ? words.agrees : words.disagrees})`;
  return (
    <>
      <h4>{words.vote}</h4>
      <p className={task.outcome}>
        <StatusMark of={signed ? 'pass' : 'fail'} size={20} />
        <span>{signed ? words.signed : words.notSigned}</span>
      </p>
      <Facts
        facts={[
          [words.said, `${valid ? words.valid : words.invalid}${compared}`],
          [words.signer, <code key="signer">{signer ?? '–'}</code>],
          [words.key, <code key="key">{key ?? '–'}</code>],
          [words.digest, <Digest key="digest" hex={toHex(voteDigest(vote, domain))} what={words.digest} />],
          [
            words.signature,
            <code key="signature">
              {signature.r} {signature.s.slice(2)} {signature.v.toString(16)}
            </code>,
          ],
          [words.criteria, <Digest key="criteria" hex={vote.criteria.slice(2)} what={words.criteria} />],
          [words.measurements, <Digest key="measured" hex={vote.measurements.slice(2)} what={words.measurements} />],
        ]}
      />
      <EventProofOf pin={pin} event={event} />
    </>
  );
}
