import { equalBytes } from '../../bytes/bytes.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { toHex } from '../../bytes/hex.ts';
import type { Trust } from '../../trust/trust.ts';
import type { Code } from '../../verdict/check.ts';
import { describeCertificate, type PathDetails } from '../../x509/describeCertificate.ts';
import type { Path } from '../../x509/path.ts';
import type { Explained } from '../explained.ts';
import type { Field } from '../field.ts';
import { besidePins } from '../policy.ts';
import type { CheckedCollateral } from './checkCollateral.ts';
import type { LoggedEvent } from './eventLog.ts';
import { pckBlocks, type Examination } from './examine.ts';
import { intelSgxRoot } from './intelSgxRoot.ts';
import { littleEndian } from './parse.ts';
import { dcapPins, measuredValues } from './policy.ts';
import { bytesOf, certificationTypes, type Part, type Quote, type Range } from './quote.ts';

/** What a page draws of a quote: every byte of it, its certificates, what it measured. */
export interface DescribeInput {
  readonly examination: Examination;
  readonly quote: Quote;
  readonly wrapping: 'file' | 'json';
  readonly collateral: CheckedCollateral | undefined;
  readonly events: readonly LoggedEvent[];
  readonly trust: Trust;
  /** The pin (from 1) that matched, if any. */
  readonly pin: number | undefined;
  readonly debug: boolean;
}

const maximumEvents = 1000;

export async function describeQuote(input: DescribeInput): Promise<Explained> {
  const { quote, examination, wrapping, collateral, events, trust, pin, debug } = input;
  const pins = trust.dcap?.measurements;
  const measured = measuredValues(quote);
  const [pinnable] = measured;
  const used = pin === undefined ? undefined : pins?.[pin - 1];
  const paths = [
    await describePath('PCK certificate of the processor', examination.path),
    await describePath("Intel's signature on TCB info", collateral?.tcbInfo?.path),
    await describePath("Intel's signature on the identity of the quoting enclave", collateral?.qeIdentity?.path),
  ];
  return {
    fields: [...fieldsOf(quote), ...eventFields(events)],
    paths: paths.filter((path) => path !== undefined),
    registers: besidePins(measured, dcapPins(pins)),
    pinnedAt: 'dcap.measurements',
    ...(wrapping === 'json' && { objects: [quote.bytes] }),
    ...(!pins?.length && !debug && pinnable && { offered: { dcap: { measurements: [pinnable.hex] } } }),
    used: used === undefined ? {} : { dcap: { measurements: [used] } },
  };
}

/** Whether a path begins with the root that is built in; others are of tests. */
export function isBuiltIn(path: Path | undefined): boolean {
  return equalBytes(path?.certificates[0]?.der ?? new Uint8Array(), intelSgxRoot());
}

async function describePath(name: string, path: Path | undefined): Promise<PathDetails | undefined> {
  if (!path || path.certificates.length === 0) return undefined;
  return {
    name,
    certificates: await Promise.all(
      path.certificates.map((certificate, index) => describeCertificate(certificate, index + 1)),
    ),
    root: isBuiltIn(path) ? 'built-in' : 'unknown',
  };
}

/** All bytes of a quote without a gap, in their order. */
export function fieldsOf(quote: Quote): Field[] {
  const digest = sha3Hex(quote.bytes);
  const leaf = (name: string, range: Range, hint: Code, value?: string): Field => ({
    name,
    evidence: { digest, ...range, name: 'quote' },
    hint,
    ...(value !== undefined && { value }),
  });
  const group = (name: string, children: readonly Field[], hint: Code): Field => {
    const offset = children[0]?.evidence?.offset ?? 0;
    const last = children.at(-1)?.evidence;
    const length = last ? last.offset + last.length - offset : 0;
    return { name, evidence: { digest, offset, length, name: 'quote' }, hint, children };
  };
  const hex = (range: Range) => toHex(bytesOf(quote, range));
  const number = (range: Range) => String(littleEndian(bytesOf(quote, range)));
  const part = (name: string, { layout, range }: Part, hint: Code): Field => {
    let offset = range.offset;
    const children = layout.map((field) => {
      const own = { offset, length: field.length };
      offset += field.length;
      return leaf(field.name, own, field.hint, field.form === 'number' ? number(own) : shownBytes(bytesOf(quote, own)));
    });
    return group(name, children, hint);
  };
  const typeAndSize = ({ offset }: Range, sizeHint: Code): Field[] => [
    leaf(
      'type',
      { offset, length: 2 },
      'DCAP_HINT_CERT_TYPE',
      nameOfType(littleEndian(bytesOf(quote, { offset, length: 2 }))),
    ),
    leaf('size', { offset: offset + 2, length: 4 }, sizeHint, number({ offset: offset + 2, length: 4 })),
  ];
  const { certification, wrapperHead, bodyHead, padding } = quote;
  const certificationField = group(
    'certification data',
    [...typeAndSize(certification.head, 'DCAP_HINT_SIZE'), ...certificateFields(quote, leaf)],
    'DCAP_HINT_CERTIFICATION',
  );
  const qe = [
    part('QE report', quote.qeReport, 'DCAP_HINT_QE_REPORT'),
    leaf('QE report signature', quote.qeSignature, 'DCAP_HINT_QE_SIGNATURE', hex(quote.qeSignature)),
    leaf('QE authentication data size', quote.qeAuthSize, 'DCAP_HINT_SIZE', number(quote.qeAuthSize)),
    ...(quote.qeAuth.length > 0
      ? [leaf('QE authentication data', quote.qeAuth, 'DCAP_HINT_QE_AUTH', hex(quote.qeAuth))]
      : []),
    certificationField,
  ];
  const bodyFields = bodyHead
    ? [
        leaf(
          'body type',
          { offset: bodyHead.offset, length: 2 },
          'DCAP_HINT_BODY_TYPE',
          number({ offset: bodyHead.offset, length: 2 }),
        ),
        leaf(
          'body size',
          { offset: bodyHead.offset + 2, length: 4 },
          'DCAP_HINT_SIZE',
          number({ offset: bodyHead.offset + 2, length: 4 }),
        ),
      ]
    : [];
  return [
    part('header', quote.header, 'DCAP_HINT_HEADER'),
    ...bodyFields,
    part(quote.tee === 'SGX' ? 'enclave report' : 'TD report', quote.body, 'DCAP_HINT_BODY'),
    leaf('signature data size', quote.signatureSize, 'DCAP_HINT_SIZE', number(quote.signatureSize)),
    leaf('quote signature', quote.signature, 'DCAP_HINT_SIGNATURE', hex(quote.signature)),
    leaf('attestation key', quote.attestationKey, 'DCAP_HINT_ATTESTATION_KEY', hex(quote.attestationKey)),
    ...(wrapperHead
      ? [
          group(
            'QE report certification data',
            [...typeAndSize(wrapperHead, 'DCAP_HINT_SIZE'), ...qe],
            'DCAP_HINT_CERTIFICATION',
          ),
        ]
      : qe),
    ...(padding.length > 0 ? [leaf('padding', padding, 'DCAP_HINT_PADDING', `${padding.length} bytes`)] : []),
  ];
}

/** Each PEM block with the white space behind it, so that nothing is left out; other certification data as it stands. */
function certificateFields(
  quote: Quote,
  leaf: (name: string, range: Range, hint: Code, value?: string) => Field,
): Field[] {
  const { data } = quote.certification;
  if (data.length === 0) return [];
  const blocks = pckBlocks(quote) ?? [];
  if (blocks.length === 0) return [leaf('data', data, 'DCAP_HINT_CERTIFICATION', `${data.length} bytes`)];
  const names = ['PCK certificate', 'issuer of the PCK certificate'];
  return blocks.map((_, index) => {
    const from = index === 0 ? 0 : (blocks[index]?.offset ?? 0);
    const to = blocks[index + 1]?.offset ?? data.length;
    const name =
      index === blocks.length - 1 && index > 0 ? 'root certificate' : (names[index] ?? `certificate ${index + 1}`);
    return leaf(name, { offset: data.offset + from, length: to - from }, 'DCAP_HINT_PEM');
  });
}

/** A log stands in JSON, where it has no bytes of its own to show. */
function eventFields(events: readonly LoggedEvent[]): Field[] {
  if (events.length === 0) return [];
  const children = events.slice(0, maximumEvents).map(({ register, name, payload, type, digest }): Field => ({
    name: `RTMR${register}: ${name || `event of type 0x${type.toString(16)}`}`,
    value:
      name && payload
        ? shownBytes(Uint8Array.from(payload.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
        : toHex(digest),
    hint: 'DCAP_HINT_EVENT',
  }));
  return [{ name: 'event log', value: `${events.length} events`, hint: 'DCAP_HINT_EVENT_LOG', children }];
}

function nameOfType(type: number): string {
  return `${type}: ${certificationTypes[type] ?? 'not described'}`;
}

/** Hex, and beside it what reads as text. */
function shownBytes(bytes: Uint8Array): string {
  const hex = toHex(bytes.subarray(0, 512));
  const text = String.fromCharCode(...bytes.subarray(0, 512)).replace(/\0+$/, '');
  return text.length >= 4 && /^[\x20-\x7e]+$/.test(text) ? `${hex} ("${text}")` : hex;
}
