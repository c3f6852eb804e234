import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import type { Report } from '../../kinds/judge.ts';
import { walk } from '../../verdict/check.ts';
import { fill } from '../../verdict/messages.ts';
import { makeCollateral, signText, type CollateralChanges, type MadeCollateral } from './collateral.fixture.ts';
import { day, fmspc, issue, judgedAt, makeQuote, makeWorld, measured, type World } from './dcap.fixture.ts';
import { codesWith, failing, judgeMade, makeRight, unsettled, type Right } from './judge.fixture.ts';
import { dcapMessages } from './messages.en.ts';

let world: World;
let right: Right;
let made: MadeCollateral;
beforeAll(async () => {
  world = await makeWorld();
  right = await makeRight();
  made = await makeCollateral(world);
});

const pins = [toHex(measured)];
const judgeWith = (...companions: readonly (string | Uint8Array)[]) => judgeMade(right.quote, { companions, pins });
const judgeBundle = async (changes: CollateralChanges) =>
  judgeWith(JSON.stringify((await makeCollateral(world, changes)).bundle));
const bundleWith = (members: Readonly<Record<string, string>>) => JSON.stringify({ ...made.bundle, ...members });
const find = (report: Report, code: string) => [...walk(report.checks)].find((check) => check.code === code);

const infoFile = ({ tcbInfo, tcbInfoSignature }: MadeCollateral) =>
  `{"tcbInfo":${tcbInfo},"signature":"${tcbInfoSignature}"}`;
const identityFile = ({ qeIdentity, qeIdentitySignature }: MadeCollateral) =>
  `{"enclaveIdentity":${qeIdentity},"signature":"${qeIdentitySignature}"}`;

describe('collateral given loose', () => {
  it('as Intel sends it is as good as a bundle, in any order', async () => {
    const files = [infoFile(made), identityFile(made), made.chain, made.pckCrl, made.rootCrl];
    expect(unsettled(await judgeWith(...files))).toEqual([]);
    expect(unsettled(await judgeWith(...files.toReversed()))).toEqual([]);
  });

  it('with the chain as the header that Intel sends', async () => {
    const escaped = made.chain.replace(
      /[\n +/=]/g,
      (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
    const header = `TCB-Info-Issuer-Chain: ${escaped}\r\nOther: 1\r\n`;
    expect(header).toContain('-----BEGIN%20CERTIFICATE-----');
    const report = await judgeWith(infoFile(made), identityFile(made), header, made.pckCrl, made.rootCrl);
    expect(unsettled(report)).toEqual([]);
  });

  it('and lists in hex', async () => {
    const report = await judgeWith(
      infoFile(made),
      identityFile(made),
      made.chain,
      toHex(made.pckCrl),
      toHex(made.rootCrl),
    );
    expect(unsettled(report)).toEqual([]);
  });

  it.each([
    ['TCB info', 0, 'DCAP_TCB_INFO'],
    ['identity of the quoting enclave', 1, 'DCAP_QE_IDENTITY'],
    ['chain of the signer', 2, 'DCAP_TCB_INFO'],
    ['list of the PCK authority', 3, 'X509_REVOCATION'],
    ['list of the root', 4, 'X509_REVOCATION'],
  ])('without the %s is open, and nothing fails', async (_, missing, code) => {
    const files = [infoFile(made), identityFile(made), made.chain, made.pckCrl, made.rootCrl];
    const report = await judgeWith(...files.filter((_file, index) => index !== missing));
    expect([report.verdict, ...failing(report)]).toEqual(['undetermined']);
    expect(codesWith(report, 'unknown')).toContain(code);
  });

  it('takes of several the one that fits and counts', async () => {
    const old = await makeCollateral(world, {
      issued: judgedAt - 90 * day,
      nextUpdate: judgedAt - 60 * day,
      word: 'Revoked',
    });
    const sgx = await makeCollateral(world, { tee: 'SGX', word: 'Revoked' });
    const stranger = await makeCollateral(world, { tcbInfo: { fmspc: 'ffffffffffff' }, word: 'Revoked' });
    const others = [old, sgx, stranger].flatMap((one) => [infoFile(one), identityFile(one)]);
    const report = await judgeWith(
      ...others,
      infoFile(made),
      identityFile(made),
      made.chain,
      made.pckCrl,
      made.rootCrl,
    );
    expect([report.verdict, ...unsettled(report)]).toEqual(['verified']);
  });
});

describe('without collateral', () => {
  it('signatures and chain are judged, the word is open, and the very address is named', async () => {
    const report = await judgeMade(right.quote, { pins });
    expect(report.verdict).toBe('undetermined');
    expect(unsettled(report)).toEqual([
      'DCAP_COLLATERAL unknown',
      'DCAP_QE unknown',
      'DCAP_TCB unknown',
      'DCAP_AGREEMENT unknown',
    ]);
    const tcb = find(report, 'DCAP_TCB')!;
    const action = fill(dcapMessages['DCAP_TCB']!.action!, tcb.params);
    expect(action).toContain(`https://api.trustedservices.intel.com/tdx/certification/v4/tcb?fmspc=${fmspc}`);
    expect(fill(dcapMessages['DCAP_QE_IDENTITY']!.action!, find(report, 'DCAP_QE_IDENTITY')!.params)).toContain(
      'https://api.trustedservices.intel.com/tdx/certification/v4/qe/identity',
    );
    expect(fill(dcapMessages['DCAP_REVOCATION']!.action!, find(report, 'DCAP_REVOCATION')!.params)).toContain(
      'https://api.trustedservices.intel.com/sgx/certification/v4/pckcrl?ca=platform&encoding=der',
    );
  });

  it('the address is that of SGX for SGX', async () => {
    const report = await judgeMade(await makeQuote(world, { version: 3 }));
    expect(find(report, 'DCAP_TCB')?.params?.['address']).toBe(
      `https://api.trustedservices.intel.com/sgx/certification/v4/tcb?fmspc=${fmspc}`,
    );
  });
});

describe('collateral that is not Intel’s', () => {
  it.each([
    ['TCB info', 'tcb_info', 'DCAP_TCB_INFO'],
    ['the identity', 'qe_identity', 'DCAP_QE_IDENTITY'],
  ] as const)(
    '%s changed by one character fails DCAP_SIGNED, and its word counts for nothing',
    async (_, member, code) => {
      const text = made.bundle[member]!;
      const changes = [
        text.replace('UpToDate', 'UpToDatf'),
        text.replace('18', '19'),
        `${text} `,
        text.replace('2026-02', '2026-01'),
      ];
      for (const changed of changes) {
        expect(changed).not.toBe(text);
        const report = await judgeWith(bundleWith({ [member]: changed }));
        expect(report.verdict).toBe('rejected');
        expect(codesWith(report, 'fail')).toEqual(['DCAP_COLLATERAL', code, 'DCAP_SIGNED']);
        expect(find(report, 'DCAP_TCB')?.status).toBe('unknown');
      }
    },
  );

  it.each([
    ['tcb_info_signature', 'DCAP_TCB_INFO'],
    ['qe_identity_signature', 'DCAP_QE_IDENTITY'],
  ] as const)('%s changed fails DCAP_SIGNED', async (member, code) => {
    for (const at of [0, 63, 64, 127]) {
      const text = made.bundle[member]!;
      const digit = text[at] === '0' ? '1' : '0';
      const report = await judgeWith(bundleWith({ [member]: text.slice(0, at) + digit + text.slice(at + 1) }));
      expect(codesWith(report, 'fail')).toEqual(['DCAP_COLLATERAL', code, 'DCAP_SIGNED']);
    }
    expect(codesWith(await judgeWith(bundleWith({ [member]: '00' })), 'fail')).toContain('DCAP_SIGNED');
  });

  it('signed under another root fails TEE_ROOT', async () => {
    const other = await makeWorld({});
    const forged = await makeCollateral(other, {});
    const report = await judgeWith(
      JSON.stringify({ ...forged.bundle, pck_crl: made.bundle['pck_crl'], root_ca_crl: made.bundle['root_ca_crl'] }),
    );
    expect(report.verdict).toBe('rejected');
    expect(codesWith(report, 'fail')).toEqual([
      'DCAP_COLLATERAL',
      'DCAP_TCB_INFO',
      'TEE_ROOT',
      'DCAP_QE_IDENTITY',
      'TEE_ROOT',
    ]);
  });

  it('signed by an authority itself, or in the wrong order, fails the path', async () => {
    const authority = await judgeBundle({ signer: world.authority });
    expect(codesWith(authority, 'fail')).toContain('X509_AUTHORITY');
    const reversed = await judgeBundle({ chain: [world.root.der, world.signer.der] });
    expect(codesWith(reversed, 'fail')).toContain('TEE_ROOT');
  });

  it('a word in a text that Intel signed for another member counts for nothing', async () => {
    // The identity's signature over TCB info: the same key, another document.
    const signature = await signText(world.signer, made.qeIdentity);
    const report = await judgeWith(bundleWith({ tcb_info_signature: signature }));
    expect(codesWith(report, 'fail')).toContain('DCAP_SIGNED');
  });
});

describe('revocation', () => {
  it.each([
    ['the PCK certificate', 'pck', 3],
    ['its authority', 'authority', 2],
    ['the signer of the lists', 'signer', 2],
  ] as const)('of %s fails DCAP_REVOCATION alone', async (_, who, number) => {
    const report = await judgeBundle({ revoked: [world[who]] });
    expect([report.verdict, ...failing(report)]).toEqual(['rejected', 'DCAP_COLLATERAL']);
    expect(codesWith(report, 'fail')).toEqual(['DCAP_COLLATERAL', 'DCAP_REVOCATION', 'X509_REVOCATION']);
    expect(
      [...walk(report.checks)].find(({ code, status }) => code === 'X509_REVOCATION' && status === 'fail')?.params?.[
        'number'
      ],
    ).toBe(number);
  });

  it('a list that cannot be read is open, with the reason', async () => {
    const report = await judgeWith(bundleWith({ pck_crl: `${made.bundle['pck_crl']}00` }));
    expect([report.verdict, ...failing(report)]).toEqual(['undetermined']);
    const reasons = [...walk(report.checks)].map(({ params }) => String(params?.['reason']));
    expect(reasons.some((reason) => /pck_crl in beside 1: DER/.test(reason))).toBe(true);
  });

  it('lists of another time are open', async () => {
    const report = await judgeBundle({ crlIssued: judgedAt - 60 * day });
    expect([report.verdict, ...failing(report)]).toEqual(['undetermined']);
    expect(codesWith(report, 'unknown')).toEqual(expect.arrayContaining(['DCAP_REVOCATION', 'X509_REVOCATION']));
  });

  it('lists that the authority did not sign are open', async () => {
    const other = await makeCollateral(await makeWorld({}));
    const report = await judgeWith(bundleWith({ pck_crl: other.bundle['pck_crl']! }));
    expect([report.verdict, ...failing(report)]).toEqual(['undetermined']);
  });
});

describe('the window', () => {
  it.each([
    ['not begun', { issued: judgedAt + day }],
    ['over', { nextUpdate: judgedAt - 1000 }],
  ])('that is %s leaves collateral and word open, and shows the word', async (_, changes) => {
    const report = await judgeBundle(changes);
    expect([report.verdict, ...failing(report)]).toEqual(['undetermined']);
    expect(find(report, 'DCAP_WINDOW')?.status).toBe('unknown');
    expect(find(report, 'DCAP_TCB')).toMatchObject({ status: 'unknown', params: { word: 'UpToDate' } });
  });

  it('includes its last second', async () => {
    expect((await judgeBundle({ nextUpdate: judgedAt })).verdict).toBe('verified');
  });

  it('ends with the certificate of the signer', async () => {
    const signer = await issue('Intel SGX TCB Signing', world.root, { notAfter: judgedAt - day });
    const report = await judgeBundle({ signer });
    expect([report.verdict, ...failing(report)]).toEqual(['undetermined']);
    expect(find(report, 'DCAP_WINDOW')?.status).toBe('unknown');
  });
});

describe('collateral that does not fit or cannot be read', () => {
  it.each([
    ['another family of processors', { fmspc: 'ffffffffffff' }],
    ['another PCE', { pceId: '0001' }],
    ['SGX', { id: 'SGX' }],
  ])('for %s is open, and what it is for is said', async (_, tcbInfo) => {
    const report = await judgeBundle({ tcbInfo });
    expect([report.verdict, ...failing(report)]).toEqual(['undetermined']);
    expect(find(report, 'DCAP_TCB_INFO')?.params?.['reason']).toMatch(/was given for .* alone/);
  });

  it.each([
    ['of version 2', { version: 2 }],
    ['without levels', { tcbLevels: undefined }],
    [
      'with 15 components',
      { tcbLevels: [{ tcb: { sgxtcbcomponents: [], pcesvn: 1 }, tcbDate: 'x', tcbStatus: 'UpToDate' }] },
    ],
    ['with a date that is none', { issueDate: '2026-13-45T00:00:00Z' }],
    ['with a word that is no word', { tcbLevels: [{ tcb: {}, tcbDate: 'x', tcbStatus: 7 }] }],
    ['with a list for a number', { tcbEvaluationDataNumber: [] }],
  ])('TCB info %s is open, with the reason', async (_, tcbInfo) => {
    const report = await judgeBundle({ tcbInfo });
    expect([report.verdict, ...failing(report)]).toEqual(['undetermined']);
    expect(find(report, 'DCAP_TCB_INFO')?.params?.['reason']).toMatch(/^None that could be read was given\. \w/);
  });

  it.each([
    ['JSON with a member twice', '{"tcb_info":"a","tcb_info":"b"}'],
    ['a document without its signature', '{"tcbInfo":{}}'],
    ['a bundle of numbers', '{"tcb_info":1,"qe_identity":2,"pck_crl":3}'],
    ['an unreadable chain', '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n'],
    ['an unreadable list', '{"pck_crl":"3000","root_ca_crl":"zz"}'],
    ['something else', 'hello'],
  ])('%s is open', async (_, text) => {
    const report = await judgeWith(utf8(text));
    expect([report.verdict, ...failing(report)]).toEqual(['undetermined']);
  });
});
