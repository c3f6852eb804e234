import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha3_512 } from '@noble/hashes/sha3.js';
import { encodeAbiParameters } from 'viem';
import { toBase64 } from '../../bytes/base64.ts';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { keccak256, sha3 } from '../../bytes/hash.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { bytes } from '../../cose/cose.fixture.ts';
import { makeDocument, registers, type DocumentChanges } from '../nitro/nitro.fixture.ts';

/** The application's key of the fixtures. */
export const secretKey = new Uint8Array(32).fill(7);
export const publicKey = secp256k1.getPublicKey(secretKey, false);

export const program = concatBytes(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), utf8('the program'));
export const input = utf8('{"market":"Gate"}');
export const secrets = utf8('{"key":"secret"}');
export const output = utf8('{"success":true,"value":{"price":1033}}');

export const hash512 = (value: Uint8Array): string => toHex(sha3_512(value));

/** `abi.encode(bytes[])` by another implementation than the one that is tested. */
export function encodeBytesArray(...parts: readonly Uint8Array[]): Uint8Array {
  const values = parts.map((part) => `0x${toHex(part)}` as const);
  return fromHex(encodeAbiParameters([{ type: 'bytes[]' }], [values]).slice(2));
}

/** r ‖ s ‖ v over keccak256, as go-ethereum signs. */
export function sign(data: Uint8Array, key = secretKey): Uint8Array {
  const recovered = secp256k1.sign(keccak256(data), key, { prehash: false, format: 'recovered' });
  return concatBytes(recovered.subarray(1), recovered.subarray(0, 1));
}

/** How an output differs from a right one. */
export interface BlockyChanges {
  /** The five parts of the call. */
  readonly parts?: readonly Uint8Array[];
  readonly data?: Uint8Array;
  readonly signature?: Uint8Array;
  /** The bytes of `transitive_attestation`. */
  readonly attestation?: Uint8Array;
  /** What is attested by the documents, in chunks, before its hash. */
  readonly attested?: Uint8Array;
  readonly chunks?: (chunks: readonly Uint8Array[]) => readonly Uint8Array[];
  /** By the number of the document, from 0. */
  readonly documents?: Readonly<Record<number, DocumentChanges>>;
  /** Changes the finished object. */
  readonly json?: (json: BlockyJson) => unknown;
  /** Changes what is inside `enclave_attestation`. */
  readonly bundle?: (bundle: { platform: string; platform_attestations: string[] }) => unknown;
}

export interface BlockyJson {
  enclave_attested_application_public_key: {
    enclave_attestation: string;
    claims: {
      enclave_measurement: { platform: string; code: string };
      public_key: { curve_type: string; data: string };
    };
  };
  transitive_attested_function_call: { transitive_attestation: string; claims: Record<string, string> };
}

export const keyText = (key: Uint8Array = publicKey): Uint8Array =>
  utf8(JSON.stringify({ curve_type: 'p256k1', data: toBase64(key) }));

const parts = [
  utf8(hash512(program)),
  utf8('priceFunc'),
  utf8(hash512(input)),
  output,
  utf8(hash512(secrets)),
] as const;
export const rightParts: readonly Uint8Array[] = parts;

export interface MadeOutput {
  readonly text: string;
  readonly json: BlockyJson;
  readonly root: Uint8Array;
}

/** An output in the present form, its documents under a root of the fixtures. */
export async function makeOutput(changes: BlockyChanges = {}): Promise<MadeOutput> {
  const attested = changes.attested ?? keyText();
  const half = attested.length >> 1;
  const right = [attested.subarray(0, half), attested.subarray(half), sha3(attested)];
  const chunks = changes.chunks?.(right) ?? right;
  const made = await Promise.all(
    chunks.map((chunk, index) => {
      const own = changes.documents?.[index] ?? {};
      return makeDocument({ ...own, fields: { user_data: bytes(chunk), ...own.fields } });
    }),
  );
  const platform_attestations = made.map(({ document }) => toBase64(document));
  const bundle = changes.bundle?.({ platform: 'nitro', platform_attestations }) ?? {
    platform: 'nitro',
    platform_attestations,
  };
  const data = changes.data ?? encodeBytesArray(...(changes.parts ?? parts));
  const attestation = changes.attestation ?? encodeBytesArray(data, changes.signature ?? sign(data));
  const json: BlockyJson = {
    enclave_attested_application_public_key: {
      enclave_attestation: toBase64(utf8(JSON.stringify(bundle))),
      claims: {
        enclave_measurement: {
          platform: 'nitro',
          code: [0, 1, 2].map((register) => toHex(registers.get(register) as Uint8Array)).join('.'),
        },
        public_key: { curve_type: 'p256k1', data: toBase64(publicKey) },
      },
    },
    transitive_attested_function_call: {
      transitive_attestation: toBase64(attestation),
      claims: {
        hash_of_code: hash512(program),
        function: 'priceFunc',
        hash_of_input: hash512(input),
        output: toBase64(output),
        hash_of_secrets: hash512(secrets),
      },
    },
  };
  return { text: JSON.stringify(changes.json?.(json) ?? json), json, root: made[0]?.root ?? new Uint8Array() };
}

/** The same in the form that the service had until spring 2025. */
export async function makeOldOutput(change: (data: string) => string = (data) => data): Promise<MadeOutput> {
  const { json, root } = await makeOutput();
  const key = json.enclave_attested_application_public_key;
  const bundle = JSON.parse(Buffer.from(key.enclave_attestation, 'base64').toString()) as {
    platform_attestations: string[];
  };
  const data = change(JSON.stringify(parts.map((part) => toBase64(part))));
  const signed = utf8(data);
  const attestation = JSON.stringify([toBase64(signed), toBase64(sign(signed))]);
  const old = {
    enclave_attested_application_public_key: {
      enclave_attestation: { Platform: 'nitro', PlAttests: bundle.platform_attestations },
      public_key: key.claims.public_key,
    },
    function_calls: [
      {
        transitive_attestation: toBase64(utf8(attestation)),
        claims: json.transitive_attested_function_call.claims,
      },
    ],
  };
  return { text: JSON.stringify(old), json, root };
}
