import { fromHex, isHex, toHex } from '../../bytes/hex.ts';
import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { readMembers } from '../../certificate/envelope.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { type ZkStatement, statementFromJson, statementToJson } from './statement.ts';
import { keyLength, proofLength } from './verifyGroth16.ts';

/** Root, subject, from, span, context. */
export const eventInputs = 5;
export const eventCircuit = 'event/1';

/** What a `trace-proof` carries of zero knowledge beside the signed metadata. */
export interface ZkPart {
  readonly circuit: typeof eventCircuit;
  readonly statement: ZkStatement;
  /** 32 bytes that whoever asked for the proof chose, or that name whom it is for. */
  readonly nonce: Uint8Array;
  /** A, B, C as the EVM takes them: 256 bytes. */
  readonly proof: Uint8Array;
  /** The verification key (832 bytes), where it is not the built-in one. */
  readonly key?: Uint8Array;
}

const names = ['circuit', 'statement', 'nonce', 'proof', 'key'] as const;

export function zkPartToJson({ circuit, statement, nonce, proof, key }: ZkPart): JsonObject {
  return {
    circuit,
    statement: statementToJson(statement),
    nonce: toHex(nonce),
    proof: toHex(proof),
    ...(key ? { key: toHex(key) } : {}),
  };
}

/** Reads the part out of parsed JSON; whether its points are any is not looked at. @throws FormatError that says what was expected */
export function zkPartFromJson(value: JsonValue | undefined): ZkPart {
  const found = readMembers('The zero-knowledge part', value, names, ['key']);
  if (found.circuit !== eventCircuit) throw wrong('circuit', JSON.stringify(eventCircuit));
  return {
    circuit: eventCircuit,
    statement: statementFromJson(found.statement),
    nonce: bytes('nonce', found.nonce, 32),
    proof: bytes('proof', found.proof, proofLength),
    ...(found.key === undefined ? {} : { key: bytes('key', found.key, keyLength(eventInputs)) }),
  };
}

function bytes(name: string, value: JsonValue, length: number): Uint8Array {
  if (typeof value !== 'string' || !isHex(value, length)) throw wrong(name, `${2 * length} lower-case hex digits`);
  return fromHex(value);
}

function wrong(name: string, expected: string): FormatError {
  return new FormatError(`The zero-knowledge part, ${name}: ${expected} was expected.`, 0);
}
