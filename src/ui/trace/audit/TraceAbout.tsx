import { toHex } from '../../../core/bytes/hex.ts';
import { isAnchorable } from '../../../core/trace/checkAnchored.ts';
import { traceStructHash, zeroDigest, type TraceDomain, type TraceMetadata } from '../../../core/trace/metadata.ts';
import { parsePolicy } from '../../../core/trace/policy.ts';
import { FormatError } from '../../../core/verdict/auditorError.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { count, list } from '../../format/quantity.ts';
import { Digest } from '../../parts/Digest.tsx';
import { Facts } from '../../parts/Facts.tsx';
import lists from '../../parts/lists.module.css';
import { Moment } from '../../parts/Moment.tsx';
import { traceAudit } from '../../words/traceAudit.en.ts';
import styles from './TraceAbout.module.css';

const { about: words } = traceAudit;

interface Props {
  readonly metadata: TraceMetadata;
  readonly domain: TraceDomain;
  /** The machine's name, where it is pinned. */
  readonly machine: string | undefined;
  /** Canonical JSON, of a whole trace. */
  readonly policy?: string;
  readonly functions?: number;
  readonly has?: { readonly tape: boolean; readonly inputs: boolean; readonly saltKey: boolean };
}

/** What the machine put its name to, in words; all digests stand below for those who compare. */
export function TraceAbout({ metadata, domain, machine, policy, functions, has }: Props) {
  const { chainId, verifyingContract: contract } = domain;
  return (
    <section className={lists.section} aria-labelledby="trace-about">
      <h2 id="trace-about">{words.title}</h2>
      <Facts
        facts={[
          [
            words.events,
            [
              fill(words.eventsText, {
                events: count(metadata.count, 'event'),
                records: count(metadata.records, 'record'),
              }),
              ...(functions === undefined ? [] : [fill(words.functions, { count: count(functions, 'function') })]),
            ].join('; '),
          ],
          [words.time, <Moment key="time" at={metadata.time * 1000} />],
          [
            words.machine,
            machine !== undefined && machine !== metadata.vm ? (
              machine
            ) : (
              <Digest key="vm" hex={metadata.vm} what={words.machine} />
            ),
          ],
          [words.program, <Digest key="code" hex={metadata.code} what={words.program} />],
          [words.policy, policy === undefined ? null : policyWords(policy)],
          [words.leaves, leafWords(metadata)],
          [words.has, has === undefined ? null : hasWords(has)],
          [words.ledger, isAnchorable(domain) ? fill(words.ledgerText, { contract, chainId }) : words.noLedger],
        ]}
      />
      {isAnchorable(domain) && (
        <p>
          <a className={styles.link} href={`index.html#/trace/${chainId}/${contract}/${metadata.code}`}>
            {words.lookUp}
          </a>
        </p>
      )}
      <details className={styles.digests}>
        <summary>{words.digests}</summary>
        <Facts facts={digestsOf(metadata)} />
      </details>
    </section>
  );
}

const digests = [
  'root',
  'policy',
  'instrumenter',
  'instrumented',
  'tape',
  'inputs',
  'symbols',
  'functionIndex',
  'selection',
  'previous',
] as const;

function digestsOf(metadata: TraceMetadata) {
  const id = toHex(traceStructHash(metadata));
  return [
    [words.id, <Digest key="id" hex={id} what={words.id} />] as const,
    ...digests.map((name) => {
      const title = name === 'policy' ? words.policyDigest : words[name];
      const hex = metadata[name];
      const none = name === 'previous' ? words.previousNone : traceAudit.rerun.none;
      return [title, hex === zeroDigest ? none : <Digest key={name} hex={hex} what={title} />] as const;
    }),
  ];
}

function policyWords(text: string): string {
  try {
    const policy = parsePolicy(text);
    const kinds = list(policy.kinds.map((kind) => traceAudit.policyKinds[kind] ?? kind));
    const isAll = policy.functions === 'all' && policy.inside === undefined;
    return fill(isAll ? words.policyAll : words.policySome, { kinds });
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
}

function leafWords({ leafEncoding, eventsPerLeaf, saltCommitment }: TraceMetadata): string {
  return fill(words.leavesText[leafEncoding], {
    per: count(eventsPerLeaf, 'event'),
    salted: saltCommitment === zeroDigest ? words.unsalted : words.salted,
  });
}

function hasWords(has: NonNullable<Props['has']>): string {
  const parts = (['tape', 'inputs', 'saltKey'] as const).filter((part) => has[part]).map((part) => words.parts[part]);
  return parts.length === 0 ? words.hasNothing : list(parts);
}
