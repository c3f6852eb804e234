import { createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { concatBytes } from '../../core/bytes/bytes.ts';
import { decodeCbor } from '../../core/bytes/cbor.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { blockHash, encodeBlock, parseBlock } from '../../core/chain/block.ts';
import { parseSequence, sequenceMessage, sequenceSubject, type Sequence } from '../../core/chain/sequence.ts';
import { checkTimestampUnder } from './checkTimestampUnder.ts';
import { makeBlock, makeIssuer, makeTestNsm, type TestBlock } from './sequencer.fixture.ts';
import { createSequencerProgram, type SequencerProgram } from './sequencerProgram.ts';

const issuer = makeIssuer();
const checkTimestamp = await checkTimestampUnder(issuer.pin);
let nsm = makeTestNsm();
let program: SequencerProgram;

beforeEach(() => {
  nsm = makeTestNsm();
  program = createSequencerProgram({ nsm, checkTimestamp });
});

const ask = (block: TestBlock, from = program) => from.sequence(block.bytes, block.jwt);

function sequenceIn(document: Uint8Array): Sequence {
  return parseSequence((decodeCbor(document) as readonly Uint8Array[])[1] as Uint8Array);
}

/** A chain of blocks, each on the one before. */
function makeChain(length: number): TestBlock[] {
  const chain: TestBlock[] = [];
  for (let index = 0; index < length; index += 1) chain.push(makeBlock(issuer, chain.at(-1)?.stamp));
  return chain;
}

describe('numbers', () => {
  it('count from 0 without a gap, each over y = u ‖ H(t), signed for the genesis', async () => {
    const chain = makeChain(5);
    const genesis = blockHash((chain[0] as TestBlock).bytes);
    const key = createPublicKey({ key: Buffer.from(program.publicKey), format: 'der', type: 'spki' });
    for (const [index, block] of chain.entries()) {
      const { y, k, g } = sequenceIn(await ask(block));
      expect(k).toBe(index);
      expect(y).toEqual(sequenceSubject(parseBlock(block.bytes).u, block.stamp));
      expect(verify(null, sequenceMessage(genesis, y, k), key, g)).toBe(true);
    }
    expect(program.state()).toEqual({ genesis: toHex(genesis), next: 5 });
    expect(program.publicKey).toHaveLength(44);
  });

  it('stay with their block: asked again, the very same document comes back', async () => {
    const chain = makeChain(3);
    const first = await Promise.all(chain.map((block) => ask(block)));
    expect(await Promise.all(chain.map((block) => ask(block)))).toEqual(first);
    expect(nsm.made).toBe(3);
    expect(program.state().next).toBe(3);
  });

  it('are attested anew, the same ⟨y, k, g⟩, where the document is no longer kept', async () => {
    const small = createSequencerProgram({ nsm, checkTimestamp, keptDocuments: 2 });
    const chain = makeChain(4);
    const first = [];
    for (const block of chain) first.push(await ask(block, small));
    const again = await ask(chain[0] as TestBlock, small);
    expect(again).not.toEqual(first[0]);
    expect(sequenceIn(again)).toEqual(sequenceIn(first[0] as Uint8Array));
    expect(await ask(chain[3] as TestBlock, small)).toEqual(first[3]);
    expect(nsm.made).toBe(5);
  });

  it('go to both children of one parent: a fork is no fault', async () => {
    const [genesis] = makeChain(1) as [TestBlock];
    await ask(genesis);
    const forks = [makeBlock(issuer, genesis.stamp), makeBlock(issuer, genesis.stamp)];
    const numbers = (await Promise.all(forks.map((block) => ask(block)))).map((document) => sequenceIn(document).k);
    expect(numbers).toEqual([1, 2]);
  });

  it('are consecutive for 200 requests at once, half of them repeated', async () => {
    const [genesis] = makeChain(1) as [TestBlock];
    const blocks = Array.from({ length: 100 }, () => makeBlock(issuer, genesis.stamp));
    const requests = [genesis, ...blocks, ...blocks.toReversed()].slice(0, 200);
    const documents = await Promise.all(requests.map((block) => ask(block)));
    const numbers = new Set(documents.map((document) => sequenceIn(document).k));
    expect([...numbers].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, k) => k));
    expect(program.state().next).toBe(101);
    expect(nsm.made).toBe(101);
  });

  it('are kept for a block whose attestation failed, and no other gets them', async () => {
    const [genesis, next] = makeChain(2) as [TestBlock, TestBlock];
    const attest = nsm.attest.bind(nsm);
    nsm.attest = () => Promise.reject(new Error('the device is busy'));
    await expect(ask(genesis)).rejects.toThrow('the device is busy');
    nsm.attest = attest;
    expect(sequenceIn(await ask(next)).k).toBe(1);
    expect(sequenceIn(await ask(genesis)).k).toBe(0);
  });

  it('end where they are bounded', async () => {
    const small = createSequencerProgram({ nsm, checkTimestamp, numbers: 2 });
    const chain = makeChain(3);
    await ask(chain[0] as TestBlock, small);
    const second = await ask(chain[1] as TestBlock, small);
    await expect(ask(chain[2] as TestBlock, small)).rejects.toMatchObject({ code: 'FULL' });
    expect(await ask(chain[1] as TestBlock, small)).toEqual(second);
  });
});

describe('a request is refused', () => {
  const hashOf = (block: TestBlock) => toHex(blockHash(block.bytes));

  async function refusal(bytes: Uint8Array, jwt: string): Promise<string> {
    const { next } = program.state();
    const reason = await program.sequence(bytes, jwt).then(
      () => 'accepted',
      (error: { code: string }) => error.code,
    );
    expect(program.state().next).toBe(reason === 'accepted' ? next + 1 : next);
    return reason;
  }

  it('for a parent that was never sequenced', async () => {
    const [genesis, child, grandchild] = makeChain(3) as [TestBlock, TestBlock, TestBlock];
    expect(await refusal(child.bytes, child.jwt)).toBe('PARENT_UNKNOWN');
    expect(program.state().genesis).toBeNull();
    expect(await refusal(genesis.bytes, genesis.jwt)).toBe('accepted');
    expect(await refusal(grandchild.bytes, grandchild.jwt)).toBe('PARENT_UNKNOWN');
    expect(await refusal(child.bytes, child.jwt)).toBe('accepted');
    expect(await refusal(grandchild.bytes, grandchild.jwt)).toBe('accepted');
  });

  it('for a second block zero', async () => {
    const [genesis] = makeChain(1) as [TestBlock];
    const [other] = makeChain(1) as [TestBlock];
    expect(await refusal(genesis.bytes, genesis.jwt)).toBe('accepted');
    expect(await refusal(other.bytes, other.jwt)).toBe('SECOND_GENESIS');
  });

  it('for bytes that are not the one encoding of a block', async () => {
    const { bytes, jwt } = makeBlock(issuer);
    const trailing = concatBytes(bytes, Uint8Array.of(0));
    expect(await refusal(trailing, issuer.sign(toHex(blockHash(trailing))))).toBe('BLOCK_FORM');
    const longHead = concatBytes(Uint8Array.of(0x98, 0x04), bytes.subarray(1));
    expect(await refusal(longHead, issuer.sign(toHex(blockHash(longHead))))).toBe('BLOCK_FORM');
    expect(await refusal(new Uint8Array(), jwt)).toBe('BLOCK_FORM');
    expect(await refusal(bytes, jwt)).toBe('accepted');
  });

  it('for a timestamp over another block, or under another domain', async () => {
    const block = makeBlock(issuer);
    const other = makeBlock(issuer);
    expect(await refusal(block.bytes, other.jwt)).toBe('TIMESTAMP_CLAIM');
    const email = `${hashOf(block)}@elsewhere.invalid`;
    expect(await refusal(block.bytes, issuer.sign('', { email }))).toBe('TIMESTAMP_CLAIM');
    const upper = `${hashOf(block).toUpperCase()}@${issuer.pin.domain}`;
    expect(await refusal(block.bytes, issuer.sign('', { email: upper }))).toBe('TIMESTAMP_CLAIM');
  });

  it.each([
    ['iss', 'https://elsewhere.invalid'],
    ['aud', 'another client'],
    ['token_use', 'access'],
    ['iat', '1790000000'],
  ])('for a timestamp whose %s is another one', async (claim, value) => {
    const block = makeBlock(issuer);
    expect(await refusal(block.bytes, issuer.sign(hashOf(block), { [claim]: value }))).toBe('TIMESTAMP_CLAIM');
  });

  it('for a timestamp that another key signed, or none', async () => {
    const block = makeBlock(issuer);
    const stranger = makeIssuer({ freshKey: true });
    expect(await refusal(block.bytes, stranger.sign(hashOf(block)))).toBe('TIMESTAMP_SIGNATURE');
    expect(await refusal(block.bytes, issuer.sign(hashOf(block), {}, { alg: 'none' }))).toBe('TIMESTAMP_SIGNATURE');
    expect(await refusal(block.bytes, issuer.sign(hashOf(block), {}, { kid: 'other' }))).toBe('TIMESTAMP_SIGNATURE');
  });

  it('for a timestamp that is no token, or too long a one', async () => {
    const block = makeBlock(issuer);
    expect(await refusal(block.bytes, 'a.b')).toBe('TIMESTAMP_FORM');
    expect(await refusal(block.bytes, 'a'.repeat(8 * 1024 + 1))).toBe('TIMESTAMP_FORM');
    expect(await refusal(block.bytes, block.jwt)).toBe('accepted');
  });

  it('even when the same block was numbered before under another timestamp that is no longer good', async () => {
    const block = makeBlock(issuer);
    expect(await refusal(block.bytes, block.jwt)).toBe('accepted');
    const changed = encodeBlock({ ...parseBlock(block.bytes), u: new Uint8Array(16) });
    expect(await refusal(changed, block.jwt)).toBe('TIMESTAMP_CLAIM');
  });
});

describe('any order of requests', () => {
  it('gives every block at most one number, after its parent, with nothing skipped', async () => {
    const graph = fc.array(fc.nat(), { minLength: 1, maxLength: 12 });
    const orders = fc.array(fc.nat(), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(graph, orders, async (parents, order) => {
        const blocks: TestBlock[] = [];
        const parentOf: number[] = [];
        for (const [index, choice] of parents.entries()) {
          // Now and then a second block zero.
          const parent = index === 0 || choice % 7 === 0 ? -1 : choice % index;
          parentOf.push(parent);
          blocks.push(makeBlock(issuer, blocks[parent]?.stamp));
        }
        const sequencer = createSequencerProgram({ nsm: makeTestNsm(), checkTimestamp, keptDocuments: 3 });
        const chosen = order.map((value) => value % blocks.length);
        const results = await Promise.allSettled(chosen.map((index) => ask(blocks[index] as TestBlock, sequencer)));
        // The same requests one after the other, in the simplest words.
        const numbers = new Map<number, number>();
        for (const [position, index] of chosen.entries()) {
          const parent = parentOf[index] as number;
          const mayCome = parent === -1 ? numbers.size === 0 : numbers.has(parent);
          if (!numbers.has(index) && mayCome) numbers.set(index, numbers.size);
          const result = results[position] as PromiseSettledResult<Uint8Array>;
          const found = result.status === 'fulfilled' ? sequenceIn(result.value).k : undefined;
          expect(found).toBe(numbers.get(index));
        }
        expect(sequencer.state().next).toBe(numbers.size);
      }),
      { numRuns: 60 },
    );
  });
});
