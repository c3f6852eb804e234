import { decodeText } from '../../bytes/unwrap.ts';
import { parseJson } from '../../bytes/json.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import type { Trust } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import type { Check } from '../../verdict/check.ts';
import { describeCertificate } from '../../x509/describeCertificate.ts';
import type { Field } from '../field.ts';
import { nitroPins, measuredValues, type Registers } from '../nitro/policy.ts';
import { besidePins } from '../policy.ts';
import type { Attested } from './attested.ts';
import type { EifDetails, EifSectionDetails } from './details.ts';
import { maximumSections, sectionHeaderLength, type EifImage, type EifSection } from './image.ts';
import type { EifMeasurement } from './measure.ts';
import { comparablePins } from './policy.ts';
import type { EifSignature } from './signature.ts';

export interface EifFindings {
  readonly image: EifImage;
  readonly measurement: EifMeasurement;
  readonly registers: Registers;
  readonly signature: EifSignature | undefined;
  readonly attested: readonly Attested[];
  readonly checks: readonly Check[];
}

export async function describeEif(findings: EifFindings, trust: Trust): Promise<EifDetails> {
  const { image, measurement, registers, signature, attested } = findings;
  const signer = signature ? await describeCertificate(signature.certificate, 1) : null;
  const { metadata } = measurement;
  return {
    explained: {
      fields: fieldsOf(image, measurement),
      paths: signer ? [{ name: 'Signed the image', certificates: [signer], root: 'unknown' }] : [],
      registers: besidePins(measuredValues(registers), nitroPins(comparablePins(trust.nitro?.measurements))),
      pinnedAt: 'nitro.measurements',
      objects: [image.header, measurement.metadata, measurement.signature].filter((bytes) => bytes !== undefined),
      ...pinning(findings, trust),
    },
    size: image.size,
    version: image.version,
    architecture: image.architecture,
    defaultMemory: String(image.defaultMemory),
    defaultProcessors: String(image.defaultProcessors),
    sections: describeSections(image.sections),
    registers,
    cmdline: new TextDecoder().decode(measurement.cmdline),
    metadata: metadata ? (laidOut(metadata) ?? new TextDecoder().decode(metadata)) : null,
    signer,
    attested: attested.flatMap(({ name, registers: found, moduleId, time }) =>
      found ? [{ name, moduleId: moduleId ?? null, time: time ?? null, registers: found }] : [],
    ),
  };
}

/** JSON laid out for reading, or undefined where it is none. */
export function laidOut(metadata: Uint8Array): string | undefined {
  const text = decodeText(metadata);
  if (text === undefined) return undefined;
  try {
    return JSON.stringify(parseJson(text), null, 2);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return undefined;
  }
}

/** What could be pinned is offered only where nothing speaks against the image but that it was not expected. */
function pinning(
  { checks, registers }: EifFindings,
  trust: Trust,
): { readonly offered?: Trust; readonly used?: Trust } {
  const expected = checks.find(({ code }) => code === 'TEE_MEASUREMENT');
  const { 0: zero, 1: one, 2: two } = registers;
  if (expected?.status === 'pass') {
    const pin = trust.nitro?.measurements?.[Number(expected.params?.['pin']) - 1];
    return pin ? { used: { nitro: { measurements: [pin] } } } : {};
  }
  const sound = checks.every(({ code, status }) => code === 'TEE_MEASUREMENT' || status !== 'fail');
  if (!sound || !zero || !one || !two) return {};
  return { offered: { nitro: { measurements: [{ pcrs: { '0': zero, '1': one, '2': two } }] } } };
}

function describeSections(sections: readonly EifSection[]): readonly EifSectionDetails[] {
  const firstRamdisk = sections.find(({ type }) => type === 'ramdisk');
  return sections.map((section) => {
    const { type, offset, size } = section;
    const boots = type === 'kernel' || type === 'cmdline' || section === firstRamdisk;
    const measuredIn = boots ? [0, 1] : type === 'ramdisk' ? [0, 2] : type === 'signature' ? [8] : [];
    return { type, offset, size, measuredIn };
  });
}

/** The header byte for byte, then the sections; of these only what was kept can be shown. */
function fieldsOf(image: EifImage, measurement: EifMeasurement): readonly Field[] {
  const digest = sha3Hex(image.header);
  const at = (name: string, offset: number, length: number, value: string): Field => ({
    name,
    evidence: { digest, offset, length, name: 'header' },
    value,
  });
  const count = image.sections.length;
  const header: readonly Field[] = [
    at('magic', 0, 4, '.eif'),
    at('version', 4, 2, String(image.version)),
    at('flags', 6, 2, image.architecture),
    at('default_mem', 8, 8, String(image.defaultMemory)),
    at('default_cpus', 16, 8, String(image.defaultProcessors)),
    at('reserved', 24, 2, ''),
    at('num_sections', 26, 2, String(count)),
    at('section_offsets', 28, 8 * maximumSections, image.sections.map(({ offset }) => offset).join(', ')),
    at('section_sizes', 284, 8 * maximumSections, image.sections.map(({ statedSize }) => statedSize).join(', ')),
    at('unused', 540, 4, ''),
    at('eif_crc32', 544, 4, image.crc.toString(16).padStart(8, '0')),
  ];
  const sections = image.sections.map(({ type, offset, size }): Field => {
    const start = offset + sectionHeaderLength;
    const bytes = type === 'metadata' || type === 'signature' ? measurement[type] : undefined;
    return {
      name: type,
      value: `${size} bytes from byte ${start}`,
      ...(bytes && { evidence: { digest: sha3Hex(bytes), offset: 0, length: bytes.length, name: type } }),
    };
  });
  return [
    {
      name: 'header',
      evidence: { digest, offset: 0, length: image.header.length, name: 'header' },
      children: header,
    },
    ...sections,
  ];
}
