import type { Hex } from '../evm/hex.ts';
import { canonicalJson } from '../bytes/jcs.ts';
import type { Trust } from '../trust/trust.ts';
import { AuditorError, FormatError } from '../verdict/auditorError.ts';
import type { Check } from '../verdict/check.ts';
import type { Verdict } from '../verdict/status.ts';
import { trustDigest } from './digest.ts';
import { isPlainParam } from './parseReport.ts';
import { maximumFindings, type Covered, type Finding, type Report, type ReportBody, type Subject } from './report.ts';
import { draftReport } from './sealReport.ts';

/** What every audit prints (`npm run -s audit`), and the page has of one: its own members beside these. */
export interface AuditLine {
  readonly verdict: Verdict;
  readonly labels?: readonly string[];
  readonly checks: readonly Check[];
  readonly [member: string]: unknown;
}

/** What the auditor adds to an audit. */
export interface ReportAround {
  /** Under which it was audited. */
  readonly trust: Trust;
  readonly verifier: Report['verifier'];
  /** Seconds since 1970. */
  readonly time: number;
  /** Whose report it will be. */
  readonly auditor: Hex;
}

/**
 * An audit as a report that waits for its signature. What identifies the audited thing, how far the audit came, what it counted and found; words and names are left out.
 * @param audit one line of the command, parsed
 * @throws AuditorError `usage` REPORT_AUDIT where it is no audit, or one of nothing that can be identified
 */
export function makeReport(audit: AuditLine, { trust, verifier, time, auditor }: ReportAround): Report {
  try {
    const { subject, covered, counts } = describe(audit, trust);
    const findings = findingsOf(audit.checks);
    const body: ReportBody = {
      affidavit: 'report/1',
      subject,
      covered,
      counts,
      checks: audit.checks.map(({ code, status }) => ({ code, status })),
      findings: findings.slice(0, maximumFindings),
      findingsLeft: Math.max(0, findings.length - maximumFindings),
      verdict: audit.verdict,
      labels: [...new Set(audit.labels ?? [])].sort(),
      trust: trustDigest(trust),
      verifier,
      time,
      auditor: auditor.toLowerCase() as Hex,
    };
    return draftReport(body);
  } catch (cause) {
    if (cause instanceof AuditorError && cause.kind === 'usage') throw cause;
    if (!(cause instanceof FormatError) && !(cause instanceof TypeError)) throw cause;
    throw refused(`That is no audit that a report can be made of. ${cause.message}`, cause);
  }
}

interface Described {
  readonly subject: Subject;
  readonly covered: Covered;
  readonly counts: Readonly<Record<string, number>>;
}

type Members = Readonly<Record<string, unknown>>;

function describe(audit: AuditLine, trust: Trust): Described {
  if (audit['kind'] === 'chain') return ofChain(audit, trust);
  if (typeof audit['host'] === 'string') return ofHost(audit, audit['host']);
  const place = ['contract', 'network', 'task', 'order'].find((name) => typeof audit[name] === 'string');
  // An order's line has its name under `name`, beside what is known of it.
  if (place !== undefined) return ofLedger(audit, place as 'contract', String(audit[place]));
  if (typeof audit['name'] === 'string' && 'marks' in audit) return ofLedger(audit, 'order', audit['name']);
  throw refused('That is no audit of a chain, contract, task, order, host or network.');
}

function ofChain(audit: AuditLine, { chains = [] }: Trust): Described {
  const { genesis, tip, stop, counts } = audit as unknown as {
    readonly genesis: string | null;
    readonly tip: { readonly [name: string]: unknown } | null;
    readonly stop: { readonly reason: string };
    readonly counts: Record<string, number>;
  };
  const pin = genesis === null ? undefined : chains.find((each) => each.genesis === genesis);
  if (genesis === null || pin?.sequencerKey === undefined) {
    throw refused(
      'The trust file pins no chain with this block zero and its sequencer’s key, so nothing says which chain it is.',
    );
  }
  const isLate = (audit.labels ?? []).includes('from checkpoint');
  const end = tip && {
    block: String(tip['block']),
    height: Number(tip['height']),
    k: Number(tip['k']),
    time: Number(tip['time']),
    timestampHash: String(tip['timestampHash']),
  };
  const from = isLate ? (pin.checkpoint?.k ?? 0) : 0;
  return {
    subject: { kind: 'chain', genesis, sequencerKey: pin.sequencerKey },
    covered: { unit: 'k', from, to: end ? end.k : null, end: stop.reason, tip: end },
    counts: numbersOf(counts),
  };
}

function ofHost(audit: AuditLine, did: string): Described {
  const at = Math.floor(Date.parse(String(audit['at'])) / 1000);
  const { counted, threshold, validators } = audit as Members;
  return {
    subject: { kind: 'host', did },
    covered: { unit: 'second', from: at, to: at, end: 'as shown', tip: { credential: String(audit['credential']) } },
    counts: numbersOf({ counted, threshold, validators: Array.isArray(validators) ? validators.length : undefined }),
  };
}

function ofLedger(audit: AuditLine, kind: 'contract' | 'network' | 'task' | 'order', name: string): Described {
  const [chain, contract = '', id = ''] = name.toLowerCase().split('/');
  const place = { chainId: Number(chain), contract: contract as Hex };
  const { completeness, head, count, events, requests, records, nodes } = audit as unknown as Members & {
    readonly completeness: { readonly how: string; readonly from: number; readonly to: number } & Members;
    readonly head?: { readonly number: number; readonly hash: Hex; readonly time: number } | null;
  };
  const { how, from, to, tested, opened } = completeness;
  const isEmpty = to < from;
  const counts = { events: events ?? count, requests, records, tested, opened };
  return {
    subject: kind === 'task' || kind === 'order' ? { kind, ...place, id } : { kind, ...place },
    covered: {
      unit: 'block',
      from,
      to: isEmpty ? null : to,
      end: how,
      tip: head ? { number: head.number, hash: head.hash, time: head.time } : null,
    },
    counts: numbersOf({ ...counts, nodes: Array.isArray(nodes) ? nodes.length : undefined }),
  };
}

function numbersOf(counts: Members): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1])),
  );
}

/** The innermost checks that do not hold, each once: what a person would look at. */
function findingsOf(checks: readonly Check[]): readonly Finding[] {
  const found = new Map<string, Finding>();
  const visit = ({ code, status, params = {}, evidence = [], children = [] }: Check): void => {
    if (status === 'pass') return;
    const open = children.filter((child) => child.status !== 'pass');
    if (open.length > 0) return open.forEach(visit);
    const finding: Finding = {
      code,
      status,
      params: Object.fromEntries(
        Object.entries(params).filter((entry): entry is [string, string | number | boolean] => isPlainParam(entry[1])),
      ),
      evidence: [...new Set(evidence.map(({ digest }) => digest))].slice(0, 16),
    };
    found.set(canonicalJson(finding), finding);
  };
  checks.forEach(visit);
  return [...found.values()];
}

function refused(words: string, cause?: unknown): AuditorError {
  return new AuditorError('usage', 'REPORT_AUDIT', words, { cause });
}
