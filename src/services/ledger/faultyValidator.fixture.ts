import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { decodeRlpList, encodeRlp } from '../../core/evm/rlp.ts';
import { keccak256 } from '../../core/bytes/hash.ts';
import { prepareHash, proposalHash, type Answer, type Kind, type Questions, type Refusal } from './qbftMessages.ts';
import { readHeader } from './qbftHeader.ts';
import { serveValidator } from './serveValidator.ts';
import { Validator } from './validator.ts';
import { loadValidatorKey, type ValidatorKey } from './validatorKey.ts';

/**
 * How the process misbehaves. It is told so by the wish to vote for the address whose last byte is the place in this list: an ordinary question, so that the
 * collector needs to know nothing of it.
 */
export const faults = ['honest', 'liar', 'equivocator'] as const;
export type Fault = (typeof faults)[number];

export function faultWish(fault: Fault): Hex {
  return `0xfa${'00'.repeat(18)}${faults.indexOf(fault).toString(16).padStart(2, '0')}`;
}

class FaultyValidator extends Validator {
  #fault: Fault = 'honest';
  #asked = 0;

  static async of(folder: string, anvil: string): Promise<FaultyValidator> {
    return new FaultyValidator(folder, anvil, await loadValidatorKey(folder));
  }

  private constructor(folder: string, anvil: string, key: ValidatorKey) {
    super(folder, anvil, key);
  }

  override async answer<K extends Kind>(kind: K, asked: Questions[K]['asked']): Promise<Answer<K> | Refusal> {
    const candidate = kind === 'wish' ? (asked as Questions['wish']['asked']).wish?.candidate : undefined;
    if (candidate?.startsWith('0xfa00')) {
      this.#fault = faults[Number(`0x${candidate.slice(-2)}`)] ?? 'honest';
      return { wish: undefined } as Answer<K>;
    }
    return super.answer(kind, asked);
  }

  /** A liar proposes a state that no execution gives; an equivocator another block each time that it is asked. */
  protected override async propose(asked: Questions['propose']['asked']): Promise<Answer<'propose'> | Refusal> {
    this.#asked += 1;
    const answer = await super.propose(asked);
    if (this.#fault === 'honest' || 'refused' in answer) return answer;
    const { proposal } = answer;
    const place = this.#fault === 'liar' ? 3 : 11;
    const items = [...decodeRlpList(fromHex0x(proposal.header))];
    const field = items[place] as Uint8Array;
    items[place] =
      place === 3
        ? keccak256(field)
        : Uint8Array.from(field, (byte, index) => (index === 3 ? (byte + this.#asked) % 256 : byte));
    const header = toHex0x(encodeRlp(items));
    const signature = this.key.sign(proposalHash(this.replica.genesisHash, readHeader(header)));
    return { proposal: { ...proposal, header, signature } };
  }

  /** A liar signs something else; an equivocator whatever is put before it. */
  protected override async prepare(asked: Questions['prepare']['asked']): Promise<Answer<'prepare'> | Refusal> {
    if (this.#fault === 'honest') return super.prepare(asked);
    const hash = prepareHash(this.replica.genesisHash, readHeader(asked.proposal.header));
    this.#last = asked.proposal.header;
    return { signature: this.key.sign(this.#fault === 'liar' ? keccak256(hash) : hash) };
  }

  #last: Hex | undefined;

  protected override async commit(asked: Questions['commit']['asked']): Promise<Answer<'commit'> | Refusal> {
    if (this.#fault === 'honest' || this.#last === undefined) return super.commit(asked);
    const { sealHash } = readHeader(this.#last).sealed;
    return { seal: this.key.sign(this.#fault === 'liar' ? keccak256(sealHash) : sealHash) };
  }

  protected override async changeRound(
    asked: Questions['changeRound']['asked'],
  ): Promise<Answer<'changeRound'> | Refusal> {
    if (this.#fault === 'liar') return { refused: 'I am in round 900 already.', round: 900 };
    return super.changeRound(asked);
  }
}

const [folder, anvil] = process.argv.slice(2);
if (
  process.send !== undefined &&
  folder !== undefined &&
  anvil !== undefined &&
  process.argv[1]?.includes('faultyValidator')
) {
  serveValidator(await FaultyValidator.of(folder, anvil));
}
