import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { readMembers } from '../../certificate/envelope.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { type Range, arcOf, limitsOf } from './range.ts';
import { type Subject, subjectElement, subjectFault } from './subject.ts';

/** "There is a call of this function whose part lies between `lo` and `hi`, both included." All of it is public. */
export interface ZkStatement extends Subject, Range {}

/** What is wrong with it, or nothing: a range must lie within the type, not run backwards, and say something only where there is a value. */
export function statementFault(statement: ZkStatement): string | undefined {
  const fault = subjectFault(statement);
  if (fault !== undefined) return fault;
  const { type, signed, lo, hi } = statement;
  if (type === 'none' && signed) return 'unsigned for a call';
  const { least, greatest } = limitsOf(type, signed);
  if (lo < least || hi > greatest) return `bounds from ${least} to ${greatest}`;
  return lo <= hi ? undefined : 'a lower bound that is not above the upper one';
}

/** The public inputs of the circuit, in its order. @throws RangeError for a statement that has a fault */
export function publicInputs(statement: ZkStatement, root: bigint, context: bigint): readonly bigint[] {
  const fault = statementFault(statement);
  if (fault !== undefined) throw new RangeError(`${fault} was expected`);
  const { from, span } = arcOf(statement.type, statement);
  return [root, subjectElement(statement), from, span, context];
}

const members = ['function', 'part', 'position', 'type', 'signed', 'lo', 'hi'] as const;
type Member = (typeof members)[number];

export function statementToJson({ lo, hi, ...rest }: ZkStatement): JsonObject {
  const { function: index, part, position, type, signed } = rest;
  return { function: index, part, position, type, signed, lo: String(lo), hi: String(hi) };
}

/** @throws FormatError that says what was expected */
export function statementFromJson(value: JsonValue | undefined): ZkStatement {
  const {
    function: index,
    part,
    position,
    type,
    signed,
    lo,
    hi,
  }: Record<Member, JsonValue> = readMembers('The statement', value, members);
  if (typeof index !== 'number' || typeof position !== 'number') throw wrong('numbers for function and position');
  if (part !== 'argument' && part !== 'result' && part !== 'call') throw wrong('argument, result or call for part');
  if (type !== 'i32' && type !== 'i64' && type !== 'none') throw wrong('i32, i64 or none for type');
  if (typeof signed !== 'boolean') throw wrong('true or false for signed');
  const statement: ZkStatement = { function: index, part, position, type, signed, lo: decimal(lo), hi: decimal(hi) };
  const fault = statementFault(statement);
  if (fault !== undefined) throw wrong(fault);
  return statement;
}

/** At most 20 digits, which hold 2⁶⁴ − 1, in the one form that a number has. */
function decimal(value: JsonValue): bigint {
  if (typeof value !== 'string' || !/^(0|-?[1-9][0-9]{0,19})$/.test(value))
    throw wrong('decimal strings for lo and hi');
  return BigInt(value);
}

function wrong(expected: string): FormatError {
  return new FormatError(`The statement: ${expected} was expected.`, 0);
}
