import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { coordinateOrder, wordBytes, wordHex } from '../../trace/zk/field.ts';
import { membershipKey } from '../../trace/zk/membershipKey.ts';
import { developmentLabel } from '../../trace/zk/judgeZk.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { sentence } from '../../verdict/messages.ts';
import { approvedMeasurements, approvedSet } from './approvedMeasurements.ts';
import { exampleFile } from './exampleFile.fixture.ts';
import {
  exampleCriteria,
  exampleCriteriaDigest,
  exampleNonce,
  exampleOpening,
  exampleRequest,
} from './exampleMembership.fixture.ts';
import { judgeMembership, membershipPlan, type MembershipQuestion } from './judgeMembership.ts';
import { blindingOf, commitForMembership, memberPairs } from './memberCommitment.ts';
import { encodeMembership, parseMembership } from './membershipFile.ts';
import { membershipMessages } from './messages.en.ts';

const asked: MembershipQuestion = {
  request: exampleRequest,
  record: { valid: true, criteria: exampleCriteriaDigest },
  criteria: exampleCriteria,
  keys: [membershipKey.digest],
  nonce: exampleNonce,
};

function faults(text: string, question: MembershipQuestion = asked): string[] {
  const { checks } = judgeMembership(text, question);
  expect(checks.map(({ code }) => code)).toEqual(membershipPlan.map(({ code }) => code));
  return checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
}

const file = parseMembership(exampleFile);
const changed = (change: Partial<typeof file>): string => encodeMembership({ ...file, ...change });
const unread = [
  'MEMBER_FORM fail',
  ...['REQUEST', 'RECORD', 'SET', 'SETUP', 'PROOF'].map((name) => `MEMBER_${name} unknown`),
];
/** Other criteria, and a record that was made by them. */
const under = (criteria: string): MembershipQuestion => ({ ...asked, criteria, record: undefined });
const nitro = (...bytes: number[]) =>
  canonicalJson({
    affidavit: 'trust/1',
    nitro: {
      measurements: bytes.map((byte) => ({
        pcrs: Object.fromEntries(['0', '1', '2'].map((at) => [at, wordHex(BigInt(byte)).slice(62).repeat(48)])),
      })),
    },
  });

describe('a proof that a hidden measurement is an approved one', () => {
  it('holds for its request, under its criteria, and is labelled as from a development setup', () => {
    expect(faults(exampleFile)).toEqual([]);
    const { checks, labels } = judgeMembership(exampleFile, asked);
    expect(labels).toEqual([developmentLabel]);
    expect(checks.map((check) => sentence(check, membershipMessages)).join(' ')).not.toMatch(/\{\w+\}/);
    // Nothing in it tells which of the three it is.
    for (const [, value] of exampleOpening.measured) expect(exampleFile).not.toContain(value);
    expect(exampleFile).not.toContain(toHex(exampleOpening.saltKey));
  });

  it('is about what the request has committed to, and nothing else', () => {
    const request = (change: object): MembershipQuestion => ({ ...asked, request: { ...exampleRequest, ...change } });
    expect(faults(exampleFile, request({ measurements: `0x${'01'.repeat(32)}` }))).toEqual([
      'MEMBER_REQUEST fail',
      'MEMBER_PROOF fail',
    ]);
    expect(faults(exampleFile, request({ requestId: 8 }))).toEqual(['MEMBER_REQUEST fail', 'MEMBER_PROOF fail']);
    for (const change of [
      { chainId: 1 },
      { verifyingContract: `0x${'ac'.repeat(20)}` },
      { vmId: `0x${'0d'.repeat(32)}` },
    ]) {
      expect(faults(exampleFile, request(change))).toEqual(['MEMBER_PROOF fail']);
    }
    expect(faults(changed({ salt: `0x${'00'.repeat(32)}` }))).toEqual(['MEMBER_REQUEST fail']);
    expect(faults(changed({ index: 0 }))).toEqual(['MEMBER_REQUEST fail']);
    expect(faults(changed({ path: file.path.slice(1) }))).toEqual(['MEMBER_REQUEST fail']);
    expect(faults(changed({ commitment: wordHex(5n) }))).toEqual(['MEMBER_REQUEST fail', 'MEMBER_PROOF fail']);
    expect(faults(changed({ commitment: 'ff'.repeat(32) }))).toEqual(['MEMBER_REQUEST fail', 'MEMBER_PROOF fail']);
    // The same proof for another register has another name in the commitment, and another set.
    expect(faults(changed({ register: 'PCR 1' }))).toEqual(['MEMBER_REQUEST fail', 'MEMBER_PROOF fail']);
  });

  it('leans on the record: without one it is open, with a bad one it fails', () => {
    expect(faults(exampleFile, { ...asked, record: undefined })).toEqual(['MEMBER_RECORD unknown']);
    const record = { valid: false, criteria: exampleCriteriaDigest };
    expect(faults(exampleFile, { ...asked, record })).toEqual(['MEMBER_RECORD fail']);
  });

  it('is checked for the set that the criteria give, made anew', () => {
    expect(faults(exampleFile, { ...asked, criteria: undefined })).toEqual([
      'MEMBER_SET unknown',
      'MEMBER_PROOF unknown',
    ]);
    expect(faults(exampleFile, { ...asked, criteria: nitro(1, 2, 3) })).toEqual([
      'MEMBER_SET fail',
      'MEMBER_PROOF unknown',
    ]);
    // Without a record the criteria are the checker's own. The order and number of the pins do not matter, the values do.
    expect(faults(exampleFile, under(nitro(3, 2, 1, 2)))).toEqual(['MEMBER_RECORD unknown']);
    expect(faults(exampleFile, under(nitro(1, 3)))).toEqual(['MEMBER_RECORD unknown', 'MEMBER_PROOF fail']);
    expect(faults(exampleFile, under(nitro(1, 2, 3, 4)))).toEqual(['MEMBER_RECORD unknown', 'MEMBER_PROOF fail']);
    const none = ['MEMBER_RECORD unknown', 'MEMBER_SET fail', 'MEMBER_PROOF unknown'];
    expect(faults(exampleFile, under('{"affidavit":"trust/1"}'))).toEqual(none);
    expect(faults(exampleFile, under('{"affidavit":"trust/2"}'))).toEqual(none);
    const many = canonicalJson({
      affidavit: 'trust/1',
      dcap: { measurements: Array.from({ length: 1025 }, (_, at) => wordHex(BigInt(at + 1))) },
    });
    const other = changed({ kind: 'dcap', register: 'MRENCLAVE' });
    expect(faults(other, under(many))).toContain('MEMBER_SET unknown');
    const { checks } = judgeMembership(exampleFile, under(nitro(2)));
    expect(checks[3]?.notes).toEqual([{ code: 'MEMBER_ALONE' }]);
  });

  it('convinces nobody who has not pinned its key', () => {
    expect(faults(exampleFile, { ...asked, keys: [] })).toEqual(['MEMBER_SETUP unknown']);
    const own = fromHex(membershipKey.hex);
    expect(faults(changed({ key: fromHex(membershipKey.hex) }))).toEqual([]);
    own.set(wordBytes(coordinateOrder - BigInt(`0x${membershipKey.hex.slice(64, 128)}`)), 32);
    expect(faults(changed({ key: own }))).toEqual(['MEMBER_SETUP unknown', 'MEMBER_PROOF fail']);
    expect(faults(changed({ key: own }), { ...asked, keys: [sha3Hex(own)] })).toEqual(['MEMBER_PROOF fail']);
    expect(sha3Hex(fromHex(membershipKey.hex))).toBe(membershipKey.digest);
  });

  it('is for the nonce that was asked for', () => {
    expect(faults(exampleFile, { ...asked, nonce: new Uint8Array(32) })).toEqual(['MEMBER_REQUEST fail']);
    const { checks } = judgeMembership(exampleFile, { ...asked, nonce: undefined });
    expect(checks[1]?.notes?.[0]?.code).toBe('ZK_NONCE_NOT_ASKED');
    expect(faults(changed({ nonce: new Uint8Array(32) }), { ...asked, nonce: undefined })).toEqual([
      'MEMBER_PROOF fail',
    ]);
  });

  it('has one form, and is never verified with a character changed', () => {
    for (const text of [
      '',
      '{}',
      '[]',
      exampleFile.slice(1),
      exampleFile.replace('"count":', '"count": '),
      ` ${exampleFile}`,
    ]) {
      expect(faults(text), text).toEqual(unread);
    }
    expect(faults(changed({ proof: new Uint8Array(256) }))).toEqual(unread);
    const at = fc.nat(exampleFile.length - 1);
    fc.assert(
      fc.property(at, fc.constantFrom(...'0123456789abcdef"{},: x'), (place, character) => {
        if (exampleFile[place] === character) return;
        const text = exampleFile.slice(0, place) + character + exampleFile.slice(place + 1);
        expect(faults(text)).not.toEqual([]);
      }),
      { numRuns: 60 },
    );
    fc.assert(fc.property(fc.json(), (text) => void expect(faults(text)).toEqual(unread)));
  });

  it('commits to what follows from document and salt key alone', () => {
    const { measured, saltKey } = exampleOpening;
    const pairs = memberPairs(measured, saltKey);
    expect(pairs.slice(3).map(([name]) => name)).toEqual([
      'membership/1 PCR 0',
      'membership/1 PCR 1',
      'membership/1 PCR 2',
    ]);
    expect(new Set([0, 1, 2].map((at) => blindingOf(saltKey, `PCR ${at}`))).size).toBe(3);
    expect(commitForMembership(exampleOpening)).toBe(exampleRequest.measurements);
    expect(commitForMembership({ ...exampleOpening, saltKey: new Uint8Array(32) })).not.toBe(
      exampleRequest.measurements,
    );
    // What is no measurement of 32 or 48 bytes is committed to without a proof.
    expect(memberPairs([['DEBUG', '00']], saltKey)).toEqual([['DEBUG', '00']]);
  });

  it('knows the registers that trust files can name', () => {
    const [long, short] = ['0a'.repeat(48), '0b'.repeat(32)];
    const trust = { sevSnp: { measurements: [long, long] }, dcap: { measurements: [short, long] } };
    expect(approvedMeasurements(trust, 'sev-snp', 'launch measurement')).toEqual([long]);
    expect(approvedMeasurements(trust, 'dcap', 'MRTD')).toEqual([long]);
    expect(approvedMeasurements(trust, 'dcap', 'MRENCLAVE')).toEqual([short]);
    expect(approvedMeasurements(trust, 'tpm', 'PCR 0')).toEqual([]);
    expect(approvedSet([long]).root()).not.toBe(approvedSet([short]).root());
  });

  it('has words for everything', () => {
    for (const { code } of membershipPlan) expect(membershipMessages[code]?.unknown).toBeDefined();
  });
});
