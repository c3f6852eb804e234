import { createHash } from 'node:crypto';
import { lowS } from '../../core/trace/anchor/lowS.ts';
import type { Signer } from '../../core/trace/anchor/signer.ts';
import { encodeVmKey, type VmAlgorithm } from '../../core/trace/anchor/vmKey.ts';
import { fromHex } from '../../core/bytes/hex.ts';
import { equalBytes } from '../../core/bytes/bytes.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type * as Graphene from './graphene.ts';

export interface Pkcs11Options {
  /** Path of the token's library, such as libsofthsm2.so. */
  readonly library: string;
  /** Label of the token; the first one where left out. */
  readonly token?: string;
  readonly pin: string;
  /** Label of the key pair. */
  readonly label: string;
  readonly algorithm: VmAlgorithm;
  /** Makes the key pair where there is none: sensitive, and not to be taken out. */
  readonly make?: boolean;
  /** What `graphene-pk11` is imported from; by default from where Node finds it. */
  readonly module?: string;
}

export interface Pkcs11Signer extends Signer {
  /** What the token says when it is asked for the private key itself: never the key. */
  readonly isExtractable: boolean;
  close(): void;
}

/** Object identifiers of the curves, in DER. */
const curves: Readonly<Record<VmAlgorithm, Uint8Array>> = {
  p256: fromHex('06082a8648ce3d030107'),
  secp256k1: fromHex('06052b8104000a'),
};

/**
 * A machine's key in a hardware security module (PKCS #11), through `graphene-pk11`, which is no dependency of this project: whoever has a token installs it.
 * @throws AuditorError `usage` PKCS11_MODULE | PKCS11_KEY, `source` PKCS11_TOKEN
 */
export async function openPkcs11Signer(options: Pkcs11Options): Promise<Pkcs11Signer> {
  const graphene = await load(options.module);
  let token: Graphene.Module | undefined;
  try {
    token = graphene.Module.load(options.library, 'token');
    token.initialize();
    return openKey(graphene, token, options);
  } catch (cause) {
    token?.finalize();
    if (cause instanceof AuditorError) throw cause;
    const words = `The token behind ${options.library} does not give its key: ${(cause as Error).message}`;
    throw new AuditorError('source', 'PKCS11_TOKEN', words, { cause });
  }
}

async function load(module = 'graphene-pk11'): Promise<Graphene.Library> {
  try {
    const loaded = (await import(/* @vite-ignore */ module)) as Graphene.Library & { default?: Graphene.Library };
    return loaded.default ?? loaded;
  } catch (cause) {
    const words = 'Keys in a token need graphene-pk11, which is not installed: npm install --no-save graphene-pk11.';
    throw new AuditorError('usage', 'PKCS11_MODULE', words, { cause });
  }
}

function openKey(graphene: Graphene.Library, token: Graphene.Module, options: Pkcs11Options): Pkcs11Signer {
  const { algorithm, label } = options;
  const slots = token.getSlots(true);
  const all = Array.from({ length: slots.length }, (_, index) => slots.items(index));
  const slot = all.find((each) => options.token === undefined || each.getToken().label.trim() === options.token);
  if (!slot) throw new AuditorError('usage', 'PKCS11_TOKEN', `There is no token ${options.token ?? ''} in any slot.`);
  const session = slot.open(graphene.SessionFlag.SERIAL_SESSION | graphene.SessionFlag.RW_SESSION);
  session.login(options.pin);
  const keyType = graphene.KeyType.EC;
  const found = (kind: number) => session.find({ class: kind, label, keyType });
  if (options.make === true && found(graphene.ObjectClass.PRIVATE_KEY).length === 0) {
    const shared = { keyType, token: true, label, id: Buffer.from(label) };
    session.generateKeyPair(
      graphene.KeyGenMechanism.EC,
      { ...shared, verify: true, paramsECDSA: Buffer.from(curves[algorithm]) },
      { ...shared, private: true, sensitive: true, extractable: false, sign: true },
    );
  }
  const [privateKeys, publicKeys] = [found(graphene.ObjectClass.PRIVATE_KEY), found(graphene.ObjectClass.PUBLIC_KEY)];
  if (privateKeys.length !== 1 || publicKeys.length !== 1) {
    const words = `The token has ${privateKeys.length} private and ${publicKeys.length} public keys with the label ${label}; one of each is needed.`;
    throw new AuditorError('usage', 'PKCS11_KEY', words);
  }
  const privateKey = privateKeys.items(0).toType<Graphene.PrivateKey>();
  const held = publicKeys.items(0).getAttribute({ pointEC: null, paramsECDSA: null });
  const point = pointOf(held.pointEC as Buffer);
  if (!equalBytes(new Uint8Array(held.paramsECDSA as Buffer), curves[algorithm])) {
    throw new AuditorError(
      'usage',
      'PKCS11_KEY',
      `The key ${label} of the token is on another curve than ${algorithm}.`,
    );
  }
  return {
    algorithm,
    publicKey: encodeVmKey({ algorithm, x: point.slice(1, 33), y: point.slice(33) }),
    isExtractable: canBeTaken(privateKey),
    sign(digest) {
      const hash = algorithm === 'p256' ? createHash('sha256').update(digest).digest() : Buffer.from(digest);
      const signature = new Uint8Array(session.createSign('ECDSA', privateKey).once(hash));
      return Promise.resolve(algorithm === 'p256' ? signature : lowS(signature));
    },
    close() {
      session.close();
      token.finalize();
    },
  };
}

/** The point as tokens give it: bare, or in a DER octet string (PKCS #11 v2.40 §2.3.3). */
function pointOf(held: Buffer): Uint8Array {
  const point = held[0] === 4 && held[1] === 65 && held.length === 67 ? held.subarray(2) : held;
  if (point.length === 65 && point[0] === 4) return new Uint8Array(point);
  throw new AuditorError(
    'source',
    'PKCS11_TOKEN',
    'The token gives its public key in another form than a point of 65 bytes.',
  );
}

function canBeTaken(key: Graphene.PrivateKey): boolean {
  try {
    return (key.getAttribute({ value: null }).value as Buffer | null)?.length !== undefined;
  } catch {
    return false;
  }
}
