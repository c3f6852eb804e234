import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';
import { recogniseCompanion } from '../kinds/companion.ts';
import { readContent } from '../kinds/content.ts';
import { judge } from '../kinds/judge.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { sentence } from '../verdict/messages.ts';
import { noDomain } from './metadata.ts';
import { traceProofKind } from './proofKind.ts';
import { encodeTraceProof } from './traceProof.ts';
import { parseTraceRequest } from './traceRequest.ts';
import { eventKey } from './zk/eventKey.ts';
import { exampleProof } from './zk/exampleProof.fixture.ts';
import { exampleMetadata, exampleNonce, exampleSelection, exampleStatement } from './zk/exampleTrace.fixture.ts';
import { statementToJson } from './zk/statement.ts';

const statement = statementToJson(exampleStatement);
const nonce = toHex(exampleNonce);
const metadata = exampleMetadata(exampleSelection());
const proof = {
  metadata,
  domain: noDomain,
  signed: undefined,
  leaves: [],
  nodes: [],
  symbols: [],
  functions: [],
};
const text = encodeTraceProof({ ...proof, zk: { circuit: 'event/1', statement, nonce, proof: exampleProof } } as never);
const request = { affidavit: 'trace-request/1', nonce, statement };

async function judged(beside: unknown) {
  const companions = [readContent('asked.json', utf8(JSON.stringify(beside)))];
  const context = { trust: { zk: { keys: [eventKey.digest] } }, now: 0, companions };
  const report = await judge(readContent('p', utf8(text)), context as never, [traceProofKind]);
  for (const each of report.checks) expect(sentence(each, traceProofKind.messages)).not.toMatch(/^[A-Z_0-9]+$|\{\w+\}/);
  const open = report.checks.filter(({ code, status }) => status !== 'pass' && code !== 'TRACE_SIGNATURE');
  return open.map(({ code, status }) => `${code} ${status}`);
}

describe('a request beside a proof without disclosure', () => {
  it('is what the proof must have been made for', async () => {
    expect(recogniseCompanion(readContent('x', utf8(JSON.stringify(request))))?.name).toBe('trace-request');
    expect(await judged(request)).toEqual([]);
    expect(await judged({ ...request, code: metadata.code })).toEqual([]);
    expect(await judged({ ...request, nonce: '11'.repeat(32) })).toEqual(['ZK_STATEMENT fail']);
    expect(await judged({ ...request, statement: { ...statement, lo: '0' } })).toEqual(['ZK_STATEMENT fail']);
    expect(await judged({ ...request, code: '22'.repeat(32) })).toEqual(['TRACE_CODE fail']);
  });

  it('that cannot be read leaves open whether it was answered', async () => {
    for (const wrong of [{ nonce: 'x' }, { code: 1 }, { more: 1 }, { statement: {} }, { affidavit: 'trace-request/2' }])
      expect(await judged({ ...request, ...wrong })).toEqual(['TRACE_REQUEST unknown']);
    fc.assert(
      fc.property(fc.string(), fc.nat({ max: 300 }), (noise, at) => {
        const whole = JSON.stringify(request);
        try {
          parseTraceRequest(whole.slice(0, at) + noise + whole.slice(at + 1));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
    );
  });
});
