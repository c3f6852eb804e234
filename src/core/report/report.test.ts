import fc from 'fast-check';
import { hashTypedData, type Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { toHex0x } from '../evm/hex.ts';
import { readContent } from '../kinds/content.ts';
import { judge } from '../kinds/judge.ts';
import { kinds } from '../kinds/registry.ts';
import { walk, type Check } from '../verdict/check.ts';
import { judgeReports } from './checker.ts';
import { checkpointOf, pinCheckpoint } from './checkpoint.ts';
import { bundleOf } from './digest.ts';
import { makeReport } from './makeReport.ts';
import { parseReportFile } from './parseReport.ts';
import { altered, auditor, chainAudit, draft, genesis, testTrust, time, word } from './report.fixture.ts';
import type { Report } from './report.ts';
import { draftFor, reportText } from './sealReport.ts';
import { canonicalSignature, reportDomain, reportMessage, reportSigningDigest, reportTypes } from './typedData.ts';

const [alice, bob, carol] = [auditor(1), auditor(2), auditor(3)];
const report = alice.sign(draft(alice));
const context = { trust: testTrust(alice, bob), companions: [], now: (time + 10) * 1000 };

const judged = async (file: object | string, threshold = 1, given = context) => {
  const text = typeof file === 'string' ? file : reportText(file);
  const { checks } = await judgeReports({ text }, given, threshold);
  return Object.fromEntries(checks.map((check) => [check.code, check]));
};
const notPassed = (checks: Record<string, Check>) =>
  Object.values(checks).flatMap(({ code, status }) => (status === 'pass' ? [] : [`${code} ${status}`]));

describe('a report', () => {
  it('says what was audited, how far, and what was found, without a word of anybody’s', () => {
    const found = draft(alice, chainAudit(12, 'rejected'));
    expect(found).toMatchObject({
      subject: { kind: 'chain', genesis },
      covered: {
        unit: 'k',
        from: 0,
        to: 12,
        end: 'end as shown',
        tip: { k: 12, height: 11, timestampHash: word(112) },
      },
      counts: { blocks: 12, attestations: 13, forks: 1 },
      checks: [
        { code: 'CHAIN_PINNED', status: 'pass' },
        { code: 'CHAIN_BLOCKS', status: 'fail' },
      ],
      findings: [{ code: 'CHAIN_LINK', status: 'fail', params: { k: 3 }, evidence: ['cd'.repeat(32)] }],
      verdict: 'rejected',
      labels: ['simulated'],
      signature: null,
    });
    expect(reportText(found)).not.toMatch(/example|sentence/);
  });

  it('signed by an auditor who is trusted holds, and says that it is a statement', async () => {
    const checks = await judged(report);
    expect(notPassed(checks)).toEqual([]);
    const notes = checks['REPORT_AUDITOR']?.notes?.map(({ code }) => code);
    expect(notes).toEqual(['REPORT_STATEMENT', 'REPORT_OTHER_TRUST']);
    const same = { ...context, trust: testTrust() };
    expect((await judged(report, 1, same))['REPORT_AUDITOR']?.notes?.[1]?.code).toBe('REPORT_SAME_TRUST');
  });

  it('is signed as wallets sign typed data', async () => {
    const key: Hex = `0x${'01'.repeat(32)}`;
    const message = reportMessage(report);
    const typed = { domain: reportDomain, types: reportTypes, primaryType: 'AuditReport', message } as const;
    expect(toHex0x(reportSigningDigest(report))).toBe(hashTypedData(typed));
    const account = privateKeyToAccount(key);
    expect(account.address.toLowerCase()).toBe(alice.address);
    const signature = await account.signTypedData(typed);
    expect(canonicalSignature(signature)).toBe(report.signature);
    // Some wallets give v from 0.
    const low = `${signature.slice(0, -2)}0${Number(`0x${signature.slice(-2)}`) - 27}` as Hex;
    expect(canonicalSignature(low)).toBe(report.signature);
  });

  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const twin = (signature: string): Hex => {
    const s = (order - BigInt(`0x${signature.slice(66, 130)}`)).toString(16).padStart(64, '0');
    return `${signature.slice(0, 66)}${s}${signature.endsWith('1b') ? '1c' : '1b'}` as Hex;
  };

  const wrong = draft(alice, chainAudit(12, 'rejected'));
  const ofLedger = (number: number): Pick<Report, 'subject' | 'covered'> => ({
    subject: { kind: 'contract', chainId: 1, contract: alice.address },
    covered: {
      unit: 'block',
      from: 0,
      to: 12,
      end: 'bloom',
      tip: { number, hash: `0x${word(number)}`, time: time - 60 },
    },
  });
  const signature = report.signature as Hex;
  it.each<[string, Report | string, string[]]>([
    ['that is no canonical JSON', ` ${reportText(report)}`, ['REPORT_FORM fail']],
    ['with a field more', reportText({ ...report, why: 'x' }), ['REPORT_FORM fail']],
    ['with a label that nobody knows', reportText({ ...report, labels: ['trust me'] }), ['REPORT_FORM fail']],
    [
      'with words in a finding',
      reportText({ ...report, findings: [{ code: 'A_B', status: 'fail', params: { a: 'b c' }, evidence: [] }] }),
      ['REPORT_FORM fail'],
    ],
    ['whose digest is another', alice.sign({ ...report, digest: word(7) }), ['REPORT_DIGEST fail']],
    [
      'whose verdict does not follow',
      altered(alice, report, { verdict: 'rejected' }),
      ['REPORT_COHERENT fail', 'REPORT_SAYS fail'],
    ],
    [
      'whose end is not its last block',
      altered(alice, report, { covered: { ...report.covered, to: 11 } }),
      ['REPORT_COHERENT fail'],
    ],
    ['that goes on behind its last block', altered(alice, report, ofLedger(11)), ['REPORT_COHERENT fail']],
    ['that goes on to its last block', altered(alice, report, ofLedger(12)), []],
    [
      'that says that nothing at all holds',
      altered(alice, report, { covered: { ...report.covered, to: null, tip: null } }),
      ['REPORT_COHERENT fail'],
    ],
    ['that has looked at nothing', altered(alice, report, { checks: [] }), ['REPORT_COHERENT fail']],
    [
      'that rejects without a word',
      altered(alice, wrong, { findings: [] }),
      ['REPORT_COHERENT fail', 'REPORT_SAYS fail'],
    ],
    [
      'that rejects for what does not fail',
      altered(alice, wrong, { findings: [{ code: 'A_B', status: 'unknown', params: {}, evidence: [] }] }),
      ['REPORT_COHERENT fail', 'REPORT_SAYS fail'],
    ],
    ['from the future', altered(alice, report, { time: time + 4000 }), ['REPORT_TIME fail']],
    ['from before what it covers', altered(alice, report, { time: time - 4000 }), ['REPORT_TIME fail']],
    ['that nobody signed', { ...report, signature: null }, ['REPORT_SIGNATURE unknown']],
    ['signed by another', bob.sign(report), ['REPORT_SIGNATURE fail']],
    [
      'with the twin of its signature',
      { ...report, signature: twin(report.signature ?? '') },
      ['REPORT_SIGNATURE fail'],
    ],
    ['with one byte less', { ...report, signature: signature.slice(0, -2) as Hex }, ['REPORT_FORM fail']],
    ['with v from 0', { ...report, signature: `${signature.slice(0, -2)}00` as Hex }, ['REPORT_SIGNATURE fail']],
    ['of an auditor who is not pinned', carol.sign(draft(carol)), ['REPORT_AUDITOR unknown']],
    ['that rejects', alice.sign(draft(alice, chainAudit(12, 'rejected'))), ['REPORT_SAYS fail']],
    ['that cannot tell', alice.sign(draft(alice, chainAudit(12, 'undetermined'))), ['REPORT_SAYS unknown']],
  ])('%s fails at exactly that', async (_, file, expected) => {
    const found = notPassed(await judged(file));
    expect(expected[0] === 'REPORT_FORM fail' ? found.slice(0, 1) : found).toEqual(expected);
  });

  it('is refused of what is no audit, and of a chain that nothing identifies', () => {
    const around = { trust: testTrust(), verifier: { version: '0.1.0', build: null }, time, auditor: alice.address };
    const empty = { verdict: 'verified', checks: [] } as const;
    expect(() => makeReport(empty, around)).toThrow(/no audit of/);
    expect(() => makeReport({ ...chainAudit(), genesis: null }, around)).toThrow(/pins no chain/);
    expect(() => makeReport({ ...chainAudit(), labels: ['trust me'] }, around)).toThrow(/labels/);
    expect(draftFor(report, bob.address, time + 1)).toMatchObject({ auditor: bob.address, signature: null });
  });

  it.each([
    ['contract', { contract: `1/0x${'ab'.repeat(20)}`, head: { number: 9, hash: `0x${word(1)}`, time: 5 }, count: 3 }],
    ['network', { network: `1/0x${'AB'.repeat(20)}`, head: null, events: 3, nodes: [1] }],
    ['task', { task: `1/0x${'ab'.repeat(20)}/17` }],
    ['order', { name: `1/0x${'ab'.repeat(20)}/17`, marks: [] }],
  ])('can be of a %s', (kind, members) => {
    const completeness = { how: 'counter', from: 2, to: 9, tested: 8, opened: 1 };
    const audit = {
      verdict: 'verified',
      checks: [{ code: 'EVM_SEALS', status: 'pass' }],
      completeness,
      ...members,
    } as const;
    const around = { trust: {}, verifier: { version: '0.1.0', build: null }, time, auditor: alice.address };
    const found = makeReport(audit, around);
    expect(found.subject).toMatchObject({ kind, chainId: 1, contract: `0x${'ab'.repeat(20)}` });
    expect(found.covered).toMatchObject({ unit: 'block', from: 2, to: 9, end: 'counter' });
  });

  it('never holds after any byte of it was changed, and reading never breaks', { timeout: 600_000 }, async () => {
    const text = reportText(report);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: text.length - 1 }), fc.integer({ min: 32, max: 126 }), async (at, code) => {
        const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        if (changed === text) return;
        expect(notPassed(await judged(changed)), changed).not.toEqual([]);
      }),
      { numRuns: 80 },
    );
    await fc.assert(
      fc.asyncProperty(fc.json(), async (json) => {
        expect((await judged(json))['REPORT_FORM']?.status).toBe('fail');
      }),
      { numRuns: 100 },
    );
  });

  it('is known by its content, as kind “report”', async () => {
    const content = readContent('x', new TextEncoder().encode(reportText(report)));
    const found = await judge(content, context, kinds);
    expect(found).toMatchObject({
      kind: 'report',
      verdict: 'verified',
      labels: ['simulated'],
      at: '2026-09-21T14:13:20Z',
    });
  });
});

describe('several reports', () => {
  const merged = (reports: readonly Report[], threshold = 2) => judged(bundleOf(reports), threshold);
  const byBob = bob.sign(draft(bob));

  it('of distinct trusted auditors meet a threshold, over what both covered', async () => {
    const further = bob.sign(draft(bob, chainAudit(20)));
    const checks = await merged([report, further]);
    expect(notPassed(checks)).toEqual([]);
    expect(checks['REPORTS_RANGE']?.params).toMatchObject({ from: 0, to: 12 });
    expect(checks['REPORTS_THRESHOLD']?.params).toMatchObject({ have: 2, need: 2 });
  });

  it('count each auditor once, and nobody who is not pinned', async () => {
    const again = altered(alice, report, { time: time + 1 });
    expect(notPassed(await merged([report, again]))).toEqual(['REPORTS_THRESHOLD fail']);
    expect(notPassed(await merged([report, carol.sign(draft(carol))]))).toEqual(['REPORTS_THRESHOLD unknown']);
    expect(notPassed(await merged([report, byBob], 3))).toEqual(['REPORTS_THRESHOLD fail']);
  });

  it('are not lowered by what a stranger adds', async () => {
    const junk = [carol.sign(draft(carol, chainAudit(12, 'rejected'))), { ...byBob, signature: null }];
    expect(notPassed(await merged([report, byBob, ...junk]))).toEqual([]);
  });

  it('that contradict each other fail, with both named', async () => {
    const rejecting = bob.sign(draft(bob, chainAudit(12, 'rejected')));
    const checks = await merged([report, rejecting], 1);
    expect(notPassed(checks)).toEqual(['REPORTS_AGREE fail']);
    expect([checks['REPORTS_AGREE']?.params?.['one'], checks['REPORTS_AGREE']?.params?.['other']].toSorted()).toEqual(
      [alice.address, bob.address].toSorted(),
    );
    const tip = { ...(byBob.covered.tip as object), block: word(99) } as Report['covered']['tip'];
    const other = altered(bob, byBob, { covered: { ...byBob.covered, tip } });
    expect(notPassed(await merged([report, other]))).toEqual(['REPORTS_AGREE fail']);
  });

  it('that name one place with two blocks contradict each other, whatever stays the same', async () => {
    const tip = byBob.covered.tip as object;
    for (const change of [{ timestampHash: word(99) }, { block: word(99) }]) {
      const other = altered(bob, byBob, { covered: { ...byBob.covered, tip: { ...tip, ...change } as never } });
      expect(notPassed(await merged([report, other]))).toEqual(['REPORTS_AGREE fail']);
    }
    const higher = { ...byBob.covered, to: 13, tip: { ...tip, k: 13, block: word(99) } as never };
    expect(notPassed(await merged([report, altered(bob, byBob, { covered: higher })]))).toEqual(['REPORTS_AGREE fail']);
  });

  it('of who says now this and now that do not count as saying that it holds', async () => {
    const doubting = alice.sign(draft(alice, chainAudit(20, 'undetermined')));
    const checks = await merged([report, doubting, byBob], 2);
    expect(checks['REPORTS_THRESHOLD']?.params).toMatchObject({ have: 1, auditors: bob.address });
    expect(checks['REPORTS_THRESHOLD']?.status).not.toBe('pass');
  });

  it('of which one goes further and rejects, or cannot tell, leave it open', async () => {
    const further = bob.sign(draft(bob, chainAudit(20, 'rejected')));
    expect(notPassed(await merged([report, further], 1))).toEqual(['REPORTS_AGREE unknown']);
    const open = bob.sign(draft(bob, chainAudit(12, 'undetermined')));
    expect(notPassed(await merged([report, open], 1))).toEqual(['REPORTS_AGREE unknown']);
  });

  it('about different things, or over ranges apart, are not taken together', async () => {
    const subject = { kind: 'host', did: 'did:web:host.example' } as const;
    const covered = { unit: 'second', from: time, to: time, end: 'as shown', tip: { credential: word(4) } } as const;
    const host = altered(bob, byBob, { subject, covered });
    expect(notPassed(await merged([report, host]))).toEqual(['REPORTS_SUBJECT fail', 'REPORTS_RANGE unknown']);
    const later = altered(bob, bob.sign(draft(bob, chainAudit(20))), {});
    const apart = altered(bob, later, { covered: { ...later.covered, from: 13 } });
    expect(notPassed(await merged([report, apart]))).toEqual(['REPORTS_RANGE unknown']);
  });

  it('of a host are about one credential', async () => {
    const subject = { kind: 'host', did: 'did:web:host.example' } as const;
    const at = (moment: number, credential: string) =>
      ({
        unit: 'second',
        from: moment,
        to: moment,
        end: 'as shown',
        tip: { credential: word(Number(credential)) },
      }) as const;
    const one = altered(alice, report, { subject, covered: at(time - 9, '4') });
    const checks = await merged([one, altered(bob, byBob, { subject, covered: at(time, '4') })]);
    expect(checks['REPORTS_RANGE']?.params).toMatchObject({ from: time - 9, to: time });
    const other = await merged([one, altered(bob, byBob, { subject, covered: at(time, '5') })]);
    expect(notPassed(other)).toEqual(['REPORTS_RANGE unknown']);
  });

  it('have a digest of their own, and stand in order', async () => {
    const bundle = bundleOf([report, byBob, report]);
    expect(bundle.reports).toHaveLength(2);
    expect(parseReportFile(reportText(bundle))).toEqual(bundle);
    expect(notPassed(await judged({ ...bundle, digest: word(1) }, 2))).toEqual(['REPORT_DIGEST fail']);
    const turned = { ...bundle, reports: bundle.reports.toReversed() };
    expect((await judged(turned, 2))['REPORT_FORM']?.status).toBe('fail');
    const children = [...walk(Object.values(await judged(bundle, 2)))].filter(({ code }) => code === 'REPORT_ONE');
    expect(children).toHaveLength(2);
  });
});

describe('a checkpoint', () => {
  it('is where a report of a chain ends, with who said it', () => {
    const said = checkpointOf(report, context.trust);
    expect(said).toEqual({
      checkpoint: { k: 12, height: 11, timestampHash: word(112) },
      chain: 'example',
      auditor: alice.address,
      report: report.digest,
    });
    const pinned = pinCheckpoint(context.trust, said);
    expect(pinned.chains?.[0]?.checkpoint).toEqual(said.checkpoint);
    expect(pinCheckpoint(pinned, said)).toEqual(pinned);
  });

  it('is refused where the chain does not hold, is not pinned, or is pinned further on', () => {
    const rejecting = draft(alice, chainAudit(12, 'rejected'));
    expect(() => checkpointOf(rejecting, context.trust)).toThrow(/does not say/);
    expect(() => checkpointOf(report, {})).toThrow(/no chain/);
    const further = pinCheckpoint(context.trust, checkpointOf(draft(alice, chainAudit(20)), context.trust));
    expect(() => pinCheckpoint(further, checkpointOf(report, further))).toThrow(/k 20/);
    const said = checkpointOf(report, context.trust);
    const pinned = pinCheckpoint(context.trust, said);
    const twisted = { ...said, checkpoint: { ...said.checkpoint, timestampHash: word(9) } };
    expect(() => pinCheckpoint(pinned, twisted)).toThrow(/k 12/);
    const host = { ...report, subject: { kind: 'host', did: 'did:web:host.example' } } as const;
    expect(() => checkpointOf(host, context.trust)).toThrow(/Only reports of chains/);
    const [chain] = context.trust.chains ?? [];
    for (const change of [{ genesis: word(1) }, { sequencerKey: 'MCow' }]) {
      const chains = [{ ...chain, ...change }] as never;
      expect(() => checkpointOf(report, { chains })).toThrow(/no chain/);
    }
  });
});
