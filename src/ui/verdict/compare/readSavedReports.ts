import { decodeUtf8 } from '../../../core/bytes/bytes.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../../core/bytes/json.ts';
import type { Report } from '../../../core/kinds/judge.ts';
import { FormatError } from '../../../core/verdict/auditorError.ts';
import type { Check, Evidence, Note, Params } from '../../../core/verdict/check.ts';

const limits = { maximumLength: 16 * 1024 * 1024 };
const most = 10_000;

/**
 * The reports in what `check --json` printed, one a line, or in one that the page handed out. They are only shown beside another: what a file says of
 * itself is no verdict.
 * @throws FormatError
 */
export function readSavedReports(bytes: Uint8Array): readonly Report[] {
  const text = decodeUtf8(bytes);
  if (text.trimStart().startsWith('{') && !isOneLineEach(text)) return [readReport(parseJson(text, limits))];
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new FormatError('Expected a report in JSON, found an empty file.', 0);
  if (lines.length > most) throw new FormatError(`It has ${lines.length} lines, at most ${most} are read.`, 0);
  return lines.map((line) => readReport(parseJson(line, limits)));
}

/** Whether its first line is a whole document of its own. */
function isOneLineEach(text: string): boolean {
  const [first = ''] = text.trimStart().split('\n', 1);
  return first.trimEnd().endsWith('}');
}

function readReport(value: JsonValue): Report {
  const report = object(value, 'a report');
  const { file, kind, verdict, at, timeSource, labels, checks } = report;
  return {
    file: string(file, 'file'),
    kind: string(kind, 'kind'),
    verdict: oneOf(verdict, 'verdict', ['verified', 'rejected', 'undetermined'] as const),
    at: at === null ? null : moment(string(at, 'at')),
    timeSource: oneOf(timeSource, 'timeSource', ['signed', 'given', 'now'] as const),
    labels: array(labels, 'labels').map((label) => string(label, 'labels')),
    checks: array(checks, 'checks').map(readCheck),
  };
}

function readCheck(value: JsonValue): Check {
  const { code, status, params, evidence, spec, notes, children } = object(value, 'a check');
  return {
    code: readCode(code),
    status: oneOf(status, 'status', ['pass', 'fail', 'unknown'] as const),
    ...(params === undefined ? {} : { params: readParams(params) }),
    ...(evidence === undefined ? {} : { evidence: array(evidence, 'evidence').map(readEvidence) }),
    ...(spec === undefined ? {} : { spec: string(spec, 'spec') }),
    ...(notes === undefined ? {} : { notes: array(notes, 'notes').map(readNote) }),
    ...(children === undefined ? {} : { children: array(children, 'children').map(readCheck) }),
  };
}

function readNote(value: JsonValue): Note {
  const { code, params } = object(value, 'a note');
  return { code: readCode(code), ...(params === undefined ? {} : { params: readParams(params) }) };
}

function readEvidence(value: JsonValue): Evidence {
  const { digest, offset, length, name } = object(value, 'evidence');
  return {
    digest: string(digest, 'digest'),
    offset: whole(offset, 'offset'),
    length: whole(length, 'length'),
    ...(name === undefined ? {} : { name: string(name, 'name') }),
  };
}

function readParams(value: JsonValue): Params {
  const params = object(value, 'params');
  for (const [name, each] of Object.entries(params)) {
    if (typeof each === 'object' && each !== null) throw wrong(`params.${name}`, 'a plain value', each);
  }
  return { ...params } as Params;
}

function readCode(value: JsonValue | undefined): Check['code'] {
  const code = string(value, 'code');
  if (!/^[A-Z0-9]+(_[A-Z0-9]+)+$/.test(code)) throw wrong('code', 'AREA_THING', code);
  return code as Check['code'];
}

function moment(text: string): string {
  if (Number.isNaN(Date.parse(text))) throw wrong('at', 'a time (RFC 3339)', text);
  return text;
}

function object(value: JsonValue | undefined, what: string): Partial<JsonObject> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(what, 'an object', value);
  return value;
}

function array(value: JsonValue | undefined, what: string): readonly JsonValue[] {
  if (!Array.isArray(value)) throw wrong(what, 'an array', value);
  return value;
}

function string(value: JsonValue | undefined, what: string): string {
  if (typeof value !== 'string') throw wrong(what, 'a text', value);
  return value;
}

function whole(value: JsonValue | undefined, what: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw wrong(what, 'a whole number', value);
  return value as number;
}

function oneOf<const T extends string>(value: JsonValue | undefined, what: string, options: readonly T[]): T {
  const found = options.find((option) => option === value);
  if (found === undefined) throw wrong(what, options.join(' | '), value);
  return found;
}

function wrong(what: string, expected: string, found: unknown): FormatError {
  const seen = (JSON.stringify(found) ?? 'nothing').slice(0, 60);
  return new FormatError(`“${what}” of a report: expected ${expected}, found ${seen}.`, 0);
}
