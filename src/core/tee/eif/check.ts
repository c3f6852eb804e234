import { createSha384 } from './sha384.ts';
import type { Content } from '../../kinds/content.ts';
import type { Checker, Context, Judgement, TimeSource } from '../../kinds/kind.ts';
import { bytesSource, type Source } from '../../kinds/source.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Note, type Plan } from '../../verdict/check.ts';
import { examineAttested, isAttestation, type Attested } from './attested.ts';
import { describeEif, laidOut } from './describe.ts';
import type { EifImage } from './image.ts';
import { measureEif, registerOf, type EifMeasurement } from './measure.ts';
import { parseEif } from './parse.ts';
import { checkExpected } from './policy.ts';
import type { EifSignature } from './signature.ts';
import { checkEifSignature, readEifSignature } from './verifySignature.ts';

const spec = 'aws-nitro-enclaves-image-format, defs/mod.rs, EifHeader';
const zeros = '0'.repeat(96);

/** Judges an enclave image: read once, piece by piece, however long it is. */
export const eifChecker: Checker = {
  plan: (_content, context): readonly Plan[] => {
    const documents = context.companions.filter(isAttestation);
    return [
      { code: 'TEE_FORM' },
      { code: 'EIF_CRC' },
      ...(asksForMeasurement(context, documents) ? [{ code: 'TEE_MEASUREMENT' as const }] : []),
      ...documents.map(() => ({ code: 'EIF_ATTESTED' as const })),
    ];
  },
  check: checkEif,
};

async function checkEif(content: Content, context: Context): Promise<Judgement> {
  const { trust, companions, givenTime, signal, onProgress } = context;
  const source: Source = content.source ?? bytesSource(content.bytes);
  const documents = companions.filter(isAttestation);
  let image: EifImage;
  try {
    image = await parseEif(source);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const checks = unreadable(error, context, documents);
    return { ...timeOf(context, []), checks, labels: [] };
  }
  const measurement = await measureEif(source, image, { signal, onProgress });
  const signed = measurement.signature && readEifSignature(measurement.signature);
  const registers = {
    '0': measurement.image,
    '1': measurement.boot,
    '2': measurement.application,
    '8': signerRegister(signed?.signature),
  };
  const attested = await examineAttested(documents, registers, trust, givenTime);
  const time = timeOf(context, attested);
  const checks: readonly Check[] = [
    pass('TEE_FORM', { spec, params: { version: image.version }, notes: notesOf(image, measurement) }),
    checkCrc(image, measurement),
    ...(asksForMeasurement(context, documents) ? [checkExpected(registers, trust.nitro?.measurements)] : []),
    ...attested.map(({ check }) => check),
    ...(signed ? [await checkEifSignature(signed, measurement.image, time.at)] : []),
  ];
  return {
    ...time,
    checks,
    labels: attested.some(({ simulated }) => simulated) ? ['simulated'] : [],
    details: await describeEif(
      { image, measurement, registers, signature: signed?.signature, attested, checks },
      trust,
    ),
  };
}

/** An image has no time of its own. Where an attestation says that it ran, that is its time: only then its signer had to be valid. */
function timeOf(
  { givenTime, now }: Context,
  attested: readonly Attested[],
): { readonly at: number; readonly timeSource: TimeSource } {
  if (givenTime !== undefined) return { at: givenTime, timeSource: givenTime === now ? 'now' : 'given' };
  const ran = attested.find(({ check }) => check.status === 'pass')?.time;
  return ran === undefined ? { at: now, timeSource: 'now' } : { at: Date.parse(ran), timeSource: 'signed' };
}

/** With an attestation beside it and nothing pinned, the question is whether that enclave ran this image, and nothing else is open. */
function asksForMeasurement({ trust }: Context, documents: readonly Content[]): boolean {
  return documents.length === 0 || (trust.nitro?.measurements ?? []).length > 0;
}

/** PCR8 of an enclave that is started from the image: over the DER of the certificate, or zeros where nobody signed. */
function signerRegister(signature: EifSignature | undefined): string {
  if (!signature) return zeros;
  const hash = createSha384();
  hash.update(signature.certificate.der);
  return registerOf(hash.digest());
}

function checkCrc({ crc }: EifImage, measurement: EifMeasurement): Check {
  const hex = (value: number): string => value.toString(16).padStart(8, '0');
  const params = { stated: hex(crc), computed: hex(measurement.crc) };
  return crc === measurement.crc ? pass('EIF_CRC', { spec, params }) : fail('EIF_CRC', { spec, params });
}

function notesOf({ sections }: EifImage, { metadata }: EifMeasurement): readonly Note[] {
  const signature = sections.find(({ type }) => type === 'signature');
  return [
    ...(signature ? [] : [{ code: 'EIF_UNSIGNED' } as const]),
    ...(signature && signature.size !== signature.statedSize ? [{ code: 'EIF_SIGNED_AGAIN' } as const] : []),
    ...(metadata ? [{ code: 'EIF_METADATA_FREE' } as const] : []),
    ...(metadata && laidOut(metadata) === undefined ? [{ code: 'EIF_METADATA_UNREAD' } as const] : []),
  ];
}

function unreadable({ message, offset }: FormatError, context: Context, documents: readonly Content[]): Check[] {
  const params = { reason: 'The image could not be read.' };
  return [
    fail('TEE_FORM', { spec, params: { reason: message, offset } }),
    unknown('EIF_CRC', { spec, params }),
    ...(asksForMeasurement(context, documents) ? [unknown('TEE_MEASUREMENT', { params })] : []),
    ...documents.map(({ name }) => unknown('EIF_ATTESTED', { params: { ...params, name } })),
  ];
}
