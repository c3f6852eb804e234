import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex0x } from '../evm/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { encodeTaskStatement, parseTaskStatement, taskReportData, type TaskStatement } from './taskStatement.ts';

const hex = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(toHex0x);
const statements: fc.Arbitrary<TaskStatement> = fc.record({
  chainId: fc.maxSafeNat(),
  contract: hex(20),
  id: fc.maxSafeNat().map(BigInt),
  program: hex(32),
  dataSet: hex(32),
  runnerKey: hex(32),
  result: hex(32),
  output: hex(32),
});

describe('the statement of a runner', () => {
  it('is read as it was written, and fits where it must', () => {
    fc.assert(
      fc.property(statements, (statement) => {
        const bytes = encodeTaskStatement(statement);
        expect(parseTaskStatement(bytes)).toEqual(statement);
        expect(bytes.length).toBeLessThanOrEqual(227);
        expect(taskReportData(statement)).toHaveLength(64);
      }),
    );
  });

  it('altered in any byte it is another one or none, and arbitrary bytes are none', () => {
    fc.assert(
      fc.property(statements, fc.nat(), fc.integer({ min: 1, max: 255 }), (statement, place, change) => {
        const bytes = encodeTaskStatement(statement);
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ change;
        expect(readOr(bytes)).not.toEqual(statement);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readOr(bytes)));
  });
});

function readOr(bytes: Uint8Array): TaskStatement | undefined {
  try {
    return parseTaskStatement(bytes);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
