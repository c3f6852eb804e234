import { decodeUtf8, utf8 } from '../../bytes/bytes.ts';
import { fromBase64, toBase64 } from '../../bytes/base64.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { parseCertificate, systems, type System } from '../envelope.ts';

/**
 * A page that checks itself: one HTML file with a certificate, and with the program that judges it (README.md). What is evidence in it stands at one place,
 * directly behind the policy and before anything that runs, so that it is found by reading from the front, without an HTML parser and without running anything.
 */
export interface CertificatePage {
  readonly system: System;
  /** The certificate's file, byte for byte. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  /** The trust file that the sender put beside it, for whoever chooses to take it. */
  readonly trust: Uint8Array<ArrayBuffer> | undefined;
  /** Where everything else in the page is: `text` without these two ranges is its template. */
  readonly slots: readonly [Slot, Slot];
}

/** Offsets in the text of the page: what stands between its two tags. */
interface Slot {
  readonly start: number;
  readonly end: number;
}

export const pageVersion = 'certificate-page/1';

/** No longer certificate is put into a page: browsers open such files as a whole. */
export const maximumPagedCertificate = 48 * 1024 * 1024;

const lineLength = 76;
const opening = `^<!doctype html>\\n<html lang="[A-Za-z-]{2,16}">\\n<head>\\n<meta charset="utf-8">\\n<meta name="affidavit" content="${pageVersion} (${systems.join('|')})">\\n<meta http-equiv="Content-Security-Policy" content="[^"<>\\n]{1,2000}">\\n`;
const head = new RegExp(opening);
const certificateTag = '<script type="application/vnd.affidavit.certificate" id="certificate">';
const trustTag = '<script type="application/vnd.affidavit.trust" id="given-trust">';
const endTag = '</script>\n';

const doctype = '<!doctype html>\n<html lang=';
const doctypeBytes = utf8(doctype);

/** Cheaper still, before anything is decoded. */
export function mayBePage(bytes: Uint8Array): boolean {
  return doctypeBytes.every((byte, index) => bytes[index] === byte);
}

/** Cheap: looks at the beginning alone. */
export function isCertificatePage(text: string): boolean {
  return text.startsWith(doctype) && head.test(text.slice(0, 4096));
}

/**
 * Takes the evidence out of a page. Attacker-controlled: nothing in it is run, nothing else in it is looked at.
 * @throws FormatError where it begins like such a page and goes on otherwise; where it does not begin so at all, too
 */
export function readCertificatePage(text: string): CertificatePage {
  const found = head.exec(text.slice(0, 4096));
  if (!found) throw new FormatError(`The beginning of a page "${pageVersion}" was expected.`, 0);
  const first = slotAt(text, found[0].length, certificateTag);
  const second = slotAt(text, first.end + endTag.length, trustTag);
  const certificate = bytesIn(text, first);
  if (certificate.length === 0) throw new FormatError('The page has no certificate in it.', first.start);
  const trust = bytesIn(text, second);
  return {
    system: found[1] as System,
    certificate,
    trust: trust.length === 0 ? undefined : trust,
    slots: [first, second],
  };
}

/** The page without its evidence: the same for all certificates of a system, so that its digest can be compared with that of a build. */
export function templateOf(text: string, [first, second]: CertificatePage['slots']): string {
  return text.slice(0, first.start) + text.slice(first.end, second.start) + text.slice(second.end);
}

/**
 * Puts a certificate into the template of its system. Base64 has no character that could end the element it stands in.
 * @throws AuditorError `usage` where it is no certificate, of another system than the template, or too long for a page
 */
export function fillTemplate(template: string, certificate: Uint8Array, trust?: string): string {
  const found = head.exec(template.slice(0, 4096));
  const first =
    found && template.indexOf(certificateTag) === found[0].length
      ? slotAt(template, found[0].length, certificateTag)
      : undefined;
  if (!found || !first || first.start !== first.end) {
    throw new AuditorError('internal', 'PAGE_TEMPLATE', 'This is not the empty template of a page that checks itself.');
  }
  if (certificate.length > maximumPagedCertificate) {
    const message = `The certificate has ${certificate.length} bytes; at most ${maximumPagedCertificate} fit into a page. Send the file itself.`;
    throw new AuditorError('usage', 'PAGE_LENGTH', message);
  }
  const system = systemOf(certificate);
  if (system !== found[1]) {
    throw new AuditorError(
      'internal',
      'PAGE_TEMPLATE',
      `A certificate of ${system} does not go into the template of ${found[1]}.`,
    );
  }
  const second = slotAt(template, first.end + endTag.length, trustTag);
  const parts = [
    template.slice(0, first.start),
    wrapped(certificate),
    template.slice(first.end, second.start),
    trust === undefined ? '' : wrapped(utf8(trust)),
    template.slice(second.end),
  ];
  return parts.join('');
}

/**
 * Of a certificate's file.
 * @throws AuditorError `usage` where it cannot be read as one
 */
export function systemOf(certificate: Uint8Array): System {
  try {
    return parseCertificate(decodeUtf8(certificate)).system;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new AuditorError('usage', 'PAGE_CERTIFICATE', `This is not a whole certificate: ${error.message}`, {
      cause: error,
    });
  }
}

function slotAt(text: string, at: number, tag: string): Slot {
  if (!text.startsWith(tag, at)) throw new FormatError(`${tag} was expected.`, at);
  const start = at + tag.length;
  const end = text.indexOf('<', start);
  if (end < 0 || !text.startsWith(endTag, end))
    throw new FormatError(`${endTag.trim()} was expected.`, end < 0 ? text.length : end);
  return { start, end };
}

/** Base64 in lines of 76, as `base64 -d` and mail programs read it, with a line end before and behind; nothing where there is nothing. */
function wrapped(bytes: Uint8Array): string {
  const text = toBase64(bytes);
  const lines = ['\n'];
  for (let at = 0; at < text.length; at += lineLength) lines.push(text.slice(at, at + lineLength), '\n');
  return lines.join('');
}

/** @throws FormatError for anything but what `wrapped` gives */
function bytesIn(text: string, { start, end }: Slot): Uint8Array<ArrayBuffer> {
  if (start === end) return new Uint8Array(0);
  const inside = text.slice(start, end);
  const length = inside.length - 1 - Math.ceil((inside.length - 1) / (lineLength + 1));
  const joined = inside.replaceAll('\n', '');
  const isWrapped =
    inside.startsWith('\n') && inside.endsWith('\n') && joined.length === length && hasEvenLines(inside);
  if (!isWrapped) throw new FormatError(`Base64 in lines of ${lineLength} characters was expected.`, start);
  return fromBase64(joined);
}

function hasEvenLines(inside: string): boolean {
  for (let at = 0; at < inside.length - 1; at += lineLength + 1) if (inside[at] !== '\n') return false;
  return true;
}
