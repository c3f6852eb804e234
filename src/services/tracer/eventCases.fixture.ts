import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordTrace } from '../../audit/trace/recordTrace.ts';
import { certifyTrace } from '../../audit/trace/certifyTrace.ts';
import { verifyEvent, type EventData } from '../../audit/trace/verifyEvent.ts';
import { traceAnchorBytecode } from '../../contracts/traceAnchor.ts';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { certificateKind } from '../../core/certificate/kind.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { readContent } from '../../core/kinds/content.ts';
import { judge } from '../../core/kinds/judge.ts';
import { assemble } from '../../core/trace/assemble.fixture.ts';
import { testMachine } from '../../core/trace/anchor/machine.fixture.ts';
import { makeTraceProof, type TraceProofChoice } from '../../core/trace/makeTraceProof.ts';
import type { TraceMetadata } from '../../core/trace/metadata.ts';
import { makePolicy } from '../../core/trace/policy.ts';
import { makeInputs } from '../../core/trace/run/inputs.ts';
import { encodeTraceFile } from '../../core/trace/traceFile.ts';
import { encodeTraceProof } from '../../core/trace/traceProof.ts';
import { TraceReader } from '../../core/trace/traceReader.ts';
import { wholeTraceProof } from '../../core/trace/wholeTrace.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { startLyingNode } from '../ledger/lyingNode.fixture.ts';
import type { Ledger } from '../ledger/startLedger.ts';
import { openAnchorLedger, type AnchorLedger } from './anchorLedger.ts';
import { openMachine } from './openTracer.ts';
import type { HttpService } from '../process/httpService.ts';
import { createTracerServer } from './tracerServer.ts';

/** `_start` calls `triple` for 1 to 5; `secret` is never called. */
const program = `(module
  (memory (export "memory") 1)
  (func $triple (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
  (func $secret (param i32) (result i32) (local.get 0))
  (func (export "_start") (local i32)
    (loop $again
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (drop (call $triple (local.get 0)))
      (br_if $again (i32.lt_u (local.get 0) (i32.const 5)))))
)`;
const [triple, secret] = [0, 1];

let ledger: Ledger;
let owner: AnchorLedger;
let trust: Trust;
let reader: TraceReader;
let metadata: TraceMetadata;
let server: HttpService;
let code: string;

async function prove(choice: TraceProofChoice, of = reader): Promise<string> {
  return encodeTraceProof(await makeTraceProof(of, await of.commit(), choice));
}

const call = (argument: number, func_name?: string) => ({
  event: 'func_call',
  func: triple,
  args: [argument],
  return_value: argument * 3,
  ...(func_name === undefined ? {} : { func_name }),
});

async function verify(proof: string, data: EventData, { as = code, by = trust, rpc = [ledger.rpc] } = {}) {
  const options = { trust: by, presentTime: Date.now(), rpc, options: { timeout: 20_000, tries: 4, delay: () => 20 } };
  const { verdict, checks, labels } = await verifyEvent(as, proof, data, options);
  return {
    verdict,
    labels,
    open: checks.filter(({ status }) => status !== 'pass').map((c) => `${c.code} ${c.status}`),
  };
}

async function record(
  domain = owner.domain,
  leafEncoding: 'rec16' | 'jcs' = 'rec16',
  by = testMachine('secp256k1', 'tracer'),
) {
  const machine = await openMachine(owner, 'tracer', by);
  const { last, time } = await owner.state(machine.vm);
  const module = await assemble(program);
  const { file } = await recordTrace({
    module,
    policy: makePolicy({ kinds: ['call'], budget: 1000 }),
    source: { inputs: makeInputs() },
    leafEncoding,
    saltKey: new Uint8Array(32).fill(7),
    vm: machine.vm,
    previous: last,
    time: Math.max(time, Math.floor(Date.now() / 1000)),
    domain,
    signer: machine.signer,
  });
  return { file, machine };
}

/** Cases of one ledger that runs for several files of cases: to start one takes seconds. */
export function eventCases(running: () => Ledger): void {
  describe('an event of a run that is anchored', { timeout: 120_000 }, () => {
    beforeAll(async () => {
      ledger = running();
      const contract = await ledger.deploy(traceAnchorBytecode);
      const [account] = await ledger.call<Hex[]>('eth_accounts');
      owner = openAnchorLedger({ rpc: [ledger.rpc], pin: ledger.pin(), contract, account: account as Hex });
      const { file, machine } = await record();
      trust = { evm: [ledger.pin({ TraceAnchor: contract })], vms: [machine.pin] };
      await owner.anchor(file.metadata, (file.signed as { signature: Uint8Array }).signature);
      reader = await TraceReader.open(encodeTraceFile(file));
      ({ metadata } = file);
      ({ code } = metadata);
      server = await createTracerServer({ trust: () => trust });
    }, 120_000);

    afterAll(async () => {
      await server?.close();
    }, 30_000);

    test('holds for what happened: one, many, and that a function was never called', async () => {
      const one = await prove({ events: [2] });
      expect(await verify(one, call(3))).toEqual({ verdict: 'verified', labels: ['development consensus'], open: [] });
      expect(one).not.toContain('"args":[4]');
      const many = await prove({ events: [0, 1, 4], functions: [secret, triple] });
      expect((await verify(many, [call(1), call(2), call(5)])).verdict).toBe('verified');
      expect((await verify(many, { never: secret })).verdict).toBe('verified');
    });

    test('does not hold for what did not: another argument, event, program; a function that was called', async () => {
      const proof = await prove({ events: [2], functions: [secret, triple] });
      expect(await verify(proof, call(4))).toMatchObject({ verdict: 'rejected', open: ['TRACE_ASKED fail'] });
      expect(await verify(proof, [call(3), call(4)])).toMatchObject({ open: ['TRACE_ASKED fail'] });
      expect(await verify(proof, call(3), { as: 'ab'.repeat(32) })).toMatchObject({ open: ['TRACE_CODE fail'] });
      expect(await verify(proof, { never: triple })).toMatchObject({ open: ['TRACE_ASKED fail'] });
      expect(await verify(proof, { never: 2 })).toMatchObject({
        verdict: 'undetermined',
        open: ['TRACE_ASKED unknown'],
      });
      const silent = await prove({ functions: [secret] });
      expect(await verify(silent, call(3))).toMatchObject({ verdict: 'undetermined', open: ['TRACE_ASKED unknown'] });
    });

    test('does not hold where the proof was changed, and stays open where nothing is pinned', async () => {
      const proof = await prove({ events: [2] });
      const changed = await verify(
        proof.replace('"args":[3]', '"args":[4]').replace('"return_value":9', '"return_value":12'),
        call(4),
      );
      expect(changed).toMatchObject({ verdict: 'rejected', open: ['TRACE_INCLUSION fail'] });
      expect((await verify('{}', call(3))).verdict).toBe('rejected');
      const { evm = [] } = trust;
      expect((await verify(proof, call(3), { by: { evm } })).open).toEqual([
        'TRACE_SIGNATURE unknown',
        'TRACE_ANCHOR unknown',
      ]);
      expect((await verify(proof, call(3), { by: { vms: trust.vms ?? [] } })).open).toEqual(['TRACE_ANCHOR unknown']);
    });

    test('is not anchored where it was only signed, or signed for no contract', async () => {
      const signed = await TraceReader.open(encodeTraceFile((await record()).file));
      expect((await verify(await prove({ events: [2] }, signed), call(3))).open).toEqual(['TRACE_ANCHOR fail']);
      const none = { chainId: 0, verifyingContract: `0x${'00'.repeat(20)}` } as const;
      const loose = await TraceReader.open(encodeTraceFile((await record(none)).file));
      expect((await verify(await prove({ events: [2] }, loose), call(3))).open).toEqual(['TRACE_ANCHOR unknown']);
    });

    test('as a lying node tells it is never verified; beside an honest one it is', async () => {
      // Which checks fail under which lie, the cases of anchors say.
      const proof = await prove({ events: [2] });
      const node = await startLyingNode({ upstream: ledger.rpc, lies: ['drops events'] });
      try {
        const alone = await verify(proof, call(3), { rpc: [node.rpc] });
        expect(alone).toMatchObject({ verdict: 'rejected', open: ['TRACE_ANCHOR fail'] });
        expect((await verify(proof, call(3), { rpc: [node.rpc, ledger.rpc] })).verdict).toBe('verified');
      } finally {
        await node.close();
      }
    });

    test('is certified, and the certificate is verified without the ledger, also after its key was exchanged', async () => {
      const judgeOffline = async (text: string, by: Trust) => {
        const evm = (by.evm ?? []).map(({ rpc: _, ...pin }) => pin);
        const context = { trust: { ...by, evm }, now: 0, companions: [] };
        const report = await judge(readContent('c', utf8(text)), context, [certificateKind]);
        return { verdict: report.verdict, labels: report.labels };
      };
      const certify = async (proof: string) =>
        certifyTrace({ proof, trust, companions: [], now: Date.now() }).then((text) => judgeOffline(text, trust));
      expect(await certify(await prove({ events: [2] }))).toEqual({ verdict: 'verified', labels: ['development'] });
      const whole = encodeTraceProof(wholeTraceProof(reader.file));
      expect(await certify(whole)).toEqual({ verdict: 'verified', labels: ['development'] });
      const { file } = await record(owner.domain, 'rec16', testMachine('secp256k1', 'tracer, later'));
      await owner.anchor(file.metadata, (file.signed as { signature: Uint8Array }).signature);
      const later = await prove({ events: [2] }, await TraceReader.open(encodeTraceFile(file)));
      expect(await verify(later, call(3))).toMatchObject({ verdict: 'verified', open: [] });
      expect(await certify(later)).toMatchObject({ verdict: 'verified' });
      const nobody = await verify(later, call(3), { by: { vms: trust.vms ?? [] } });
      expect(nobody.open).toEqual(['TRACE_SIGNATURE unknown', 'TRACE_ANCHOR unknown']);
      const strange = { ...trust, vms: [{ id: metadata.vm, key: toBase64Url(testMachine('p256', 'x').publicKey) }] };
      expect((await verify(later, call(3), { by: strange })).open).toEqual([
        'TRACE_SIGNATURE fail',
        'TRACE_ANCHOR fail',
      ]);
    });

    test('is answered by the service, which refuses in words what is no question', async () => {
      const proof = await prove({ events: [2] });
      const ask = async (body: string, path = '/verify', method = 'POST') => {
        const response = await fetch(`${server.url}${path}`, { method, ...(method === 'POST' ? { body } : {}) });
        const answer = (await response.json()) as Record<string, unknown>;
        return { status: response.status, answer, said: answer['verdict'] ?? answer['code'] };
      };
      const question = { code, proof, event: call(3) };
      const { status, answer } = await ask(JSON.stringify(question));
      expect(status).toBe(200);
      expect(answer).toMatchObject({ verdict: 'verified', labels: ['development consensus'], events: [{ index: 2 }] });
      expect((await ask(JSON.stringify({ ...question, event: call(4) }))).said).toBe('rejected');
      expect((await ask('', '/machines', 'GET')).answer).toMatchObject({ machines: trust.vms });
      const refused: readonly [string, number, string][] = [
        ['{', 400, 'QUESTION'],
        ['[]', 400, 'QUESTION'],
        [JSON.stringify({ ...question, more: 1 }), 400, 'QUESTION'],
        [JSON.stringify({ ...question, never: 1 }), 400, 'QUESTION'],
        [JSON.stringify({ code, proof }), 400, 'QUESTION'],
        [JSON.stringify({ ...question, proof: {} }), 400, 'QUESTION'],
        [JSON.stringify({ ...question, document: '!' }), 400, 'QUESTION'],
        [JSON.stringify({ ...question, event: {} }), 400, 'VERIFY_CALL'],
        [JSON.stringify({ ...question, event: 'x' }), 400, 'VERIFY_CALL'],
        [JSON.stringify({ code, proof, never: -1 }), 400, 'VERIFY_CALL'],
        [JSON.stringify({ code, proof, events: [null] }), 400, 'VERIFY_CALL'],
        [JSON.stringify({ code, proof, events: Array(1_025).fill(question.event) }), 400, 'QUESTION'],
        [JSON.stringify({ ...question, code: 'x' }), 400, 'VERIFY_CALL'],
      ];
      for (const [body, expected, said] of refused) {
        expect(await ask(body), body.slice(-60)).toMatchObject({ status: expected, said });
      }
      expect(await ask('', '/verify', 'GET')).toMatchObject({ status: 405 });
      expect(await ask('', '/else', 'GET')).toMatchObject({ status: 404 });
      const small = await createTracerServer({ trust: () => trust, maximumBody: 100 });
      const long = await fetch(`${small.url}/verify`, { method: 'POST', body: 'x'.repeat(101) });
      expect(long.status).toBe(413);
      await small.close();
    });
  });
}
