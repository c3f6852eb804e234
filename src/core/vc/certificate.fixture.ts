import { sha256 } from '@noble/hashes/sha2.js';
import { encodeAbiParameters, parseTransaction, type Hex as ViemHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { encodeCbor, type CborValue } from '../bytes/cbor.ts';
import { toHex } from '../bytes/hex.ts';
import type { JsonObject } from '../bytes/json.ts';
import { blockFile, chainId as fixtureChain, makeChain, pinOf, signers } from '../evm/evm.fixture.ts';
import { fromHex0x, toHex0x } from '../evm/hex.ts';
import { encodeReceipt, receiptFromRpc } from '../evm/receipt.ts';
import { listRoot } from '../evm/trie.ts';
import { readContent, type Content } from '../kinds/content.ts';
import { judge, type Report } from '../kinds/judge.ts';
import type { Context, Kind } from '../kinds/kind.ts';
import type { Trust } from '../trust/trust.ts';
import { walk } from '../verdict/check.ts';
import { toBase58 } from './base58.ts';
import { blockcertsKind } from './blockcerts/kind.ts';
import { bloxbergKind } from './bloxberg/kind.ts';
import { canonicalQuads } from './canonicalQuads.ts';
import { contextSource } from './contextSource.ts';
import type { CertificateDetails } from './details.ts';
import { poxKind } from './pox/kind.ts';

export const content = utf8('the data set');
export const issuerAddress = 'https://issuer.example/profile.json';
export const issuer = privateKeyToAccount(`0x${'a5'.repeat(32)}`);
const stranger = privateKeyToAccount(`0x${'b6'.repeat(32)}`);
export const now = Date.parse('2026-01-02T03:04:05Z');

export type Json = Record<string, unknown>;

const bodies: Readonly<Record<'bloxberg' | 'pox' | 'blockcerts' | 'badge', Json>> = {
  bloxberg: {
    '@context': [
      'https://www.w3.org/2018/credentials/v1',
      'https://w3id.org/bloxberg/schema/research_object_certificate_v1',
    ],
    id: 'https://bloxberg.org',
    type: ['VerifiableCredential', 'BloxbergCredential'],
    issuer: issuerAddress,
    issuanceDate: '2025-01-02T03:04:05.123456+00:00',
    credentialSubject: { id: 'https://subject.example/1', issuingOrg: { id: 'https://bloxberg.org' } },
    displayHtml: null,
    crid: toHex(sha256(content)),
    cridType: 'sha2-256',
    metadataJson: '{"authorName": "A. Author"}',
  },
  pox: {},
  blockcerts: {
    '@context': ['https://www.w3.org/2018/credentials/v1', 'https://w3id.org/blockcerts/v3'],
    id: 'urn:uuid:bbba8553-8ec1-445f-82c9-a57251dd731c',
    type: ['VerifiableCredential', 'BlockcertsCredential'],
    issuer: issuerAddress,
    issuanceDate: '2025-01-02T03:04:05Z',
    credentialSubject: {
      id: 'did:example:1',
      name: 'A. Person',
      claim: { name: 'Master', description: 'of something' },
    },
    metadata: '{}',
  },
  badge: {
    '@context': ['https://w3id.org/openbadges/v2', 'https://w3id.org/blockcerts/v2'],
    id: 'urn:uuid:3bc1a96a-3501-46ed-8f75-49612bbac257',
    type: 'Assertion',
    recipient: { type: 'email', identity: 'person@example.org', hashed: false },
    badge: {
      id: 'urn:uuid:82a4c9f2-3588-457b-80ea-da695571b8fc',
      type: 'BadgeClass',
      name: 'Certificate of Accomplishment',
      description: 'Something was accomplished.',
      issuer: { id: issuerAddress, type: 'Profile', name: 'University of Learning' },
    },
    verification: {
      publicKey: `ecdsa-koblitz-pubkey:${issuer.address}`,
      type: ['MerkleProofVerification2017', 'Extension'],
    },
    issuedOn: '2025-01-02T03:04:05+00:00',
  },
};

const poxMetadata = {
  contractAddress: '0x549A6E06BB2084100148D50F51CF77a3436C3Ae7',
  inputTransactionHash: '0xe6ae',
  outputTransactionHash: '0x1942',
  orderId: 5207,
  imageHash: 'QmSwHhD3puVphVUqFUVGqZA8eMYNBehr4HDtXLvdNbPP4g:etny-pynithy',
  scriptHash: 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o',
  fileSetHash: 'QmcSSf3THGo9g5ezg3vy56zCVjkEb66beFccNyjp8qKBZe',
  resultHash: 'QmdytmR4wULMd3SLo6ePF4s3WcRHWcpnJZ7bHhoj3QB13v',
  resultValue: '1\n',
  resultTimestamp: 1668077695,
};

/** How a certificate differs from a right one. */
export interface CertificateChanges {
  readonly kind?: keyof typeof bodies;
  /** Changes what is issued. */
  readonly body?: (body: Json) => Json;
  /** Changes it after it was recorded. */
  readonly after?: (certificate: Json) => Json;
  /** Leaves beside it in the tree, each as 64 hex digits. */
  readonly leaves?: number;
  readonly chain?: readonly [number, number];
  readonly root?: (root: Uint8Array) => Uint8Array;
  readonly call?: boolean;
  readonly sender?: 'issuer' | 'stranger';
  readonly outcome?: number;
  /** Contexts that the issuer knows. */
  readonly contexts?: Record<string, unknown>;
  readonly proof?: (proof: Json) => Json;
}

export interface MadeCertificate {
  readonly json: Json;
  readonly text: string;
  readonly profile: Json;
  /** All that makes it verified: the trust file and the files beside. */
  readonly trust: Trust;
  readonly beside: { readonly ledger: string; readonly block: string; readonly data: Uint8Array };
  readonly transaction: Json;
}

const hashOf = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(concatBytes(left, right));

/** A hash as Python's issuers write it: CBOR text inside a byte string. */
const wrapped = (hash: Uint8Array): Uint8Array => encodeCbor(toHex(hash));

export function encodeProof(parts: CborValue): string {
  return `z${toBase58(encodeCbor(parts))}`;
}

/** A certificate with its tree, transaction, block and profile: everything that a real one has. */
export async function makeCertificate(changes: CertificateChanges = {}): Promise<MadeCertificate> {
  const {
    kind = 'bloxberg',
    leaves = 3,
    chain = kind === 'blockcerts' || kind === 'badge' ? [1, 1] : [1, 5],
  } = changes;
  const base = kind === 'pox' ? { ...bodies.bloxberg, metadataJson: JSON.stringify(poxMetadata) } : bodies[kind];
  const body = changes.body?.(structuredClone(base)) ?? base;
  const addresses = (body['@context'] as unknown[]).filter((entry) => typeof entry === 'string');
  const source = contextSource({ trust: { contexts: changes.contexts ?? {} }, now, companions: [] }, addresses);
  const target = sha256(utf8(await canonicalQuads(body as JsonObject, source)));
  const path: [number, Uint8Array][] = [];
  let reached: Uint8Array = target;
  for (let index = 0; index < leaves; index++) {
    const other = sha256(Uint8Array.of(index));
    path.push([index % 2, other]);
    reached = index % 2 === 0 ? hashOf(other, reached) : hashOf(reached, other);
  }
  const root = changes.root?.(reached) ?? reached;
  const ledger = await makeLedger(root, changes, chain[1] === 5 ? 8995 : chain[1]);
  const { hash } = ledger.transaction as { hash: string };
  const proof: Json =
    kind === 'badge'
      ? {
          type: ['MerkleProof2017', 'Extension'],
          targetHash: toHex(target),
          merkleRoot: toHex(root),
          proof: path.map(([side, other]) => ({ [side === 0 ? 'left' : 'right']: toHex(other) })),
          anchors: [{ sourceId: hash, type: 'ETHData', chain: 'ethereumMainnet' }],
        }
      : {
          type: 'MerkleProof2019',
          created: '2025-01-02T03:05:00.123456',
          proofValue: encodeProof([
            [3, path.map(([side, other]) => [side, wrapped(other)])],
            [0, wrapped(root)],
            [1, wrapped(target)],
            [
              2,
              [
                [
                  [0, chain[0]],
                  [1, chain[1]],
                  [2, encodeCbor(hash)],
                ],
              ],
            ],
          ]),
          proofPurpose: 'assertionMethod',
          verificationMethod: `ecdsa-koblitz-pubkey:${issuer.address}`,
        };
  const finished = changes.proof?.(proof) ?? proof;
  const issued: Json = { ...body, [kind === 'badge' ? 'signature' : 'proof']: finished };
  const json = changes.after?.(structuredClone(issued)) ?? issued;
  const profile: Json = {
    '@context': ['https://w3id.org/openbadges/v2', 'https://w3id.org/blockcerts/v2'],
    id: issuerAddress,
    type: 'Profile',
    name: 'issuer',
    publicKey: [{ id: `ethereum-pubkey:${issuer.address}`, created: '2020-08-21T09:56:23.758198+00:00' }],
  };
  return {
    json,
    text: JSON.stringify(json),
    profile,
    trust: { contexts: { [issuerAddress]: profile, ...changes.contexts }, evm: [ledger.pin] },
    beside: { ledger: ledger.file, block: ledger.block, data: content },
    transaction: ledger.transaction,
  };
}

/** A block of one transaction, sealed by validators that a trust file pins. */
async function makeLedger(
  root: Uint8Array,
  { call = true, sender = 'issuer', outcome = 1 }: CertificateChanges,
  chainId: number,
) {
  const account = sender === 'issuer' ? issuer : stranger;
  const strings = [{ type: 'address' }, { type: 'string' }, { type: 'string' }] as const;
  const data: ViemHex = call
    ? `0xf0e36115${encodeAbiParameters(strings, [issuer.address, '', toHex(root)]).slice(2)}`
    : toHex0x(root);
  const raw = await account.signTransaction({
    type: 'legacy',
    chainId,
    nonce: 7,
    gasPrice: 1n,
    gas: 500_000n,
    to: `0x${'3f'.repeat(20)}`,
    value: 0n,
    data,
  });
  const parsed = parseTransaction(raw);
  const quantity = (value: bigint | number | undefined) => `0x${(value ?? 0).toString(16)}`;
  const encoded = fromHex0x(raw);
  const { keccak256 } = await import('../bytes/hash.ts');
  const transaction: Json = {
    type: '0x0',
    chainId: quantity(chainId),
    hash: toHex0x(keccak256(encoded)),
    nonce: quantity(7),
    gasPrice: quantity(1),
    gas: quantity(500_000),
    to: parsed.to,
    value: '0x0',
    input: data,
    v: quantity(parsed.v),
    r: parsed.r,
    s: parsed.s,
  };
  const receipt = {
    type: '0x0',
    status: quantity(outcome),
    cumulativeGasUsed: '0x5208',
    logsBloom: `0x${'00'.repeat(256)}`,
    logs: [],
  };
  const receiptsRoot = await listRoot([encodeReceipt(receiptFromRpc(receipt as never))]);
  const transactionsRoot = await listRoot([encoded]);
  const blocks = makeChain('qbft', [{ validators: signers.slice(0, 4), receiptsRoot, transactionsRoot }]);
  const file = blockFile('qbft', blocks, { receipts: [receipt] }).replace(
    `"chainId":${fixtureChain}`,
    `"chainId":${chainId}`,
  );
  return {
    transaction,
    block: JSON.stringify({ jsonrpc: '2.0', id: 1, result: { number: '0x1', transactions: [transaction] } }),
    file,
    pin: { ...pinOf('qbft'), chainId },
  };
}

export const kindsOfCertificates: readonly Kind[] = [poxKind, bloxbergKind, blockcertsKind];

export type Beside = readonly (string | Uint8Array | Json)[];

export function contentsOf(beside: Beside): readonly Content[] {
  return beside.map((each, index) =>
    readContent(
      `beside-${index}`,
      each instanceof Uint8Array ? each : utf8(typeof each === 'string' ? each : JSON.stringify(each)),
    ),
  );
}

export function judgeBytes(
  bytes: Uint8Array,
  trust: Trust = {},
  beside: Beside = [],
  more: Partial<Context> = {},
): Promise<Report> {
  const context = { trust, now, companions: contentsOf(beside), ...more };
  return judge(readContent('certificate', bytes), context, kindsOfCertificates);
}

export const judgeJson = (
  json: Json,
  trust: Trust = {},
  beside: Beside = [],
  more: Partial<Context> = {},
): Promise<Report> => judgeBytes(utf8(JSON.stringify(json)), trust, beside, more);

/** Judged with everything beside that makes a right one verified. */
export function judgeMade(
  { json, trust, beside }: MadeCertificate,
  more: Beside = [],
  context: Partial<Context> = {},
): Promise<Report> {
  const data = json['crid'] === undefined ? [] : [beside.data];
  return judgeJson(json, trust, [beside.ledger, beside.block, ...data, ...more], context);
}

/** Everything that did not pass, without parents. */
export const open = ({ checks }: Report): string[] =>
  [...walk(checks)]
    .filter(({ status, children }) => status !== 'pass' && !children)
    .map(({ code, status }) => `${code} ${status}`);

export const detailsOf = ({ details }: Report): CertificateDetails => details as CertificateDetails;

export const digestOf = (text: string): string => toHex(sha256(utf8(text)));
