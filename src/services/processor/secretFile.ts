import { utf8 } from '../../core/bytes/bytes.ts';
import { decodeCbor, encodeCbor, type CborValue } from '../../core/bytes/cbor.ts';
import { fromHex0x, type Hex } from '../../core/evm/hex.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { open, pointLength, seal } from '../../audit/hpke/hpke.ts';
import type { StoreLocation } from './taskStore.ts';

/** What the owner tells the enclave and nobody else. Digests are H, 32 bytes. */
export interface SecretFile {
  /** H of the WASI module, which lies open in its store under that name. */
  readonly program: Uint8Array;
  readonly programAt: StoreLocation;
  /** H of the data set as the owner has it. */
  readonly dataSet: Uint8Array;
  /** H of the encrypted data set, which lies in its store under that name. */
  readonly dataSetFile: Uint8Array;
  readonly dataSetKey: Uint8Array;
  readonly dataSetAt: StoreLocation;
  /** Where the encrypted result goes to. */
  readonly outputTo: StoreLocation;
  /** The owner's key, to which the result is sealed: 65 bytes. */
  readonly ownerKey: Uint8Array;
}

/** What a sealed file is for. It is sealed before the task has an id, so it names what the task will be submitted with. */
export interface SecretBinding {
  readonly chainId: number;
  readonly contract: Hex;
  readonly owner: Hex;
  readonly program: Uint8Array;
  readonly dataSet: Uint8Array;
}

const domain = 'affidavit/secret/1';
const info = utf8(domain);

/** Sealed to the runner's key: encapsulated key ‖ ciphertext (RFC 9180), with the binding as associated data. */
export async function sealSecretFile(
  secret: SecretFile,
  runnerKey: Uint8Array,
  binding: SecretBinding,
): Promise<Uint8Array> {
  return seal(runnerKey, encodeSecretFile(secret), info, bindingBytes(binding));
}

/** @throws AuditorError `source` SECRET_FILE_SEALED, SECRET_FILE_FORM */
export async function openSecretFile(
  sealed: Uint8Array,
  key: CryptoKeyPair,
  binding: SecretBinding,
): Promise<SecretFile> {
  const plain = await open(key, sealed, info, bindingBytes(binding));
  if (!plain) {
    const words =
      'The secret file cannot be opened: it was sealed to another key or for another task, or it was changed.';
    throw new AuditorError('source', 'SECRET_FILE_SEALED', words);
  }
  try {
    return parseSecretFile(plain);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AuditorError('source', 'SECRET_FILE_FORM', cause.message, { cause });
  }
}

export function encodeSecretFile(secret: SecretFile): Uint8Array<ArrayBuffer> {
  return encodeCbor([
    domain,
    secret.program,
    encodeLocation(secret.programAt),
    secret.dataSet,
    secret.dataSetFile,
    secret.dataSetKey,
    encodeLocation(secret.dataSetAt),
    encodeLocation(secret.outputTo),
    secret.ownerKey,
  ]);
}

/** @throws FormatError */
export function parseSecretFile(bytes: Uint8Array): SecretFile {
  const list = decodeCbor(bytes, { maximumLength: 65_536, maximumDepth: 2, maximumItems: 64 });
  if (!isList(list) || list[0] !== domain) throw fault(`a list that begins with "${domain}"`);
  if (list.length !== 9) throw fault(`9 elements, found ${list.length}`);
  return {
    program: sized(list[1], 32, 'the program'),
    programAt: readLocation(list[2]),
    dataSet: sized(list[3], 32, 'the data set'),
    dataSetFile: sized(list[4], 32, 'the encrypted data set'),
    dataSetKey: sized(list[5], 32, 'its key'),
    dataSetAt: readLocation(list[6]),
    outputTo: readLocation(list[7]),
    ownerKey: sized(list[8], pointLength, 'the owner’s key'),
  };
}

function bindingBytes({ chainId, contract, owner, program, dataSet }: SecretBinding): Uint8Array<ArrayBuffer> {
  return encodeCbor([domain, chainId, fromHex0x(contract), fromHex0x(owner), program, dataSet]);
}

function encodeLocation(location: StoreLocation): CborValue {
  if (location.kind === 'folder') return ['folder', location.path];
  const { kind, endpoint, bucket, region, accessKey, secretKey } = location;
  return [kind, endpoint, bucket, region, accessKey, secretKey];
}

function readLocation(value: CborValue | undefined): StoreLocation {
  if (!isList(value) || !value.every((part) => typeof part === 'string')) throw fault('a location as a list of texts');
  const [kind, ...rest] = value as readonly string[];
  if (kind === 'folder' && rest.length === 1) return { kind, path: rest[0] as string };
  if (kind !== 'bucket' || rest.length !== 5) throw fault('the location of a folder or of a bucket');
  const [endpoint, bucket, region, accessKey, secretKey] = rest as [string, string, string, string, string];
  if (!URL.canParse(endpoint)) throw fault('the address of a bucket');
  return { kind, endpoint, bucket, region, accessKey, secretKey };
}

function sized(value: CborValue | undefined, length: number, name: string): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length !== length) throw fault(`${length} bytes for ${name}`);
  return value;
}

function isList(value: CborValue | undefined): value is readonly CborValue[] {
  return Array.isArray(value);
}

function fault(expected: string): FormatError {
  return new FormatError(`Secret file: expected ${expected}.`, 0);
}
