import { createChainAuditor } from '../../../audit/chain/chainAuditor.ts';
import { sha3Each } from '../../../core/bytes/hash.ts';
import { InProcessExecutor } from '../../../audit/pool/inProcessExecutor.ts';
import { decodeShards } from '../../../core/chain/decodeShards.ts';
import { sigStructure } from '../../../core/cose/sigStructure.ts';
import { parseNitroDocument } from '../../../core/tee/nitro/parse.ts';
import { importEcdsaKey, verifyEcdsa } from '../../../core/x509/ecdsa.ts';
import { parseCertificate } from '../../../core/x509/parse.ts';
import { median } from '../sideBySide.ts';
import { auditOf } from './auditRun.ts';
import type { PackedChain } from './packedChain.ts';

/** Milliseconds a block on one thread, medians of several rounds measured in turn. */
export interface BlockParts {
  /** The whole audit: reading from memory, decoding, verifying, following, judging. */
  readonly whole: number;
  /** WebCrypto's verify alone, over the very same inputs, `es384` being every document's signature. */
  readonly es384: number;
  /** The same signatures of documents as the product verifies them: with tables of their keys. */
  readonly es384Product: number;
  readonly rs256: number;
  readonly ed25519: number;
  /** H over each object whole, once, two at a time as the audit does it. */
  readonly hashing: number;
  /** Of the whole, what is neither a signature as the product verifies it nor hashing: the median of the rounds' shares. */
  readonly restShare: number;
  /** The same rest, of a block whose signatures WebCrypto verifies. */
  readonly restShareWebCrypto: number;
  readonly hashingShare: number;
}

interface Recorded {
  readonly name: string;
  readonly call: () => Promise<boolean>;
}

type Round = Omit<BlockParts, 'restShare' | 'restShareWebCrypto' | 'hashingShare'>;

const rounds = 3;

/** Where the time of a block goes, over the first `sample` blocks of a chain; behind an audit of `warmUp` blocks, so that its code is compiled. */
export async function measureParts(chain: PackedChain, sample: number, warmUp: number): Promise<BlockParts> {
  await auditSerially(await chain.first(warmUp));
  const part = await chain.first(sample);
  const recorded = await recordVerify(() => auditSerially(part));
  const ofName = (name: string) => recorded.filter((each) => each.name === name);
  const [rs256, ed25519] = [ofName('RSASSA-PKCS1-v1_5'), ofName('Ed25519')];
  const objects = await objectsOf(part);
  const documents = await documentSignatures(objects[0] as readonly Uint8Array[]);
  const es384 = documents.map(byWebCrypto);
  const es384Product = documents.map(byProduct);
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    measured.push({
      whole: await timeOf(() => auditSerially(part)),
      es384: await timeOf(() => replay(es384)),
      es384Product: await timeOf(() => replay(es384Product)),
      rs256: await timeOf(() => replay(rs256)),
      ed25519: await timeOf(() => replay(ed25519)),
      hashing: await timeOf(() => Promise.resolve(objects.forEach((each) => sha3Each(each)))),
    });
  }
  const of = (value: (round: (typeof measured)[number]) => number) => median(measured.map(value));
  return {
    whole: of(({ whole }) => whole / sample),
    es384: of((round) => round.es384 / sample),
    es384Product: of((round) => round.es384Product / sample),
    rs256: of((round) => round.rs256 / sample),
    ed25519: of((round) => round.ed25519 / sample),
    hashing: of(({ hashing }) => hashing / sample),
    restShare: of((round) => restOf(round) / round.whole),
    restShareWebCrypto: of((round) => restOf(round) / (round.whole - round.es384Product + round.es384)),
    hashingShare: of(({ hashing, whole }) => hashing / whole),
  };
}

/** Of a round, what is neither a signature nor hashing. */
function restOf({ whole, es384Product, rs256, ed25519, hashing }: Round): number {
  return whole - es384Product - rs256 - ed25519 - hashing;
}

/** Only the verifications of the first `sample` blocks, all of them by WebCrypto, recorded now and made again at each call. */
export async function recordSignatures(chain: PackedChain, sample: number): Promise<() => Promise<void>> {
  const part = await chain.first(sample);
  const recorded = await recordVerify(() => auditSerially(part));
  const [objects] = await objectsOf(part);
  const documents = await documentSignatures(objects as readonly Uint8Array[]);
  const calls = [...documents.map(byWebCrypto), ...recorded.filter(({ name }) => name !== es384Name)];
  return () => replay(calls);
}

const es384Name = 'ECDSA';

interface DocumentSignature {
  readonly key: CryptoKey;
  readonly signature: Uint8Array<ArrayBuffer>;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** The signature of each document, which WebCrypto's `verify` does not see where the product has a table of its key. */
async function documentSignatures(documents: readonly Uint8Array[]): Promise<readonly DocumentSignature[]> {
  const keys = new Map<string, Promise<CryptoKey | undefined>>();
  return Promise.all(
    documents.map(async (bytes) => {
      const { certificate, cose } = parseNitroDocument(bytes);
      const name = certificate.join();
      const imported = keys.get(name) ?? importEcdsaKey(parseCertificate(certificate).spki, 'P-384');
      keys.set(name, imported);
      const key = await imported;
      if (!key) throw new Error('A document of the fixture has no key.');
      return { key, signature: cose.signature.bytes.slice(), data: sigStructure(cose) };
    }),
  );
}

const byWebCrypto = ({ key, signature, data }: DocumentSignature): Recorded => ({
  name: es384Name,
  call: () => crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-384' }, key, signature, data),
});

const byProduct = ({ key, signature, data }: DocumentSignature): Recorded => ({
  name: es384Name,
  call: () => verifyEcdsa(key, 'SHA-384', signature, data),
});

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function auditSerially(chain: PackedChain): Promise<void> {
  const auditor = createChainAuditor({ pin: chain.pin, buckets: chain.buckets(), executor: new InProcessExecutor(1) });
  await auditOf(auditor, chain.count);
}

/** Every distinct call of `verify` while something runs: a signature that is checked twice counts once, so that doing so shows as rest. */
async function recordVerify(work: () => Promise<void>): Promise<readonly Recorded[]> {
  const { subtle } = crypto;
  const verify = subtle.verify.bind(subtle);
  const recorded = new Map<string, Recorded>();
  subtle.verify = (algorithm, key, signature, data) => {
    const name = typeof algorithm === 'string' ? algorithm : algorithm.name;
    const own = [copyOf(signature), copyOf(data)] as const;
    recorded.set(`${name} ${own[0].join()}`, { name, call: () => verify(algorithm, key, ...own) });
    return verify(algorithm, key, signature, data);
  };
  try {
    await work();
  } finally {
    subtle.verify = verify;
  }
  return [...recorded.values()];
}

function copyOf(source: BufferSource): Uint8Array<ArrayBuffer> {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source).slice();
}

async function replay(calls: readonly Recorded[]): Promise<void> {
  for (const { call } of calls)
    if (!(await call())) throw new Error('A signature of the fixture does not verify again.');
}

/** Documents and tuples apart: those of a kind, which have about one length, are hashed together. */
async function objectsOf(chain: PackedChain): Promise<readonly Uint8Array[][]> {
  const kinds: Uint8Array[][] = [];
  for (const area of ['seq', 'tuple'] as const) {
    const objects: Uint8Array[] = [];
    for (let k = 0; k < chain.count; k++) {
      objects.push(...decodeShards(await chain.answers(area, k)).objects.map(({ bytes }) => bytes));
    }
    kinds.push(objects);
  }
  return kinds;
}
