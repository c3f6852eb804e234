import { toHex } from '../bytes/hex.ts';
import type { Field } from '../tee/field.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { Evidence } from '../verdict/check.ts';
import type { Certificate } from './certificate.ts';
import { DerReader, derTag, type DerElement } from './der.ts';
import { readObjectIdentifier } from './derValues.ts';
import { parseCertificate } from './parse.ts';
import { timeText } from './validity.ts';

/** Extensions by the names that RFC 5280 and the makers of processors give them. */
const extensionNames: Readonly<Record<string, string>> = {
  '2.5.29.14': 'subjectKeyIdentifier',
  '2.5.29.15': 'keyUsage',
  '2.5.29.17': 'subjectAltName',
  '2.5.29.19': 'basicConstraints',
  '2.5.29.31': 'cRLDistributionPoints',
  '2.5.29.32': 'certificatePolicies',
  '2.5.29.35': 'authorityKeyIdentifier',
  '2.5.29.37': 'extKeyUsage',
  '1.3.6.1.5.5.7.1.1': 'authorityInfoAccess',
  '1.2.840.113741.1.13.1': 'Intel SGX extensions',
  '1.3.6.1.4.1.3704.1.1': 'structVersion',
  '1.3.6.1.4.1.3704.1.2': 'productName',
  '1.3.6.1.4.1.3704.1.3.1': 'blSPL',
  '1.3.6.1.4.1.3704.1.3.2': 'teeSPL',
  '1.3.6.1.4.1.3704.1.3.3': 'snpSPL',
  '1.3.6.1.4.1.3704.1.3.8': 'ucodeSPL',
  '1.3.6.1.4.1.3704.1.3.9': 'fmcSPL',
  '1.3.6.1.4.1.3704.1.4': 'hwID',
};

/**
 * The fields of a certificate as they stand in its DER (RFC 5280 §4.1), in order and without a gap between neighbours: what is needed to see into it.
 * @param place the object that the certificate stands in and where it begins there
 * @returns nothing where the bytes are no certificate
 */
export function certificateFields(
  der: Uint8Array,
  place: Pick<Evidence, 'digest' | 'offset' | 'name'>,
): readonly Field[] {
  try {
    return describe(der, parseCertificate(der), place);
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

function describe(
  der: Uint8Array,
  certificate: Certificate,
  place: Pick<Evidence, 'digest' | 'offset' | 'name'>,
): readonly Field[] {
  const evidence = (start: number, end: number): Evidence => ({
    ...place,
    offset: place.offset + start,
    length: end - start,
  });
  const field = (name: string, { start, end }: Span, value?: string, children?: readonly Field[]): Field => ({
    name,
    evidence: evidence(start, end),
    ...(value === undefined ? {} : { value }),
    ...(children ? { children } : {}),
  });
  // Identifier and length of what has fields inside, so that no byte is without one.
  const head = (start: number, end: number): Field => field('head', { start, end });
  const outer = new DerReader(der).enter('a certificate', derTag.sequence);
  const tbsElement = outer.read('tbsCertificate');
  const algorithm = outer.read('signatureAlgorithm');
  const signature = outer.read('signatureValue');
  const tbs = outer.open(tbsElement);
  const next = (name: string): DerElement => tbs.read(name);
  const inner: Field[] = [head(tbsElement.start, tbsElement.contentStart)];
  if (tbs.next(0xa0)) inner.push(field('version', next('version'), `${certificate.version}`));
  inner.push(field('serialNumber', next('serialNumber'), certificate.serial));
  inner.push(field('signature', next('signature'), certificate.signatureAlgorithm));
  inner.push(field('issuer', next('issuer'), certificate.issuer.text));
  const validity = next('validity');
  const times = tbs.open(validity);
  inner.push(
    field('validity', validity, `${timeText(certificate.notBefore)} to ${timeText(certificate.notAfter)}`, [
      head(validity.start, validity.contentStart),
      field('notBefore', times.read('notBefore'), timeText(certificate.notBefore)),
      field('notAfter', times.read('notAfter'), timeText(certificate.notAfter)),
    ]),
  );
  inner.push(field('subject', next('subject'), certificate.subject.text));
  inner.push(field('subjectPublicKeyInfo', next('subjectPublicKeyInfo'), certificate.keyAlgorithm));
  while (!tbs.atEnd) {
    const element = next('extensions');
    const isExtensions = element.tag === 0xa3;
    inner.push(
      field(
        isExtensions ? 'extensions' : 'unique identifier',
        element,
        undefined,
        isExtensions ? extensions(tbs.open(element), element.start, field) : undefined,
      ),
    );
  }
  return [
    head(0, tbsElement.start),
    field('tbsCertificate', tbsElement, undefined, inner),
    field('signatureAlgorithm', algorithm, certificate.signatureAlgorithm),
    field('signatureValue', signature),
  ];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function extensions(
  wrapper: DerReader,
  start: number,
  field: (name: string, span: Span, value?: string) => Field,
): readonly Field[] {
  const list = wrapper.enter('extensions', derTag.sequence);
  const found: Field[] = [field('head', { start, end: list.position })];
  while (!list.atEnd) {
    const element = list.read('an extension');
    const item = list.open(element);
    const id = readObjectIdentifier(item, 'the name of an extension');
    const critical = item.next(derTag.boolean);
    if (critical) item.read('critical');
    const content = item.content(item.read('the value of an extension'));
    const value = content.length <= 80 ? toHex(content) : undefined;
    found.push(field(`${extensionNames[id] ?? id}${critical ? ' (critical)' : ''}`, element, value));
  }
  return found;
}
