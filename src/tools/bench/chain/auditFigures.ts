import { atLeast, atMost, figure, type Emit, type Say } from '../figure.ts';
import { median } from '../sideBySide.ts';
import type { Fixture } from './openFixture.ts';
import type { OpenPage, Pages } from './openPage.ts';
import type { PageAudit } from './page/page.ts';

/** Workers of the figures for several: the machine that the targets were set on has two cores. */
const workers = 2;
const rounds = 3;
/** Blocks of the figures on one thread: many, since each audit also probes 256 numbers beyond its end. */
const sample = 2_000;
const naiveSample = 100;
/** Blocks of the audit that warms the workers up before any other is measured: code that runs for each of them is compiled by then. */
const warmUp = 5_000;

interface Round {
  /** Share of the page's processor time in an audit that its verifications alone need. */
  readonly cpuShare: number;
  readonly one: PageAudit;
  readonly two: PageAudit;
  /** Blocks a second. */
  readonly naive: number;
  /** What two workers that only verify do beside one of them. */
  readonly machine: number;
}

/**
 * Workers stay with the page for as long as it is open, so two audits are measured: the first of a visit, whose workers come with it and compile its code
 * while it runs (`first`), and later ones, behind a smaller audit that warms their workers up (everything else).
 *
 * Audits in one page, all of a round one after the other, so that whatever else the machine does slows all of them: with one worker, with two,
 * and the naive verifier between them. Ratios are medians over the rounds.
 */
export async function auditFigures(
  pages: Pages,
  fixture: Fixture,
  blocks: number,
  say: Say,
  emit: Emit,
): Promise<void> {
  const page = await pages.open(fixture.folder);
  try {
    await page.call('open', blocks, true);
    emit([figure('chain.page.spin.before', await page.call('spin'), 'Msteps/s')]);
    const parts = await page.call('parts', Math.min(sample, blocks), Math.min(warmUp, blocks));
    const recordedBlocks = Math.min(1_000, blocks);
    await page.call('record', recordedBlocks);
    say('audits in Chromium');
    await page.call('naive', naiveSample / 10);
    const first = await page.call('audit', workers);
    await page.call('cool');
    for (const each of [workers, 1]) await page.call('audit', each, Math.min(warmUp, blocks));
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      const [two, auditCpu] = await cpuOf(page, () => page.call('audit', workers));
      const [, signatureCpu] = await cpuOf(page, () => page.call('signatures'));
      const cpuShare = signatureCpu / recordedBlocks / (auditCpu / blocks);
      const naive = await page.call('naive', naiveSample);
      const one = await page.call('audit', 1);
      const verifyTwo = await page.call('verifyOnly', workers);
      const machine = verifyTwo / (await page.call('verifyOnly', 1));
      measured.push({ one, two, naive, cpuShare, machine });
      say(
        `round ${round + 1}: ${(blocks / two.seconds).toFixed(0)} blocks/s, alone ${(blocks / measured[round]!.one.seconds).toFixed(0)}`,
      );
    }
    const of = (value: (round: Round) => number) => median(measured.map(value));
    const mean = (name: string) =>
      of(({ two }) => ((two.times[name]?.milliseconds ?? 0) / (two.times[name]?.count ?? 1)) * 1000);
    emit([
      figure(
        'chain.audit.rate',
        of(({ two }) => blocks / two.seconds),
        'blocks/s',
      ),
      figure('chain.audit.first.rate', blocks / first.seconds, 'blocks/s'),
      figure('chain.audit.first.ratio', boundShare(first, workers, blocks), 'ratio'),
      figure(
        'chain.audit.rate.oneWorker',
        of(({ one }) => blocks / one.seconds),
        'blocks/s',
      ),
      atLeast(
        'chain.audit.ratio',
        of(({ two }) => boundShare(two, workers, blocks)),
        'ratio',
        0.9,
      ),
      figure(
        'chain.audit.ratio.oneWorker',
        of(({ one }) => boundShare(one, 1, blocks)),
        'ratio',
      ),
      figure(
        'chain.audit.ratio.cpu',
        of(({ cpuShare }) => cpuShare),
        'ratio',
      ),
      figure('chain.audit.verify.es384', mean('ECDSA'), 'µs'),
      figure('chain.audit.verify.rs256', mean('RSASSA-PKCS1-v1_5'), 'µs'),
      figure('chain.audit.verify.ed25519', mean('Ed25519'), 'µs'),
      figure(
        'chain.audit.verify.count',
        of(({ two }) => verifications(two) / blocks),
        'signatures/block',
      ),
      figure(
        'chain.naive.rate',
        of(({ naive }) => naive),
        'blocks/s',
      ),
      atLeast(
        'chain.audit.naive',
        of(({ two, naive }) => blocks / two.seconds / naive),
        'ratio',
        15,
      ),
      atLeast(
        'chain.audit.workers',
        of(({ one, two }) => one.seconds / two.seconds),
        'ratio',
        1.9,
      ),
      figure(
        'machine.two.webcrypto',
        of(({ machine }) => machine),
        'ratio',
      ),
      atLeast(
        'chain.audit.workers.share',
        of(({ one, two, machine }) => one.seconds / two.seconds / machine),
        'of machine.two.webcrypto',
        0.95,
      ),
      atMost('chain.audit.longestTask', Math.max(...measured.map(({ one }) => one.longest)), 'ms', 50),
      figure('chain.audit.longestTask.allCores', Math.max(...measured.map(({ two }) => two.longest)), 'ms'),
      figure('chain.block.whole', parts.whole * 1000, 'µs'),
      figure('chain.block.es384', parts.es384 * 1000, 'µs'),
      figure('chain.block.rs256', parts.rs256 * 1000, 'µs'),
      figure('chain.block.ed25519', parts.ed25519 * 1000, 'µs'),
      figure('chain.block.hashing', parts.hashing * 1000, 'µs'),
      figure('chain.block.hashing.share', parts.hashingShare, 'share'),
      atMost('chain.block.rest.share', parts.restShare, 'share', 0.05),
      figure('chain.page.spin.after', await page.call('spin'), 'Msteps/s'),
    ]);
  } finally {
    await page.close();
  }
}

/** Blocks a second through what so many threads could verify that do nothing else. */
function boundShare(audit: PageAudit, threads: number, blocks: number): number {
  return (signatureSeconds(audit, blocks) * blocks) / threads / audit.seconds;
}

/**
 * Σ of a block's verifications as WebCrypto needed them in this very run: the mean time of each algorithm, once each. A signature that is
 * verified twice does not make the bound lower.
 */
function signatureSeconds({ times }: PageAudit, blocks: number): number {
  const names = Object.values(times);
  return (
    names.reduce(
      (sum, { count, milliseconds }) => sum + (milliseconds / Math.max(count, blocks)) * Math.min(1, count / blocks),
      0,
    ) / 1000
  );
}

function verifications({ times }: PageAudit): number {
  return Object.values(times).reduce((sum, { count }) => sum + count, 0);
}

async function cpuOf<Answer>(page: OpenPage, work: () => Promise<Answer>): Promise<readonly [Answer, number]> {
  const before = await page.cpu();
  const answer = await work();
  return [answer, (await page.cpu()) - before];
}
