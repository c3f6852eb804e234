import { moment } from '../core/certificate/moment.ts';
import { chainMessages } from '../core/chain/messages.en.ts';
import { clean, readableChecks, readableLabels, summary, type Paint } from './readable.ts';
import { verdictWords } from '../core/verdict/words.en.ts';
import type { ChainAudit, SequencedBlock, Stop } from '../core/chain/types.ts';

const stopWords: Readonly<Record<Stop['reason'], string>> = {
  'end as shown': 'Nobody shows anything after its tip.',
  gap: 'It stops before number {k}: nothing is there, though later numbers are.',
  invalid: 'It stops before number {k}: what is there fails a check.',
  'attestation without block': 'It stops before number {k}: that number has no valid block and timestamp.',
  order: 'It stops before number {k}: the sequencer numbered a block before the one that it follows.',
  equivocation: 'It is cut before number {k}: the sequencer signed two attestations that contradict each other.',
  'not pinned': 'It was not read: your trust file does not pin its {part}.',
};

/** Lines of a list that are shown; the rest is counted, and stands in full in the JSON. */
const shown = 8;

/** An audit for people: verdict and sentence, where the chain stands, labels, every check, and what was found beside the main chain. */
export function readableAudit(audit: ChainAudit, paint: Paint): string {
  const { verdict, chain, checks, counts, stop, tip } = audit;
  const nothing = stop.reason === 'gap' && !tip && counts.attestations + counts.junk === 0;
  const words = nothing
    ? 'Nothing of it was shown.'
    : stopWords[stop.reason].replace('{k}', String(stop.k)).replace('{part}', String(stop.part));
  const lines = [
    `${paint(verdictWords[verdict], verdict)}: chain ${clean(chain)}`,
    `  ${summary(verdict, checks)}`,
    `  ${tip ? `Verified up to ${describeBlock(tip)}. ` : 'No block is verified. '}${words}`,
    `  ${counts.blocks} blocks on the main chain, ${counts.attestations} attestations, ${counts.forks} forks, ${counts.orphans} orphans, ` +
      `${counts.unsequenced} unsequenced, ${counts.junk} junk; ${counts.signatures} signatures checked.`,
    ...readableLabels(audit.labels, paint),
    '',
    ...readableChecks(checks, chainMessages, paint),
    ...list(
      'Forks',
      audit.forks,
      ({ height, blocks }) => `at height ${height}: numbers ${blocks.map(({ k }) => k).join(', ')}`,
    ),
    ...list('Contradictions', audit.equivocation, ({ k, y }) =>
      k[0] === k[1] ? `number ${k[0]} for ${y[0]} and ${y[1]}` : `${y[0]} under numbers ${k[0]} and ${k[1]}`,
    ),
    ...list(
      'Junk, which decides nothing',
      audit.junk,
      ({ name, code, reason, buckets }) => `${name} in buckets ${buckets.join(', ')}: ${code}. ${reason}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function describeBlock({ k, height, block, time }: SequencedBlock): string {
  return `number ${k} at height ${height}, block ${block.slice(0, 16)}…, stamped ${moment(time)}`;
}

function list<Item>(title: string, items: readonly Item[], describe: (item: Item) => string): string[] {
  if (items.length === 0) return [];
  const rest = items.length > shown ? [`    and ${items.length - shown} more`] : [];
  return [`  ${title}:`, ...items.slice(0, shown).map((item) => `    ${clean(describe(item))}`), ...rest];
}
