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
  /** Signatures of ES384 a second that one worker, and two together, verify by WebCrypto and do nothing else. */
  readonly aloneOne: number;
  readonly aloneTwo: number;
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
    const firstAlone = await page.call('verifyOnly', workers);
    await page.call('cool');
    for (const each of [workers, 1]) await page.call('audit', each, Math.min(warmUp, blocks));
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      const [two, auditCpu] = await cpuOf(page, () => page.call('audit', workers));
      const [, signatureCpu] = await cpuOf(page, () => page.call('signatures'));
      const cpuShare = signatureCpu / recordedBlocks / (auditCpu / blocks);
      const naive = await page.call('naive', naiveSample);
      const one = await page.call('audit', 1);
      const aloneTwo = await page.call('verifyOnly', workers);
      const aloneOne = await page.call('verifyOnly', 1);
      measured.push({ one, two, aloneOne, aloneTwo, naive, cpuShare, machine: aloneTwo / aloneOne });
      say(
        `round ${round + 1}: ${(blocks / two.seconds).toFixed(0)} blocks/s, alone ${(blocks / measured[round]!.one.seconds).toFixed(0)}`,
      );
    }
    const of = (value: (round: Round) => number) => median(measured.map(value));
    const byTables = of(({ two }) => Math.max(0, 1 - (two.times[es384]?.count ?? 0) / blocks));
    say(
      byTables > 0
        ? `${(100 * byTables).toFixed(1)} % of the documents' signatures were verified by tables of their keys, the others by WebCrypto`
        : "all documents' signatures were verified by WebCrypto",
    );
    const mean = (name: string) =>
      of(({ two }) => ((two.times[name]?.milliseconds ?? 0) / (two.times[name]?.count ?? 1)) * 1000);
    emit([
      figure(
        'chain.audit.rate',
        of(({ two }) => blocks / two.seconds),
        'blocks/s',
      ),
      figure('chain.audit.first.rate', blocks / first.seconds, 'blocks/s'),
      figure('chain.audit.first.ratio', boundShare(first, workers, firstAlone, blocks), 'ratio'),
      figure(
        'chain.audit.rate.oneWorker',
        of(({ one }) => blocks / one.seconds),
        'blocks/s',
      ),
      atLeast(
        'chain.audit.ratio',
        of(({ two, aloneTwo }) => boundShare(two, workers, aloneTwo, blocks)),
        'ratio',
        0.9,
      ),
      figure(
        'chain.audit.ratio.oneWorker',
        of(({ one, aloneOne }) => boundShare(one, 1, aloneOne, blocks)),
        'ratio',
      ),
      figure(
        'chain.audit.ratio.cpu',
        of(({ cpuShare }) => cpuShare),
        'ratio',
      ),
      figure(
        'chain.audit.verify.es384',
        of(({ aloneTwo }) => (workers / aloneTwo) * 1e6),
        'µs',
      ),
      figure('chain.audit.verify.es384.tables', byTables, 'of the documents'),
      figure('chain.audit.verify.rs256', mean('RSASSA-PKCS1-v1_5'), 'µs'),
      figure('chain.audit.verify.ed25519', mean('Ed25519'), 'µs'),
      figure(
        'chain.audit.verify.count',
        of(({ two }) => two.signatures / blocks),
        'signatures/block',
      ),
      figure(
        'chain.audit.verify.webcrypto',
        of(({ two }) => verifications(two) / blocks),
        'calls/block',
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
      figure('chain.block.es384.product', parts.es384Product * 1000, 'µs'),
      figure('chain.block.rs256', parts.rs256 * 1000, 'µs'),
      figure('chain.block.ed25519', parts.ed25519 * 1000, 'µs'),
      figure('chain.block.hashing', parts.hashing * 1000, 'µs'),
      figure('chain.block.hashing.share', parts.hashingShare, 'share'),
      atMost('chain.block.rest.share', parts.restShare, 'share', 0.05),
      figure('chain.block.rest.share.webcrypto', parts.restShareWebCrypto, 'share'),
      figure('chain.page.spin.after', await page.call('spin'), 'Msteps/s'),
    ]);
  } finally {
    await page.close();
  }
}

/** Name in WebCrypto of what documents are signed with. */
const es384 = 'ECDSA';

/** Blocks a second through what so many threads could verify by WebCrypto that do nothing else. */
function boundShare(audit: PageAudit, threads: number, alone: number, blocks: number): number {
  return (signatureSeconds(audit, threads / alone, blocks) * blocks) / threads / audit.seconds;
}

/**
 * Σ of a block's verifications as WebCrypto needs them. For RS256 and Ed25519 that is the mean time in this very audit, once each: a signature that is verified
 * twice does not make the bound lower. For ES384, of which the audit itself leaves few to WebCrypto, it is the time of as many workers that do nothing else, in
 * the same page and round.
 */
function signatureSeconds({ times }: PageAudit, es384Seconds: number, blocks: number): number {
  return Object.entries(times).reduce(
    (sum, [name, { count, milliseconds }]) =>
      name === es384 ? sum : sum + (milliseconds / Math.max(count, blocks) / 1000) * Math.min(1, count / blocks),
    es384Seconds,
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
