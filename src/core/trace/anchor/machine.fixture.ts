import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha3, sha3Hex } from '../../bytes/hash.ts';
import { utf8 } from '../../bytes/bytes.ts';
import { zeroDigest, type TraceMetadata } from '../metadata.ts';
import type { Signer } from './signer.ts';
import { encodeVmKey, type VmAlgorithm, type VmKey } from './vmKey.ts';

/** A machine whose key follows from its name. */
export interface TestMachine extends Signer {
  readonly key: VmKey;
  sign(digest: Uint8Array): Promise<Uint8Array>;
}

export function testMachine(algorithm: VmAlgorithm, name: string): TestMachine {
  const secret = sha3(utf8(`test machine ${name}`));
  const curve = algorithm === 'p256' ? p256 : secp256k1;
  const point = curve.getPublicKey(secret, false);
  const key = { algorithm, x: point.slice(1, 33), y: point.slice(33) };
  const options = algorithm === 'p256' ? {} : { prehash: false };
  return {
    algorithm,
    key,
    publicKey: encodeVmKey(key),
    sign: (digest) => Promise.resolve(curve.sign(digest, secret, { lowS: true, ...options }).slice()),
  };
}

const digest = (text: string) => sha3Hex(utf8(text));

/** Metadata of a run that never was. */
export function testMetadata(changes: Partial<TraceMetadata> = {}): TraceMetadata {
  return {
    version: 1,
    root: digest('root'),
    count: 7,
    records: 20,
    leafEncoding: 'rec16',
    eventsPerLeaf: 1,
    saltCommitment: digest('salt'),
    code: digest('code'),
    policy: digest('policy'),
    instrumenter: digest('instrumenter'),
    instrumented: digest('instrumented'),
    tape: zeroDigest,
    inputs: digest('inputs'),
    symbols: digest('symbols'),
    functionIndex: digest('index'),
    selection: zeroDigest,
    vm: digest('vm'),
    time: 1_000_000_000,
    previous: zeroDigest,
    ...changes,
  };
}
