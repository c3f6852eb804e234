import { fromHex, isHex } from '../bytes/hex.ts';
import { parseJson, type JsonValue } from '../bytes/json.ts';
import { readMembers } from '../certificate/envelope.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { statementFromJson } from './zk/statement.ts';
import type { Asked } from './checkProof.ts';

/**
 * `{"affidavit": "trace-request/1", "nonce": 64 hex digits, "statement"?: {…}, "code"?: H of the program in hex}`; the statement as it stands in the proof.
 * @throws FormatError that says what was expected
 */
export function parseTraceRequest(text: string): Asked {
  const value: JsonValue = parseJson(text, { maximumDepth: 4, maximumLength: 64 * 1024 });
  const members = readMembers('The request', value, ['affidavit', 'nonce', 'statement', 'code'], ['statement', 'code']);
  const { affidavit, nonce, statement, code } = members;
  if (affidavit !== 'trace-request/1') throw wrong('"trace-request/1" as affidavit');
  if (typeof nonce !== 'string' || !isHex(nonce, 32)) throw wrong('64 lower-case hex digits as nonce');
  if (code !== undefined && (typeof code !== 'string' || !isHex(code, 32))) {
    throw wrong('64 lower-case hex digits as code');
  }
  return {
    ...(code === undefined ? {} : { code }),
    zk: { nonce: fromHex(nonce), ...(statement === undefined ? {} : { statement: statementFromJson(statement) }) },
  };
}

function wrong(expected: string): FormatError {
  return new FormatError(`The request: ${expected} was expected.`, 0);
}
