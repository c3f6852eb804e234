import { secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, it } from 'vitest';
import { toHex0x, type Hex } from '../evm/hex.ts';
import { judgeNetwork } from './judgeNetwork.ts';
import { judgeRecord, type AskedOf } from './judgeRecord.ts';
import { accountFor, accountOf, domain, encodeTold, MadeNetwork, word32, type Told } from './network.fixture.ts';
import type { NetworkEvent, NetworkSaying, Saying } from './networkEvent.ts';
import { zeroWord } from './record.ts';
import { voteKey } from './signVote.fixture.ts';
import { voteSigner, type SignedVote, type Vote } from './vote.ts';

type Cast = Saying<'VoteCast'>;

/** The same signature with the other s and the other v: the key's owner need not have made it. */
function twin<Signed extends SignedVote>(signed: Signed): Signed {
  const { r, s, v } = signed.signature;
  const other = (secp256k1.Point.CURVE().n - BigInt(s)).toString(16).padStart(64, '0');
  return { ...signed, signature: { r, s: `0x${other}`, v: v === 27 ? 28 : 27 } };
}

/** Five of seven find that one request holds. */
function made(): MadeNetwork {
  const network = new MadeNetwork();
  network.vote(network.request(), [0, 1, 2, 3, 4]);
  return network;
}

const castAt = (told: readonly Told[], which: number): number =>
  told.map(({ said }, at) => (said.name === 'VoteCast' ? at : -1)).filter((at) => at >= 0)[which] as number;

const withSaid = (told: readonly Told[], at: number, change: (said: never) => object): Told[] =>
  told.with(at, { ...(told[at] as Told), said: change(told[at]?.said as never) as NetworkSaying });

async function wrongs(network: MadeNetwork, told: readonly Told[]): Promise<string[]> {
  const events = encodeTold(told);
  const reading = { ...network.reading(), events, account: accountFor(network.model, events) };
  const { checks } = await judgeNetwork(reading, { trust: {}, now: 1_700_100_000_000, companions: [] });
  return checks.filter(({ status }) => status === 'fail').map(({ code }) => code);
}

describe('a contract that takes what its rules forbid is found out', () => {
  const network = made();
  const signed = (more: Partial<Vote>): Cast => ({
    name: 'VoteCast',
    account: accountOf(5),
    ...network.signed(5, 1, more),
  });
  const at = (network.told.at(-1) as Told).at;
  const told = (said: NetworkSaying): Told[] => [...network.told, { said, at }];

  it.each<readonly [string, string, NetworkSaying]>([
    ['a vote of another epoch', 'NET_VOTE', signed({ epoch: 2 })],
    ['a vote under other criteria', 'NET_VOTE', signed({ criteria: word32(9) })],
    ['a vote on other measurements', 'NET_VOTE', signed({ measurements: word32(9) })],
    ['a vote on a request that is not there', 'NET_VOTE', signed({ requestId: 2 })],
    ['a second vote', 'NET_VOTE', network.told[castAt(network.told, 0)]?.said as Cast],
    ['a vote of nobody', 'NET_VOTE', { ...signed({}), account: accountOf(8) }],
    ['a signature whose twin was made', 'NET_VOTE', twin(signed({}))],
    [
      'a signature of no kind',
      'NET_VOTE',
      { ...signed({}), signature: { ...signed({}).signature, v: signed({}).signature.v + 2 } },
    ],
    ['a join of who was not admitted', 'NET_RULES', joined(8, word32(9))],
    ['a join of who has joined', 'NET_RULES', joined(0, word32(9))],
    ['a departure of who is no node', 'NET_RULES', { name: 'NodeLeft', account: accountOf(8) }],
    ['an endorsement by who is no trust node', 'NET_RULES', endorsed(accountOf(8), accountOf(7))],
    ['an admission by one of seven', 'NET_RULES', { ...endorsed(accountOf(0), accountOf(7)), admitted: true }],
    ['an admission of who was admitted', 'NET_RULES', endorsed(accountOf(0), accountOf(1))],
    ['criteria by one of seven', 'NET_RULES', criteria(accountOf(0), word32(9), true)],
    ['criteria of nothing', 'NET_RULES', criteria(accountOf(0), zeroWord, false)],
    ['a request of nothing', 'NET_RULES', { ...opened(2), measurements: zeroWord }],
    ['a request under another number', 'NET_RULES', opened(3)],
    ['a second founding', 'NET_RULES', network.told[0]?.said as NetworkSaying],
  ])('%s', async (_, code, said) => {
    expect(await wrongs(network, told(said))).toContain(code);
  });

  it('an endorsement counts once', async () => {
    const once = { said: endorsed(accountOf(0), accountOf(7)), at };
    expect(await wrongs(network, [...network.told, once])).toEqual([]);
    expect(await wrongs(network, [...network.told, once, once])).toEqual(['NET_RULES']);
  });

  it('a quorum that is reached with a vote that its node has not signed', async () => {
    const which = castAt(network.told, 2);
    const other = network.told[castAt(network.told, 1)]?.said as Cast;
    const all = withSaid(network.told, which, (said: Cast) => ({ ...said, signature: other.signature }));
    expect(await wrongs(network, all)).toEqual(expect.arrayContaining(['NET_VOTE', 'NET_QUORUM']));
  });

  it('an epoch that was over and not closed, and one that was closed before', async () => {
    const late = { block: at.block + 400, timestamp: at.timestamp + 800 };
    expect(await wrongs(network, [...network.told, { said: opened(2), at: late }])).toContain('NET_ANCHORS');
    const early: Told = { said: { ...network.model.openEpoch(at) }, at };
    expect(await wrongs(network, [...network.told, early])).toContain('NET_ANCHORS');
  });
});

describe('a record rests on nothing but votes that say it', () => {
  const network = made();
  const asked: AskedOf = {
    requestId: 1,
    vmId: word32(1),
    measurements: word32(2),
    evidence: zeroWord,
    enclaveSignature: '0x',
  };
  const events = (told: readonly Told[]): NetworkEvent[] =>
    told.map(({ said, at }, logIndex) => ({ said, event: { ...(encodedFirst as object), ...at, logIndex } }) as never);
  const [encodedFirst] = encodeTold(network.told);
  const outcome = (told: readonly Told[], more: Partial<AskedOf> = {}, isComplete = true) =>
    judgeRecord(events(told), domain, { ...asked, ...more }, isComplete);

  it('holds, and says who has signed', () => {
    const judged = outcome(network.told);
    expect(judged).toMatchObject({ outcome: 'attested', needed: 5 });
    expect(judged.signers).toEqual([0, 1, 2, 3, 4].map(accountOf));
    expect(outcome(network.told, {}, false).outcome).toBe('attested');
    expect(outcome(network.told, { requestId: 2 }).outcome).toBe('pending');
    expect(outcome(network.told.filter(({ said }) => said.name !== 'RecordFinal')).outcome).toBe('pending');
  });

  it.each<readonly [string, Partial<AskedOf>]>([
    ['machine', { vmId: word32(9) }],
    ['measurements', { measurements: word32(9) }],
    ['evidence', { evidence: word32(9) }],
    ['signature of the enclave', { enclaveSignature: '0x12' }],
  ])('not for another %s than was asked about', (_, more) => {
    expect(outcome(network.told, more).outcome).toBe('unproven');
  });

  const one = castAt(network.told, 4);
  const resigned = (more: Partial<Vote>, by = network.keys[4]) => {
    return withSaid(network.told, one, (said: Cast) => ({ ...said, ...by?.sign({ ...said.vote, ...more }, domain) }));
  };
  it.each<readonly [string, Told[]]>([
    ['that is missing', network.told.toSpliced(one, 1)],
    ['that says the opposite', resigned({ valid: false })],
    ['of another epoch', resigned({ epoch: 0 })],
    ['on another request', resigned({ requestId: 2 })],
    ['on other measurements', resigned({ measurements: word32(9) })],
    ['under other criteria', resigned({ criteria: word32(9) })],
    ['by another key', resigned({}, voteKey('nobody'))],
    ['for another contract', withSaid(network.told, one, foreign)],
    ['that is another’s twice', network.told.with(one, network.told[castAt(network.told, 3)] as Told)],
    ['whose twin was made', withSaid(network.told, one, twin)],
    ['of who is no trust node', withSaid(network.told, one, (said: Cast) => ({ ...said, account: accountOf(8) }))],
    ['that came after it', [...network.told.toSpliced(one, 1), network.told[one] as Told]],
  ])('a vote %s does not count', (_, told) => {
    for (const isComplete of [true, false]) {
      const judged = outcome(told, {}, isComplete);
      expect(judged).toMatchObject({ outcome: 'unproven', record: undefined });
      expect(judged.signers).toHaveLength(4);
      expect(judged.reasons.join()).toContain('4 trust nodes have signed it, 5 are needed.');
    }
  });

  it('not on a request that came later, another epoch, another hash, or nobody at all', () => {
    const of = (name: NetworkSaying['name']) => network.told.findIndex(({ said }) => said.name === name);
    const request = network.told[of('RequestOpened')] as Told;
    expect(outcome([...network.told.toSpliced(of('RequestOpened'), 1), request]).outcome).toBe('unproven');
    const final = of('RecordFinal');
    const changed = (change: object) => withSaid(network.told, final, (said: object) => ({ ...said, ...change }));
    expect(outcome(changed({ epoch: 2 })).outcome).toBe('unproven');
    expect(outcome(changed({ record: word32(9) })).outcome).toBe('unproven');
    const last = network.told.findLastIndex(({ said }) => said.name === 'EpochOpened');
    const nobody = withSaid(network.told, last, (said: object) => ({ ...said, trustNodes: [] }));
    expect(outcome(nobody).reasons.join()).toContain('0 trust nodes have signed it, 0 are needed.');
  });

  it('whose record before is what the contract says before it', () => {
    const two = made();
    two.vote(two.request(), [0, 1, 2, 3, 4]);
    const first = two.told.findIndex(({ said }) => said.name === 'RecordFinal');
    expect(outcome(two.told, { requestId: 2 }).outcome).toBe('attested');
    expect(outcome(two.told.toSpliced(first, 1), { requestId: 2 }).outcome).toBe('unproven');
    expect(outcome(two.told.toSpliced(first, 1), { requestId: 2 }, false).outcome).toBe('attested');
  });
});

it('a vote’s signature has one form', () => {
  const network = made();
  const signed = network.signed(0, 1);
  expect(voteSigner(signed, domain)).toBe(network.keys[0]?.address);
  expect(voteSigner(twin(signed), domain)).toBeUndefined();
  for (const v of [0, 1, 26, 29]) {
    expect(voteSigner({ ...signed, signature: { ...signed.signature, v } }, domain)).toBeUndefined();
  }
  const empty: Hex = toHex0x(new Uint8Array(32));
  expect(voteSigner({ ...signed, signature: { ...signed.signature, r: empty } }, domain)).toBeUndefined();
});

function joined(at: number, document: Hex): Saying<'NodeJoined'> {
  return { name: 'NodeJoined', account: accountOf(at), key: voteKey(`node ${at}`).address, index: 7, document };
}

function endorsed(by: Hex, candidate: Hex): Saying<'AdmissionEndorsed'> {
  return { name: 'AdmissionEndorsed', candidate, by, epoch: 1, admitted: false };
}

function criteria(by: Hex, digest: Hex, adopted: boolean): Saying<'CriteriaEndorsed'> {
  return { name: 'CriteriaEndorsed', criteria: digest, by, epoch: 1, uri: 'urn:criteria', adopted };
}

function opened(requestId: number): Saying<'RequestOpened'> {
  const [vmId, measurements] = [word32(1), word32(2)];
  const asked = { vmId, measurements, evidence: zeroWord, count: 1, enclaveSignature: '0x' as const };
  return { name: 'RequestOpened', requestId, ...asked };
}

/** The same vote, signed by the same node for another network. */
function foreign(said: Cast): Cast {
  const other = { ...domain, verifyingContract: accountOf(20) };
  return { ...said, ...voteKey('node 4').sign(said.vote, other) };
}
