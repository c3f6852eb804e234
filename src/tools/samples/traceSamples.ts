import { recordTrace } from '../../audit/trace/recordTrace.ts';
import { makeWebCryptoKey, webCryptoSigner } from '../../audit/trace/webCryptoSigner.ts';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { fromHex } from '../../core/bytes/hex.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import { makeTraceProof } from '../../core/trace/makeTraceProof.ts';
import { noDomain, vmIdentifier } from '../../core/trace/metadata.ts';
import { makePolicy } from '../../core/trace/policy.ts';
import { makeInputs } from '../../core/trace/run/inputs.ts';
import { encodeTraceFile } from '../../core/trace/traceFile.ts';
import { encodeTraceProof } from '../../core/trace/traceProof.ts';
import { TraceReader } from '../../core/trace/traceReader.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { SampleFile } from './sampleFiles.ts';

/**
 * (module (func $compute (export "compute") (param i32 i32) (result i32) (i32.mul (local.get 0) (local.get 1)))
 *   (func (export "_start") (drop (call $compute (i32.const 6) (i32.const 7)))))
 */
const program = fromHex(
  '0061736d01000000010a0260027f7f017f600000030302000107140207636f6d707574650000065f7374617274' +
    '00010a13020700200020016c0b09004106410710001a0b',
);

const trust = 'trace.trust.json';

/** A trace of a small program's run by a machine with a key of its own, a proof of its one call, and the same with another result. */
export async function traceSamples(): Promise<readonly SampleFile[]> {
  const signer = await webCryptoSigner(await makeWebCryptoKey());
  const { file } = await recordTrace({
    module: program,
    policy: makePolicy({ kinds: ['call', 'host'] }),
    source: { inputs: makeInputs() },
    saltKey: sha3(utf8('sample salt key')),
    vm: vmIdentifier('sample machine'),
    time: Math.floor(Date.now() / 1000),
    domain: noDomain,
    signer,
  });
  const trace = encodeTraceFile(file);
  const reader = await TraceReader.open(trace);
  const proof = encodeTraceProof(await makeTraceProof(reader, await reader.commit(), { events: [0] }));
  return [
    {
      file: 'event.trace-proof.json',
      title: 'A proof that a program called a function with 6 and 7 and got 42, and nothing else of its run',
      trust,
      expect: 'verified',
      bytes: utf8(proof),
    },
    {
      file: 'tampered.trace-proof.json',
      title: 'The same proof with another result written into it',
      trust,
      expect: 'rejected',
      bytes: utf8(proof.replace('"return_value":42', '"return_value":43')),
    },
    {
      file: 'run.trace',
      title: 'The whole trace of that run, which nobody has run again yet',
      trust,
      expect: 'undetermined',
      bytes: trace,
    },
    {
      file: trust,
      title: 'The trust file of these: the machine that signed them',
      expect: 'verified',
      bytes: utf8(serializeTrust({ vms: [{ id: 'sample machine', key: toBase64Url(signer.publicKey) }] })),
    },
  ];
}
