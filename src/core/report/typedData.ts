import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { fromHex0x, type Hex } from '../evm/hex.ts';
import { recoverSigner } from '../evm/seals/recoverSigner.ts';
import type { Report, Subject } from './report.ts';

/** No ledger and no contract in it: a report holds wherever it is shown. */
export const reportDomain = { name: 'Affidavit', version: '1' } as const;

/** What a wallet shows and signs (EIP-712). The digest covers all of the report; the rest of it is there to be read. */
export const reportTypes = {
  AuditReport: [
    { name: 'audited', type: 'string' },
    { name: 'covered', type: 'string' },
    { name: 'verdict', type: 'string' },
    { name: 'trust', type: 'bytes32' },
    { name: 'time', type: 'uint64' },
    { name: 'auditor', type: 'address' },
    { name: 'digest', type: 'bytes32' },
  ],
} as const;

export interface ReportMessage {
  readonly audited: string;
  readonly covered: string;
  readonly verdict: string;
  readonly trust: Hex;
  readonly time: bigint;
  readonly auditor: Hex;
  readonly digest: Hex;
}

export function reportMessage({ subject, covered, verdict, trust, time, auditor, digest }: Report): ReportMessage {
  const { unit, from, to, end } = covered;
  return {
    audited: subjectText(subject),
    covered: `${unit} ${from} to ${to ?? 'nothing'}, ${end}`,
    verdict,
    trust: `0x${trust}`,
    time: BigInt(time),
    auditor,
    digest: `0x${digest}`,
  };
}

/** What was audited, on one line, always the same for the same. */
export function subjectText(subject: Subject): string {
  switch (subject.kind) {
    case 'chain':
      return `chain ${subject.genesis}`;
    case 'host':
      return `host ${subject.did}`;
    case 'contract':
    case 'network':
      return `${subject.kind} ${subject.chainId}/${subject.contract}`;
    case 'task':
    case 'order':
      return `${subject.kind} ${subject.chainId}/${subject.contract}/${subject.id}`;
  }
}

const typeString = `AuditReport(${reportTypes.AuditReport.map(({ name, type }) => `${type} ${name}`).join(',')})`;
const separator = keccak256(
  concatBytes(
    keccak256(utf8('EIP712Domain(string name,string version)')),
    keccak256(utf8(reportDomain.name)),
    keccak256(utf8(reportDomain.version)),
  ),
);

/** The 32 bytes that are signed. */
export function reportSigningDigest(report: Report): Uint8Array {
  const { audited, covered, verdict, trust, time, auditor, digest } = reportMessage(report);
  const struct = keccak256(
    concatBytes(
      keccak256(utf8(typeString)),
      ...[audited, covered, verdict].map((text) => keccak256(utf8(text))),
      fromHex0x(trust),
      fromHex(time.toString(16).padStart(64, '0')),
      concatBytes(new Uint8Array(12), fromHex0x(auditor)),
      fromHex0x(digest),
    ),
  );
  return keccak256(concatBytes(Uint8Array.of(0x19, 0x01), separator, struct));
}

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** Whose key has signed, or undefined where that is no signature as reports carry it: s in the lower half, v 27 or 28, so that no other bytes stand for the same. */
export function reportSigner(report: Report): Hex | undefined {
  if (report.signature === null) return undefined;
  const bytes = fromHex0x(report.signature);
  if (bytes.length !== 65 || BigInt(`0x${toHex(bytes.subarray(32, 64))}`) > order / 2n) return undefined;
  const v = bytes[64];
  if (v !== 27 && v !== 28) return undefined;
  return recoverSigner(reportSigningDigest(report), concatBytes(bytes.subarray(0, 64), Uint8Array.of(v - 27)));
}

/** A wallet's signature in the one form that reports carry: wallets give either half of s, and v from 0 or from 27. */
export function canonicalSignature(signature: Hex): Hex {
  const bytes = fromHex0x(signature.toLowerCase());
  const last = bytes[64] ?? 0;
  let v = last < 27 ? last : last - 27;
  let s = BigInt(`0x${toHex(bytes.subarray(32, 64)) || '0'}`);
  if (s > order / 2n && s < order) {
    s = order - s;
    v ^= 1;
  }
  const tail = (27 + v).toString(16).padStart(2, '0');
  return `0x${toHex(bytes.subarray(0, 32))}${s.toString(16).padStart(64, '0')}${tail}`;
}
