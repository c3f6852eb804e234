import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../../bytes/hex.ts';
import type { Check } from '../../verdict/check.ts';
import { makeCollateral, platformLevel, svns, zeros, type CollateralChanges } from './collateral.fixture.ts';
import {
  enclaveMeasured,
  makeQuote,
  makeWorld,
  measured,
  sgxExtensionOf,
  u16,
  issue,
  type QuoteChanges,
  type World,
} from './dcap.fixture.ts';
import { failing, judgeMade, notes, unsettled } from './judge.fixture.ts';
import { tcbWords } from './tcbInfo.ts';
import { tcbOutcomes } from './tcbPolicy.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

async function run(changes: CollateralChanges, quoteChanges: QuoteChanges = {}, own: World = world) {
  const { bundle } = await makeCollateral(own, changes);
  const report = await judgeMade(await makeQuote(own, quoteChanges), {
    companions: [JSON.stringify(bundle)],
    pins: [toHex(measured), toHex(enclaveMeasured)],
  });
  const find = (code: string) => report.checks.find((check) => check.code === code) as Check;
  return { report, tcb: find('DCAP_TCB'), agreement: find('DCAP_AGREEMENT') };
}

describe('Intel’s word', () => {
  it.each(tcbWords)('%s is shown, decides as the table says, and both readings come to it', async (word) => {
    const { report, tcb, agreement } = await run({ word });
    expect(tcb).toMatchObject({ status: tcbOutcomes[word].status, params: { word } });
    expect(tcb.params?.['reason']).toContain(word);
    expect(agreement).toMatchObject({ status: 'pass', params: { ours: word, theirs: word } });
    const verdict = { pass: 'verified', fail: 'rejected', unknown: 'undetermined' }[tcbOutcomes[word].status];
    expect(report.verdict).toBe(verdict);
    expect(unsettled(report)).toEqual(tcb.status === 'pass' ? [] : [`DCAP_TCB ${tcb.status}`]);
  });

  it.each(tcbWords)('%s is the same for SGX', async (word) => {
    const { tcb, agreement } = await run({ word, tee: 'SGX' }, { version: 3 });
    expect(tcb).toMatchObject({ status: tcbOutcomes[word].status, params: { word, module: null } });
    expect(agreement).toMatchObject({ status: 'pass' });
  });

  it('passes for two words alone, and fails for what is out of date or revoked', () => {
    const of = (status: string) => tcbWords.filter((word) => tcbOutcomes[word].status === status);
    expect(of('pass')).toEqual(['UpToDate', 'SWHardeningNeeded']);
    expect(of('fail')).toEqual(['OutOfDate', 'OutOfDateConfigurationNeeded', 'Revoked']);
  });

  it('that is not known is open', async () => {
    const { report, tcb } = await run({ word: 'TDRelaunchAdvised' });
    expect([report.verdict, tcb.status]).toEqual(['undetermined', 'unknown']);
  });

  it('comes with its advisories and their addresses', async () => {
    const { report, tcb } = await run({ word: 'SWHardeningNeeded', advisories: ['INTEL-SA-00289', 'INTEL-SA-00615'] });
    expect(tcb.params?.['advisories']).toBe('INTEL-SA-00289 INTEL-SA-00615');
    expect(notes(report).filter((code) => code === 'DCAP_ADVISORY')).toHaveLength(2);
    expect(tcb.notes?.[0]?.params).toEqual({
      id: 'INTEL-SA-00289',
      address: 'https://www.intel.com/content/www/us/en/security-center/advisory/intel-sa-00289.html',
    });
  });
});

describe('the parts that make up the word', () => {
  it.each([
    ['UpToDate', 'OutOfDate', 'OutOfDate'],
    ['SWHardeningNeeded', 'OutOfDate', 'OutOfDate'],
    ['ConfigurationNeeded', 'OutOfDate', 'OutOfDateConfigurationNeeded'],
    ['ConfigurationAndSWHardeningNeeded', 'OutOfDate', 'OutOfDateConfigurationNeeded'],
    ['OutOfDateConfigurationNeeded', 'OutOfDate', 'OutOfDateConfigurationNeeded'],
    ['UpToDate', 'Revoked', 'Revoked'],
    ['Revoked', 'UpToDate', 'Revoked'],
  ])('platform %s with a module %s is %s', async (word, moduleWord, expected) => {
    const { tcb, agreement } = await run({ word, moduleWord });
    expect(tcb.params).toMatchObject({ word: expected, platform: word, module: moduleWord, qe: 'UpToDate' });
    expect(agreement.status).toBe('pass');
  });

  it.each([
    ['UpToDate', 'OutOfDate', 'OutOfDate'],
    ['ConfigurationNeeded', 'OutOfDate', 'OutOfDateConfigurationNeeded'],
    ['UpToDate', 'Revoked', 'Revoked'],
  ])('platform %s with a quoting enclave %s is %s', async (word, qeWord, expected) => {
    const { tcb, agreement } = await run({ word, qeWord });
    expect(tcb.params).toMatchObject({ word: expected, platform: word, qe: qeWord });
    expect(agreement.status).toBe('pass');
  });

  it('the first level that is met in every demand counts', async () => {
    const level = (word: string, first: number, pcesvn = 13) => {
      const made = platformLevel(word, 'TDX');
      return { ...made, tcb: { ...made.tcb, pcesvn, sgxtcbcomponents: svns([first, 5, 2, 2, 3, 1, 0, 5]) } };
    };
    const levels = [
      level('UpToDate', 6),
      level('UpToDate', 5, 14),
      level('ConfigurationNeeded', 5),
      level('OutOfDate', 0),
    ];
    const { tcb, agreement } = await run({ tcbInfo: { tcbLevels: levels } });
    expect(tcb.params?.['word']).toBe('ConfigurationNeeded');
    expect(agreement.status).toBe('pass');
  });

  it('a platform below every level fails', async () => {
    const pck = await issue('Intel SGX PCK Certificate', world.authority, {
      extensions: [sgxExtensionOf({ pceSvn: 12 })],
    });
    const { report, tcb } = await run({}, {}, { ...world, pck });
    expect(failing(report)).toEqual(['DCAP_TCB']);
    expect(tcb.params?.['reason']).toMatch(/none of the 1 levels/);
  });

  it.each<[string, CollateralChanges, QuoteChanges]>([
    [
      'a TDX component below every level',
      {},
      { body: { TEETCBSVN: Uint8Array.of(6, 1, 2 - 1, ...new Uint8Array(13)) } },
    ],
    [
      'a module of a version that is not listed',
      {},
      { body: { TEETCBSVN: Uint8Array.of(6, 7, 3, ...new Uint8Array(13)) } },
    ],
    ['a module below every level', {}, { body: { TEETCBSVN: Uint8Array.of(3, 1, 3, ...new Uint8Array(13)) } }],
    ['a module of another signer', {}, { body: { MRSIGNERSEAM: new Uint8Array(48).fill(1) } }],
    ['a module with other attributes', {}, { body: { SEAMATTRIBUTES: new Uint8Array(8).fill(1) } }],
    ['a quoting enclave below every level', {}, { qeReport: { ISVSVN: u16(3) } }],
  ])('%s fails', async (_, changes, quoteChanges) => {
    const { report } = await run(changes, quoteChanges);
    expect(failing(report)).toEqual(['DCAP_TCB']);
  });

  it('a module of version 0 is judged by the platform’s level', async () => {
    const { tcb, report } = await run({}, { body: { TEETCBSVN: Uint8Array.of(5, 0, 2, ...new Uint8Array(13)) } });
    expect([report.verdict, tcb.params?.['module']]).toEqual(['verified', null]);
    const low = await run({}, { body: { TEETCBSVN: Uint8Array.of(4, 0, 2, ...new Uint8Array(13)) } });
    expect(failing(low.report)).toEqual(['DCAP_TCB']);
  });
});

describe('the quoting enclave', () => {
  it.each<[string, QuoteChanges['qeReport'] & object]>([
    ['of another signer', { MRSIGNER: new Uint8Array(32).fill(9) }],
    ['of another product', { ISVPRODID: u16(9) }],
    ['with other attributes', { ATTRIBUTES: Uint8Array.of(0x15 | 0x40, ...new Uint8Array(15)) }],
    ['with another MISCSELECT', { MISCSELECT: Uint8Array.of(1, 0, 0, 0) }],
  ])('%s fails DCAP_QE alone', async (_, qeReport) => {
    const { report, agreement } = await run({}, { qeReport });
    expect(failing(report)).toEqual(['DCAP_QE']);
    expect(agreement.status).toBe('unknown');
  });
});

describe('two readings', () => {
  it('that disagree fail DCAP_AGREEMENT alone, with both words', async () => {
    // From module version 1 on, Intel leaves the first two components to the module's own list; the library compares them all the same.
    const { report, agreement } = await run({}, { body: { TEETCBSVN: Uint8Array.of(4, 1, 3, ...new Uint8Array(13)) } });
    expect(failing(report)).toEqual(['DCAP_AGREEMENT']);
    expect(agreement.params).toEqual({ ours: 'UpToDate', theirs: 'a refusal (No matching TCB level found)' });
  });
});

it('the identity of the module that the platform’s list names counts for version 0', async () => {
  const tcbInfo = { tdxModule: { mrsigner: '11'.repeat(48), attributes: zeros(8), attributesMask: 'FF'.repeat(8) } };
  const { report } = await run({ tcbInfo }, { body: { TEETCBSVN: Uint8Array.of(5, 0, 2, ...new Uint8Array(13)) } });
  expect(failing(report)).toEqual(['DCAP_TCB']);
});
