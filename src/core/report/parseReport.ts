import { fromBase64Url } from '../bytes/base64.ts';
import { isHex } from '../bytes/hex.ts';
import { canonicalJson, parseCanonicalJson } from '../bytes/jcs.ts';
import type { JsonValue } from '../bytes/json.ts';
import { readMembers, readObject } from '../certificate/envelope.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { labelWords } from '../verdict/labelWords.en.ts';
import { maximumFindings, maximumReports, type Covered, type Report, type ReportBundle } from './report.ts';

/** A report is some kilobytes; a bundle holds at most `maximumReports` of them. */
export const maximumReportLength = 16 * 1024 * 1024;

const limits = { maximumLength: maximumReportLength, maximumDepth: 8, maximumMembers: 64, maximumValues: 2 ** 19 };

/** Reasons for which the audit of a chain ends, of a contract is complete, of a host is what it is. */
const ends: Readonly<Record<Covered['unit'], readonly string[]>> = {
  k: ['end as shown', 'gap', 'invalid', 'attestation without block', 'order', 'equivocation', 'not pinned'],
  block: ['bloom', 'counter', 'none'],
  second: ['as shown'],
};

const names = ['auditor', 'checks', 'counts', 'covered', 'digest', 'findings', 'findingsLeft', 'labels', 'signature'];
const more = ['subject', 'time', 'trust', 'verdict', 'verifier'];

/**
 * Reads a report or a bundle of them: their form alone; digests and signatures are for `checkReport` to compare.
 * @throws FormatError with the offset or the field at fault
 */
export function parseReportFile(text: string): Report | ReportBundle {
  const value = parseCanonicalJson(text, limits);
  if (readObject('The report', value)['affidavit'] !== 'reports/1') return readReport(value);
  const { reports, digest } = readMembers('The reports', value, ['affidavit', 'digest', 'reports']);
  if (!Array.isArray(reports) || reports.length === 0 || reports.length > maximumReports) {
    throw fault('reports', `a list of 1 to ${maximumReports}`);
  }
  const read = reports.map(readReport);
  const order = read.map((report) => `${report.digest} ${report.signature}`);
  demand(canonicalJson([...new Set(order)].sort()) === canonicalJson(order), 'reports', 'each once, by their digests');
  return { affidavit: 'reports/1', reports: read, digest: hex('digest', digest) };
}

/** @throws FormatError naming the field */
export function readReport(value: JsonValue): Report {
  const all = readMembers('The report', value, ['affidavit', ...names, ...more]);
  demand(all['affidavit'] === 'report/1', 'affidavit', '"report/1" (a newer version of Affidavit may know others)');
  readSubject(all['subject']);
  readCovered(all['covered'], String(readObject('Field subject', all['subject'])['kind']));
  for (const [name, count] of Object.entries(readObject('Field counts', all['counts']))) {
    demand(/^[a-z][A-Za-z]{0,31}$/.test(name), 'counts', 'names of letters');
    whole(`counts.${name}`, count);
  }
  for (const check of list('checks', all['checks'], 64)) {
    const { code, status } = readMembers('A check', check, ['code', 'status']);
    readCode(code);
    demand(['pass', 'fail', 'unknown'].includes(String(status)), 'checks', 'pass, fail or unknown');
  }
  for (const finding of list('findings', all['findings'], maximumFindings)) readFinding(finding);
  whole('findingsLeft', all['findingsLeft']);
  demand(['verified', 'rejected', 'undetermined'].includes(String(all['verdict'])), 'verdict', 'one of the three');
  const labels = list('labels', all['labels'], 32);
  demand(
    labels.every((label) => typeof label === 'string' && Object.hasOwn(labelWords, label)),
    'labels',
    'labels that are known',
  );
  demand(canonicalJson([...new Set(labels)].sort()) === canonicalJson(labels), 'labels', 'each once and in order');
  hex('trust', all['trust']);
  const verifier = readMembers('Field verifier', all['verifier'], ['build', 'version']);
  demand(isText(verifier.version, /^\d{1,4}\.\d{1,4}\.\d{1,4}(-[0-9a-z.]{1,20})?$/), 'verifier', 'a version');
  if (verifier.build !== null) hex('verifier.build', verifier.build);
  demand(whole('time', all['time']) < 253_402_300_800, 'time', 'seconds of a year of four digits');
  address('auditor', all['auditor']);
  hex('digest', all['digest']);
  const { signature } = all;
  demand(
    signature === null || isText(signature, /^0x[0-9a-f]{130}$/),
    'signature',
    '65 bytes in hex after 0x, or null',
  );
  return all as unknown as Report;
}

function readSubject(value: JsonValue | undefined): void {
  const { kind } = readObject('Field subject', value);
  switch (kind) {
    case 'chain': {
      const { genesis, sequencerKey } = readMembers('Field subject', value, ['genesis', 'kind', 'sequencerKey']);
      hex('subject.genesis', genesis);
      demand(typeof sequencerKey === 'string' && sequencerKey.length < 200, 'subject.sequencerKey', 'base64url');
      fromBase64Url(sequencerKey as string);
      return;
    }
    case 'contract':
    case 'network':
    case 'task':
    case 'order': {
      const isPart = kind === 'task' || kind === 'order';
      const found = readMembers('Field subject', value, ['chainId', 'contract', 'kind', ...(isPart ? ['id'] : [])]);
      demand(whole('subject.chainId', found['chainId']) > 0, 'subject.chainId', 'a number from 1');
      address('subject.contract', found['contract']);
      if (isPart) demand(isText(found['id'], /^(0|[1-9]\d{0,77})$/), 'subject.id', 'a number in decimal');
      return;
    }
    case 'host': {
      const { did } = readMembers('Field subject', value, ['did', 'kind']);
      demand(isText(did, /^did:[a-z0-9]+:[A-Za-z0-9._:%-]{1,2000}$/), 'subject.did', 'a DID');
      return;
    }
    default:
      throw fault('subject.kind', 'chain, contract, task, order, network or host');
  }
}

function readCovered(value: JsonValue | undefined, kind: string): void {
  const { unit, from, to, end, tip } = readMembers('Field covered', value, ['end', 'from', 'tip', 'to', 'unit']);
  const expected = kind === 'chain' ? 'k' : kind === 'host' ? 'second' : 'block';
  demand(unit === expected, 'covered.unit', expected);
  demand(ends[expected].includes(String(end)), 'covered.end', ends[expected].join(', '));
  const first = whole('covered.from', from);
  demand(to === null || whole('covered.to', to) >= first, 'covered.to', 'nothing below covered.from');
  if (tip === null) return;
  const found = readObject('Field covered.tip', tip);
  if (expected === 'second') {
    hex('covered.tip.credential', readMembers('Field covered.tip', tip, ['credential']).credential);
  } else if (expected === 'block') {
    readMembers('Field covered.tip', tip, ['hash', 'number', 'time']);
    whole('covered.tip.number', found['number']);
    whole('covered.tip.time', found['time']);
    demand(isText(found['hash'], /^0x[0-9a-f]{64}$/), 'covered.tip.hash', 'a hash');
  } else {
    readMembers('Field covered.tip', tip, ['block', 'height', 'k', 'time', 'timestampHash']);
    hex('covered.tip.block', found['block']);
    hex('covered.tip.timestampHash', found['timestampHash']);
    whole('covered.tip.time', found['time']);
    const k = whole('covered.tip.k', found['k']);
    demand(whole('covered.tip.height', found['height']) <= k, 'covered.tip.height', 'at most k');
  }
}

function readFinding(value: JsonValue): void {
  const { code, status, params, evidence } = readMembers('A finding', value, ['code', 'evidence', 'params', 'status']);
  readCode(code);
  demand(status === 'fail' || status === 'unknown', 'findings', 'fail or unknown');
  for (const [name, each] of Object.entries(readObject('The params of a finding', params))) {
    demand(/^\w{1,40}$/.test(name) && isPlainParam(each), `findings.params`, 'values without white space');
  }
  for (const digest of list('findings.evidence', evidence, 16)) hex('findings.evidence', digest);
}

/** Whether a value of a check may stand in a report: no sentences. */
export function isPlainParam(value: unknown): value is string | number | boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return typeof value === 'boolean' || (typeof value === 'string' && /^[!-~]{0,200}$/.test(value));
}

function readCode(value: JsonValue | undefined): void {
  demand(isText(value, /^[A-Z][A-Z0-9]{0,39}(_[A-Z0-9]{1,40}){1,6}$/), 'code', 'the code of a check');
}

function isText(value: JsonValue | undefined, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value);
}

function hex(field: string, value: JsonValue | undefined): string {
  if (typeof value === 'string' && isHex(value, 32)) return value;
  throw fault(field, '64 lower-case hex digits');
}

function address(field: string, value: JsonValue | undefined): void {
  demand(isText(value, /^0x[0-9a-f]{40}$/), field, 'an address in lower case');
}

function whole(field: string, value: JsonValue | undefined): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw fault(field, 'a whole number');
}

function list(field: string, value: JsonValue | undefined, maximum: number): readonly JsonValue[] {
  if (Array.isArray(value) && value.length <= maximum) return value;
  throw fault(field, `a list of at most ${maximum}`);
}

function demand(holds: boolean, field: string, expected: string): void {
  if (!holds) throw fault(field, expected);
}

function fault(field: string, expected: string): FormatError {
  return new FormatError(`Field ${field}: expected ${expected}.`, 0);
}
