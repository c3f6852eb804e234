import { gzipSync } from 'node:zlib';
import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64, toBase64Url } from '../bytes/base64.ts';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { sha3, sha3Hex } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import type { JsonObject } from '../bytes/json.ts';
import { bytes } from '../cose/cose.fixture.ts';
import { readContent, type Content } from '../kinds/content.ts';
import { judge, type Report } from '../kinds/judge.ts';
import { documentTime, makeDocument, measurement } from '../tee/nitro/nitro.fixture.ts';
import { makeEcKey, makeLog, makeQuote, valuesAfter, type TestKey } from '../tee/tpm/tpm.fixture.ts';
import type { Trust } from '../trust/trust.ts';
import { walk } from '../verdict/check.ts';
import { addJcsProof, type ProofSigner } from '../vc/proof/jcsProof.ts';
import { makeSigner, type Signer } from '../vc/proof/signProof.fixture.ts';
import { verifiableKind } from '../vc/verifiable/kind.ts';
import { makeHostCredential, type HostSubject } from './hostCredential.ts';
import type { HostGiven } from './hostLedger.ts';
import { encodeHostStatement, hostStatementDigest } from './hostStatement.ts';
import { signHost, vouchForHost, type SharePart } from './signHost.ts';

/** A host with everything that a right one has: a document of a simulated enclave, a log, a quote, a status list, and validators of its client's choice. */
export const hostTime = documentTime;
export const hostSigner = makeSigner('P-256', 20);
export const validatorSigners = Array.from({ length: 7 }, (_, at) =>
  makeSigner(at === 2 ? 'P-384' : at === 3 ? 'Ed25519' : 'P-256', 30 + at),
);
export const strangerSigner = makeSigner('P-256', 60);
const listAddress = 'https://hosts.example/status/1';
const listPlace = 94_567;

export const proofSigner = ({ method, curve, sign }: Signer): ProofSigner => ({
  method,
  curve: curve as ProofSigner['curve'],
  sign: async (message) => sign(message),
});

let made = 0;
export const nextId = (): string => `urn:uuid:00000000-0000-4000-8000-${(made += 1).toString(16).padStart(12, '0')}`;

const events = [0, 1, 2, 4, 7].map((register) => ({ register, type: 8, data: utf8(`part ${register}`) }));
export const eventLog = makeLog(events);
const registers = valuesAfter(events, [0, 1, 2, 3, 4, 5, 6, 7]);
const bootDigestHex = toHex(sha256(concatBytes(...registers.values())));
export const nonce = toBase64Url(new Uint8Array(32).fill(5));

export const baseSubject: HostSubject = {
  id: hostSigner.did,
  hypervisor: { name: 'cloud-hypervisor', version: '44.0' },
  tpm: { status: 'present' },
  measuredBoot: { algorithm: 'sha256', digest: bootDigestHex, log: sha3Hex(eventLog) },
  runtime: { memoryMiB: 512, vcpus: 2, network: ['deny all'], devices: ['virtio-blk'] },
  evidence: [],
  nonce,
};

export interface MadeHost {
  readonly json: JsonObject;
  readonly subject: HostSubject;
  readonly companions: readonly Content[];
  readonly trust: Trust;
}

let tpmKey: Promise<TestKey> | undefined;

/** The credential, signed by the host alone, and what belongs beside it. */
export async function makeHost(
  changes: Partial<HostSubject> = {},
  time = hostTime,
  tpmValues: ReadonlyMap<number, Uint8Array> = registers,
): Promise<MadeHost> {
  tpmKey ??= makeEcKey();
  const key = await tpmKey;
  const before = { ...baseSubject, ...changes };
  const { document, root } = await makeDocument({ fields: { user_data: bytes(encodeHostStatement(before)) } });
  const quote = makeQuote({ nonce: hostStatementDigest(before), values: tpmValues });
  const signature = await key.sign(quote);
  const subject: HostSubject = {
    ...before,
    tpm: before.tpm.status === 'absent' ? before.tpm : { ...before.tpm, quote: sha3Hex(quote) },
    evidence: [{ kind: 'nitro', digest: sha3Hex(document) }],
  };
  const unsigned = makeHostCredential({
    id: nextId(),
    from: seconds(time - 60_000),
    until: seconds(time + 600_000),
    subject,
    status: { list: listAddress, index: listPlace },
  });
  const json = await signHost(unsigned, proofSigner(hostSigner), { id: nextId(), at: seconds(time - 50_000) });
  const list = await makeList(time);
  const files: readonly (readonly [string, Uint8Array])[] = [
    ['document.bin', document],
    ['log.bin', eventLog],
    ['quote.bin', quote],
    ['signature.bin', signature],
    ['list.json', utf8(JSON.stringify(list))],
  ];
  return {
    json,
    subject,
    companions: files.map(([name, value]) => readContent(name, value)),
    trust: {
      nitro: { roots: [`-----BEGIN CERTIFICATE-----\n${toBase64(root)}\n-----END CERTIFICATE-----`] },
      tpm: { attestationKeys: [key.pem] },
      hosts: [
        {
          name: 'runtimes',
          threshold: 3,
          validators: validatorSigners
            .slice(0, 5)
            .map(({ did }, at) => ({ did, operator: `operator ${at}`, region: `region ${at % 2}` })),
          measurements: [measurement, bootDigestHex],
        },
      ],
    },
  };
}

export async function makeList(time = hostTime, bit?: number, signer = hostSigner, until = time + 600_000) {
  const bits = new Uint8Array(16_384);
  if (bit !== undefined) bits[bit >> 3] = 0x80 >> (bit & 7);
  const list: JsonObject = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: listAddress,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: signer.did,
    validFrom: new Date(seconds(time - 60_000)).toISOString(),
    validUntil: new Date(seconds(until)).toISOString(),
    credentialSubject: {
      id: `${listAddress}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: `u${toBase64Url(new Uint8Array(gzipSync(bits)))}`,
    },
  };
  return addJcsProof(list, proofSigner(signer), {
    id: nextId(),
    created: new Date(seconds(time - 60_000)).toISOString(),
  });
}

export { listPlace };

/** Proofs of so many validators on top. */
export async function vouched(
  json: JsonObject,
  signers: readonly Signer[],
  mode: 'fan-out' | 'chain' = 'fan-out',
  share?: (at: number) => SharePart,
  time = hostTime,
): Promise<JsonObject> {
  let whole = json;
  for (const [at, signer] of signers.entries()) {
    const own = share ? { share: share(at) } : {};
    whole = await vouchForHost(whole, proofSigner(signer), { id: nextId(), at: seconds(time - 40_000), mode, ...own });
  }
  return whole;
}

export function judgeMade(
  { companions, trust }: Pick<MadeHost, 'companions' | 'trust'>,
  json: JsonObject,
  { given, at = hostTime }: { readonly given?: HostGiven; readonly at?: number } = {},
): Promise<Report> {
  const content = readContent('host.json', utf8(JSON.stringify(json)));
  return judge(content, { trust, now: at, companions, ...(given ? { host: given } : {}) }, [verifiableKind]);
}

/** Top checks that did not pass. */
export const told = ({ checks }: Report): string[] =>
  checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);

/** What became of each validator's proof. */
export const states = ({ checks }: Report): string[] =>
  [...walk(checks)].flatMap(({ code, params }) => (code === 'HOST_VALIDATOR' ? [String(params?.['state'])] : []));

export const seconds = (time: number): number => Math.floor(time / 1000) * 1000;

export const subjectOf = (text: string): `0x${string}` => `0x${toHex(sha3(utf8(text)))}`;
