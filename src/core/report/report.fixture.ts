import { secp256k1 } from '@noble/curves/secp256k1.js';
import { concatBytes } from '../bytes/bytes.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';
import { addressOf } from '../evm/seals/recoverSigner.ts';
import { parseTrust } from '../trust/parseTrust.ts';
import { serializeTrust } from '../trust/serializeTrust.ts';
import type { Trust } from '../trust/trust.ts';
import { fail, pass } from '../verdict/check.ts';
import { makeReport, type AuditLine } from './makeReport.ts';
import { bodyOf, reportDigest } from './digest.ts';
import type { Report, ReportBody } from './report.ts';
import { reportSigningDigest } from './typedData.ts';

export interface TestAuditor {
  readonly address: Hex;
  readonly sign: (report: Report) => Report;
}

/** Auditors with keys that everybody knows. */
export function auditor(number: number): TestAuditor {
  const key = new Uint8Array(32).fill(number);
  const address = addressOf(secp256k1.Point.BASE.multiply(BigInt(toHex0x(key))));
  return {
    address,
    sign: (report) => {
      const found = secp256k1.sign(reportSigningDigest(report), key, { prehash: false, format: 'recovered' });
      const [v = 0] = found;
      return { ...report, signature: toHex0x(concatBytes(found.subarray(1), Uint8Array.of(27 + v))) };
    },
  };
}

export const genesis = 'ab'.repeat(32);
/** SPKI of an Ed25519 key. */
const sequencerKey = 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE';

export const testTrust = (...auditors: readonly TestAuditor[]): Trust =>
  parseTrust(
    new TextEncoder().encode(
      serializeTrust({
        chains: [{ name: 'example', genesis, sequencerKey }],
        ...(auditors.length > 0 && { auditors: auditors.map(({ address }) => ({ address })) }),
      }),
    ),
  );

export const time = 1_790_000_000;

/** A line of `audit`, of a chain up to `k`. */
export function chainAudit(k = 12, verdict: 'verified' | 'rejected' | 'undetermined' = 'verified'): AuditLine {
  const bad = { params: { k: 3, reason: 'A sentence that stays with the auditor.' } };
  const evidence = [{ digest: 'cd'.repeat(32), offset: 0, length: 3 }];
  const link = fail('CHAIN_LINK', { ...bad, evidence });
  return {
    kind: 'chain',
    chain: 'example',
    genesis,
    verdict,
    labels: ['simulated'],
    stop: { reason: 'end as shown' },
    tip: {
      k,
      height: k - 1,
      block: word(k),
      timestampHash: word(k + 100),
      time: time - 60,
      parent: word(1),
      leaves: 3,
    },
    counts: { blocks: k, attestations: k + 1, forks: 1 },
    checks: [
      pass('CHAIN_PINNED'),
      verdict === 'verified'
        ? pass('CHAIN_BLOCKS')
        : {
            code: 'CHAIN_BLOCKS',
            status: verdict === 'rejected' ? 'fail' : 'unknown',
            children: [verdict === 'rejected' ? link : { ...link, status: 'unknown' }],
          },
    ],
  };
}

export const word = (value: number): string => value.toString(16).padStart(64, '0');

export function draft(who: TestAuditor, audit = chainAudit()): Report {
  const verifier = { version: '0.1.0', build: null };
  return makeReport(audit, { trust: testTrust(), verifier, time, auditor: who.address });
}

/** Changed, with the digest of what it then says, and signed anew: what its auditor could have made. */
export function altered(who: TestAuditor, report: Report, change: Partial<ReportBody>): Report {
  const body = { ...bodyOf(report), ...change };
  return who.sign({ ...body, digest: reportDigest(body), signature: null });
}
