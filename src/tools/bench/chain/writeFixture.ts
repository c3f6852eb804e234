import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBase64Url } from '../../../core/bytes/base64.ts';
import { utf8 } from '../../../core/bytes/bytes.ts';
import { toHex } from '../../../core/bytes/hex.ts';
import { blockHash, encodeBlock, timestampHash, zeroHash } from '../../../core/chain/block.ts';
import { encodeShards } from '../../../core/chain/shard.ts';
import { merkleCommitment, transactionHash } from '../../../core/chain/tree.ts';
import { encodeTuple } from '../../../core/chain/tuple.ts';
import type { ChainPin } from '../../../core/trust/trust.ts';
import { createNsmSimulator } from '../../../services/sequencer/nsmSimulator.ts';
import { createSequencerProgram } from '../../../services/sequencer/sequencerProgram.ts';
import { packLength, tableLength, type FixtureIndex } from './packedChain.ts';

/** A fixed beginning, so that leaves of the simulated enclave are renewed at the same blocks every time. One block a second from there. */
const beginning = Date.UTC(2026, 2, 1, 12, 0, 0);
const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_benchmark';
const audience = '4a1b2c3d4e5f6a7b8c9d0e1f2a';
const domain = 'affidavit.example';
/** Records of a block: digests, as the page records files. */
const leaves = 4;
/** Documents that may be under way while the timestamps run ahead: enough to keep every thread that signs busy. */
const ahead = 64;

/**
 * Makes a chain of `count` blocks with the services' own code and real signatures, and writes it to `folder` packed by numbers: the block's
 * timestamp by an own key in the shape of Cognito's tokens, the number by the sequencer's program over the simulated security module.
 * A timestamp needs the one before it, so those are made one after the other; documents are signed beside them, on Node's other threads.
 */
export async function writeFixture(folder: string, count: number, progress: (done: number) => void): Promise<void> {
  const state = await mkdtemp(join(tmpdir(), 'affidavit-bench-root-'));
  try {
    await write(folder, state, count, progress);
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

async function write(folder: string, state: string, count: number, progress: (done: number) => void): Promise<void> {
  let number = 0;
  const measurement = [1, 2, 3].map((value) => new Uint8Array(48).fill(value)) as [Uint8Array, Uint8Array, Uint8Array];
  const now = () => beginning + number * 1000 + 250;
  const nsm = await createNsmSimulator({ stateFolder: state, measurement, now });
  // What the program is given here was signed a line above, so it need not be asked again.
  const program = createSequencerProgram({ nsm, checkTimestamp: () => Promise.resolve(), numbers: count });
  const keys = await newTokenKeys();
  const tuples: string[] = [];
  let parent: Uint8Array = zeroHash;
  let genesis = '';
  let waiting: Promise<readonly Uint8Array[]>[] = [];
  for (let first = 0; first < count; first += packLength) {
    const pack: Promise<readonly Uint8Array[]>[] = [];
    for (number = first; number < Math.min(first + packLength, count); number++) {
      const transactions = Array.from({ length: leaves }, () => new Uint8Array(randomBytes(32)));
      const block = {
        u: new Uint8Array(randomBytes(16)),
        merkle: merkleCommitment(transactions.map(transactionHash)),
        parent,
      };
      const bytes = encodeBlock(block);
      const hash = toHex(blockHash(bytes));
      genesis ||= hash;
      const jwt = await token(keys.privateKey, hash, beginning / 1000 + number);
      parent = timestampHash(jwt);
      tuples.push(toHex(parent));
      const tuple = encodeShards(encodeTuple({ transactions, block, timestamp: jwt }));
      const shards = program.sequence(bytes, jwt).then((document) => [...encodeShards(document), ...tuple]);
      pack.push(shards);
      waiting.push(shards);
      if (waiting.length === ahead) {
        await Promise.all(waiting);
        waiting = [];
      }
    }
    await writePack(join(folder, `${first / packLength}.pack`), await Promise.all(pack));
    progress(number);
  }
  const jwk = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const { rootPem, pcrs } = nsm.describe();
  const pin: ChainPin = {
    name: 'bench',
    genesis,
    sequencerKey: toBase64Url(program.publicKey),
    measurements: [{ pcrs }],
    nitroRoots: [rootPem as string],
    timestamp: {
      issuer,
      audience,
      domain,
      claim: 'email',
      tokenUse: 'id',
      jwks: { keys: [{ kty: 'RSA', kid: 'bench', alg: 'RS256', use: 'sig', n: jwk.n as string, e: jwk.e as string }] },
    },
  };
  const index: FixtureIndex = { pin, count, tuples };
  await writeFile(join(folder, 'index.json'), JSON.stringify(index));
}

function newTokenKeys(): Promise<CryptoKeyPair> {
  const publicExponent = Uint8Array.of(1, 0, 1);
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent, hash: 'SHA-256' };
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

/** An ID token with the claims, and so about the length, of one by Cognito. */
async function token(key: CryptoKey, block: string, time: number): Promise<string> {
  const sub = randomUUID();
  const header = { kid: 'bench', alg: 'RS256' };
  const payload = {
    sub,
    email_verified: true,
    iss: issuer,
    'cognito:username': sub,
    origin_jti: randomUUID(),
    aud: audience,
    event_id: randomUUID(),
    token_use: 'id',
    auth_time: time,
    exp: time + 3600,
    iat: time,
    jti: randomUUID(),
    email: `${block}@${domain}`,
  };
  const input = [header, payload].map((part) => toBase64Url(utf8(JSON.stringify(part)))).join('.');
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, utf8(input));
  return `${input}.${toBase64Url(new Uint8Array(signature))}`;
}

/** A table of lengths, twelve shards a number, then the shards. */
async function writePack(path: string, numbers: readonly (readonly Uint8Array[])[]): Promise<void> {
  const shards = numbers.flat();
  const table = new DataView(new ArrayBuffer(tableLength(numbers.length)));
  shards.forEach((shard, index) => table.setUint32(4 * index, shard.length, true));
  const file = await open(path, 'w');
  try {
    await file.writev([table, ...shards]);
  } finally {
    await file.close();
  }
}
