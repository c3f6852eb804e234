import { es256, es384, verifyCoseSign1 } from '../../cose/verify.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { importEcdsaKey } from '../../x509/ecdsa.ts';
import { isWithin, timeText } from '../../x509/validity.ts';
import { parseEifSignature, type EifSignature } from './signature.ts';

/** RFC 9053 §2.1, table 1: which algorithm a key of a curve signs with, as AWS's library has it. */
const algorithms: Readonly<Record<string, typeof es384>> = {
  'P-256': es256,
  'P-384': es384,
  'P-521': { id: -36, name: 'ES512', digest: 'SHA-512', length: 66 },
};

const specs = {
  form: 'aws-nitro-enclaves-image-format, defs/mod.rs, PcrSignature',
  signature: 'RFC 9052 §4.4',
  register: 'aws-nitro-enclaves-image-format, utils/eif_signer.rs',
  time: 'RFC 5280 §4.1.2.5',
} as const;

const codes = ['EIF_CERTIFICATE', 'TEE_SIGNATURE', 'EIF_SIGNED_REGISTER', 'TEE_TIME'] as const;

/** A signature section as far as it could be read. */
export interface ReadSignature {
  readonly signature: EifSignature | undefined;
  /** Why it could not be. */
  readonly fault: string;
}

export function readEifSignature(section: Uint8Array): ReadSignature {
  try {
    return { signature: parseEifSignature(section), fault: '' };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { signature: undefined, fault: error.message };
  }
}

/**
 * Whether the image is signed by the key of the certificate in it. Whose certificate that is, PCR8 says, and who pins PCR8; images are mostly
 * signed by certificates of their own. @param image PCR0 as measured, hex @param at milliseconds since 1970
 */
export async function checkEifSignature(
  { signature, fault }: ReadSignature,
  image: string,
  at: number,
): Promise<Check> {
  if (!signature) {
    const params = { reason: 'The signature could not be read.' };
    const form = fail('EIF_CERTIFICATE', { spec: specs.form, params: { reason: fault } });
    const others = codes.slice(1).map((code) => unknown(code, { params }));
    return all('EIF_SIGNATURE', [form, ...others]);
  }
  const { certificate, register, value } = signature;
  const algorithm = algorithms[certificate.keyAlgorithm];
  const key = algorithm && (await importEcdsaKey(certificate.spki, certificate.keyAlgorithm));
  const subject = certificate.subject.text;
  const children = [
    key
      ? pass('EIF_CERTIFICATE', { spec: specs.form, params: { subject } })
      : fail('EIF_CERTIFICATE', {
          spec: specs.form,
          params: {
            reason: `Its key is ${certificate.keyAlgorithm}; allowed are ${Object.keys(algorithms).join(', ')}.`,
          },
        }),
    key && algorithm
      ? await checkMessage(signature, key, algorithm)
      : unknown('TEE_SIGNATURE', { spec: specs.signature, params: { reason: 'The certificate has no usable key.' } }),
    register === 0 && value === image
      ? pass('EIF_SIGNED_REGISTER', { spec: specs.register })
      : fail('EIF_SIGNED_REGISTER', { spec: specs.register, params: { register, value: value.slice(0, 96) } }),
    checkTime(signature, at),
  ];
  return all('EIF_SIGNATURE', children, { params: { subject } });
}

async function checkMessage({ message }: EifSignature, key: CryptoKey, algorithm: typeof es384): Promise<Check> {
  const verification = await verifyCoseSign1(message, key, algorithm);
  if (verification.ok) return pass('TEE_SIGNATURE', { spec: specs.signature });
  return fail('TEE_SIGNATURE', { spec: specs.signature, params: { reason: verification.reason } });
}

/** A Nitro host starts no image whose signing certificate is not valid at that time. */
function checkTime({ certificate: { notBefore, notAfter } }: EifSignature, at: number): Check {
  const params = { at: timeText(at), from: timeText(notBefore), to: timeText(notAfter) };
  const make = isWithin(at, notBefore, notAfter) ? pass : fail;
  return make('TEE_TIME', { spec: specs.time, params });
}
