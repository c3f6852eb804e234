import { toBase64Url } from '../bytes/base64.ts';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { encodeCbor } from '../bytes/cbor.ts';
import { sha3, sha3Hex } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import type { ChainPin } from '../trust/trust.ts';
import { makePath, pathTime, type MadePath } from '../x509/path.fixture.ts';
import { blockHash, encodeBlock, parseBlock, timestampHash, zeroHash } from './block.ts';
import { sequenceName, tupleName } from './names.ts';
import { encodeSequence, sequenceMessage, sequenceSubject } from './sequence.ts';
import { encodeShards } from './shard.ts';
import type { TranscriptEntry } from './transcript/transcript.ts';
import { merkleCommitment, transactionHash } from './tree.ts';
import { encodeTuple } from './tuple.ts';
import type { BucketAnswer } from './types.ts';

/** Seconds since 1970 at which the chains of the tests begin. */
export const chainStart = Math.floor(pathTime / 1000);

export interface MadeBlock {
  readonly block: Uint8Array;
  readonly jwt: string;
  readonly hash: string;
  readonly time: number;
  readonly transactions: readonly Uint8Array[];
  readonly tuple: Uint8Array;
}

export interface BlockOptions {
  readonly parent?: MadeBlock;
  readonly parentHash?: Uint8Array;
  readonly u?: Uint8Array;
  readonly transactions?: readonly Uint8Array[];
  readonly time?: number;
  /** Changes the token's payload before it is signed. */
  readonly token?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** What the tuple holds as its tree, where that is not the block's. */
  readonly treeOf?: readonly Uint8Array[];
  readonly signer?: CryptoKey;
}

export interface AttestOptions {
  readonly k: number;
  /** Milliseconds since 1970. */
  readonly documentTime?: number;
  readonly pcrs?: Readonly<Record<number, Uint8Array>>;
  readonly path?: MadePath;
  readonly sequencer?: CryptoKeyPair;
  readonly publicKey?: Uint8Array;
  readonly genesis?: Uint8Array;
  readonly userData?: Uint8Array;
  readonly y?: Uint8Array;
  /** Marks the document, so that two for one ⟨y, k⟩ differ. */
  readonly moduleId?: string;
}

const ecdsa = { name: 'ECDSA', hash: 'SHA-384' } as const;
const rsa = { name: 'RSASSA-PKCS1-v1_5' } as const;

export const pinnedPcr = (register: number): Uint8Array => new Uint8Array(48).fill(0xa0 + register);

/**
 * A small world that makes real chains: own timestamp key, own enclave root, own sequencer key; every signature is a real one. What the
 * services do over the network, the tests do here in memory, so that every part of it can be made wrong on purpose.
 */
export class ChainWorld {
  readonly tokenKeys: CryptoKeyPair;
  readonly tokenJwk: JsonWebKey;
  readonly sequencer: CryptoKeyPair;
  readonly sequencerSpki: Uint8Array;
  readonly path: MadePath;

  private constructor(
    tokenKeys: CryptoKeyPair,
    tokenJwk: JsonWebKey,
    sequencer: CryptoKeyPair,
    sequencerSpki: Uint8Array,
    path: MadePath,
  ) {
    this.tokenKeys = tokenKeys;
    this.tokenJwk = tokenJwk;
    this.sequencer = sequencer;
    this.sequencerSpki = sequencerSpki;
    this.path = path;
  }

  static async make(): Promise<ChainWorld> {
    const tokenKeys = await newTokenKeys();
    const sequencer = await newSequencer();
    const jwk = await crypto.subtle.exportKey('jwk', tokenKeys.publicKey);
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', sequencer.publicKey));
    return new ChainWorld(tokenKeys, jwk, sequencer, spki, await newPath());
  }

  /** The world of another chain: a sequencer key of its own, beside the same timestamp service and enclave root, which take longer to make. */
  async sibling(): Promise<ChainWorld> {
    const sequencer = await newSequencer();
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', sequencer.publicKey));
    return new ChainWorld(this.tokenKeys, this.tokenJwk, sequencer, spki, this.path);
  }

  pin(genesis: MadeBlock | undefined, changes: Partial<ChainPin> = {}): ChainPin {
    return {
      name: 'test',
      ...(genesis ? { genesis: toHex(blockHash(genesis.block)) } : {}),
      sequencerKey: toBase64Url(this.sequencerSpki),
      measurements: [{ pcrs: { 0: toHex(pinnedPcr(0)), 1: toHex(pinnedPcr(1)), 2: toHex(pinnedPcr(2)) } }],
      nitroRoots: [toPem(this.path.ders[0] as Uint8Array)],
      timestamp: {
        issuer: 'https://pool.example/one',
        audience: 'client-1',
        domain: 'affidavit.example',
        claim: 'email',
        tokenUse: 'id',
        jwks: {
          keys: [
            {
              kty: 'RSA',
              kid: 'k1',
              alg: 'RS256',
              use: 'sig',
              n: this.tokenJwk.n as string,
              e: this.tokenJwk.e as string,
            },
          ],
        },
      },
      skewSeconds: 0,
      ...changes,
    };
  }

  /** A block over the transactions, with its timestamp. Without a parent it is a block zero. */
  async block(options: BlockOptions = {}): Promise<MadeBlock> {
    const transactions = options.transactions ?? [utf8(`transaction ${crypto.randomUUID()}`)];
    const block = encodeBlock({
      u: options.u ?? crypto.getRandomValues(new Uint8Array(16)),
      merkle: merkleCommitment(transactions.map(transactionHash)),
      parent: options.parentHash ?? (options.parent ? timestampHash(options.parent.jwt) : zeroHash),
    });
    const time = options.time ?? (options.parent ? options.parent.time + 1 : chainStart);
    const jwt = await this.token(block, time, options);
    const tree = options.treeOf ?? transactions;
    return {
      block,
      jwt,
      hash: toHex(timestampHash(jwt)),
      time,
      transactions,
      tuple: encodeTuple({ transactions: tree, block: parseBlock(block), timestamp: jwt }),
    };
  }

  /** The shape of a Cognito ID token. */
  async token(block: Uint8Array, time: number, options: BlockOptions = {}): Promise<string> {
    const sub = crypto.randomUUID();
    const payload = {
      'cognito:username': sub,
      auth_time: time,
      email: `${toHex(blockHash(block))}@affidavit.example`,
      email_verified: true,
      event_id: crypto.randomUUID(),
      iat: time,
      jti: crypto.randomUUID(),
      sub,
      token_use: 'id',
      exp: time + 86_400,
      aud: 'client-1',
      iss: 'https://pool.example/one',
      ...options.token,
    };
    const header = { alg: 'RS256', typ: 'JWT', kid: 'k1', ...options.header };
    const input = [header, payload].map((part) => toBase64Url(utf8(JSON.stringify(part)))).join('.');
    const signature = await crypto.subtle.sign(rsa, options.signer ?? this.tokenKeys.privateKey, utf8(input));
    return `${input}.${toBase64Url(new Uint8Array(signature))}`;
  }

  /** The enclave's document over the sequence of a block. */
  async attest(genesis: MadeBlock, made: MadeBlock, options: AttestOptions): Promise<Uint8Array> {
    const y = options.y ?? sequenceSubject(parseBlock(made.block).u, timestampHash(made.jwt));
    const message = sequenceMessage(options.genesis ?? blockHash(genesis.block), y, options.k);
    const keys = options.sequencer ?? this.sequencer;
    const g = new Uint8Array(await crypto.subtle.sign('Ed25519', keys.privateKey, message as Uint8Array<ArrayBuffer>));
    return nitroDocument(options.path ?? this.path, {
      moduleId: options.moduleId ?? 'i-test-enc0',
      timestamp: options.documentTime ?? made.time * 1000 + 250,
      pcrs: options.pcrs ?? {},
      publicKey: options.publicKey ?? this.sequencerSpki,
      userData: options.userData ?? encodeSequence({ y, k: options.k, g }),
    });
  }

  /** A chain of `count` blocks, one after the other, in a storage of its own. */
  async chain(count: number): Promise<{ readonly storage: Storage; readonly blocks: readonly MadeBlock[] }> {
    const genesis = await this.block();
    const storage = new Storage(toHex(blockHash(genesis.block)));
    const blocks = [genesis];
    for (let k = 1; k < count; k += 1) blocks.push(await this.block({ parent: blocks[k - 1] as MadeBlock }));
    for (const [k, block] of blocks.entries()) await this.store(storage, genesis, block, { k });
    return { storage, blocks };
  }

  async store(storage: Storage, genesis: MadeBlock, made: MadeBlock, options: AttestOptions): Promise<Uint8Array> {
    storage.putTuple(made.hash, made.tuple);
    const document = await this.attest(genesis, made, options);
    storage.putAttestation(options.k, document);
    return document;
  }
}

/** Six buckets in memory: name → versions. Whatever stands there can be changed. */
export class Storage {
  readonly buckets: Map<string, Uint8Array[]>[] = Array.from({ length: 6 }, () => new Map());
  readonly down = new Set<number>();
  readonly chain: string;

  constructor(chain: string) {
    this.chain = chain;
  }

  put(name: string, object: Uint8Array, into: readonly number[] = [0, 1, 2, 3, 4, 5]): void {
    const shards = encodeShards(object);
    for (const bucket of into) this.buckets[bucket]?.set(name, [shards[bucket] as Uint8Array]);
  }

  putAttestation(k: number, document: Uint8Array, into?: readonly number[]): void {
    this.put(sequenceName(this.chain, k), document, into);
  }

  putTuple(hash: string, tuple: Uint8Array, into?: readonly number[]): void {
    this.put(tupleName(this.chain, hash), tuple, into);
  }

  remove(name: string, from: readonly number[] = [0, 1, 2, 3, 4, 5]): void {
    for (const bucket of from) this.buckets[bucket]?.delete(name);
  }

  seq(k: number): string {
    return sequenceName(this.chain, k);
  }

  tuple(made: MadeBlock): string {
    return tupleName(this.chain, made.hash);
  }

  answers(name: string): BucketAnswer[] {
    return this.buckets.map((bucket, index) => (this.down.has(index) ? 'down' : (bucket.get(name) ?? 'missing')));
  }
}

export function entryOf(k: number, made: MadeBlock, document: Uint8Array): TranscriptEntry {
  return { k, block: made.block, timestamp: made.jwt, document };
}

export const newTokenKeys = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' },
    true,
    ['sign', 'verify'],
  );

export const newSequencer = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

/** A bundle of four certificates and a leaf, as real documents have it. */
export const newPath = (): Promise<MadePath> =>
  makePath([{}, { pathLength: 2 }, { pathLength: 1 }, { pathLength: 0 }, {}]);

export function toPem(der: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...der)).replace(/(.{64})/g, '$1\n');
  return `-----BEGIN CERTIFICATE-----\n${base64.trimEnd()}\n-----END CERTIFICATE-----\n`;
}

interface DocumentFields {
  readonly moduleId: string;
  readonly timestamp: number;
  readonly pcrs: Readonly<Record<number, Uint8Array>>;
  readonly publicKey: Uint8Array;
  readonly userData: Uint8Array;
}

/** An enclave document of the shape of real ones (notes/tee.md §1), signed by the path's leaf. */
async function nitroDocument(path: MadePath, fields: DocumentFields): Promise<Uint8Array> {
  const header = Uint8Array.of(0xa1, 0x01, 0x38, 0x22);
  const pcrs = Array.from({ length: 16 }, (_, register) => {
    const value = fields.pcrs[register] ?? (register < 3 ? pinnedPcr(register) : new Uint8Array(48));
    return concatBytes(encodeCbor(register), encodeCbor(value));
  });
  const member = (name: string, value: Uint8Array): Uint8Array => concatBytes(encodeCbor(name), value);
  const payload = concatBytes(
    Uint8Array.of(0xbf),
    member('module_id', encodeCbor(fields.moduleId)),
    member('digest', encodeCbor('SHA384')),
    member('timestamp', encodeCbor(fields.timestamp)),
    member('pcrs', concatBytes(Uint8Array.of(0xb0), ...pcrs)),
    member('certificate', encodeCbor(path.ders.at(-1) as Uint8Array)),
    member('cabundle', encodeCbor(path.ders.slice(0, -1))),
    member('public_key', encodeCbor(fields.publicKey)),
    member('user_data', encodeCbor(fields.userData)),
    member('nonce', Uint8Array.of(0xf6)),
    Uint8Array.of(0xff),
  );
  const input = encodeCbor(['Signature1', header, new Uint8Array(0), payload]);
  const signature = new Uint8Array(await crypto.subtle.sign(ecdsa, path.leafKeys.privateKey, input));
  return concatBytes(
    Uint8Array.of(0x84),
    encodeCbor(header),
    Uint8Array.of(0xa0),
    encodeCbor(payload),
    encodeCbor(signature),
  );
}

export const digestOf = (bytes: Uint8Array): string => sha3Hex(bytes);
export const identityOf = (transaction: Uint8Array): Uint8Array => sha3(transaction);
