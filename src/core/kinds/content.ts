import { decodeText, unwrapText, type TextEncodingName } from '../bytes/unwrap.ts';
import { isCertificatePage, readCertificatePage, templateOf } from '../certificate/html/page.ts';
import type { System } from '../certificate/envelope.ts';
import { unwrapCertificate, type Wrapped } from '../certificate/export/unwrap.ts';
import { utf8 } from '../bytes/bytes.ts';
import { sha3Hex } from '../bytes/hash.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { Source } from './source.ts';
import { takeOutOfText, textInside, type TakenOut, type Wrapping } from './takeOut.ts';

/** A file as it is looked at: its bytes, with a text wrapping (hex, base64, PEM) taken off where the whole file is one. */
export interface Content {
  readonly name: string;
  /** The bytes to judge. */
  readonly bytes: Uint8Array;
  /** The bytes as they came, before any unwrapping. */
  readonly fileBytes: Uint8Array;
  readonly encoding: TextEncodingName | 'raw';
  /** The file as text where it is strict UTF-8, else undefined. */
  readonly text: string | undefined;
  /** Where the file is read piece by piece: then all of the above is its beginning alone, and only kinds with `streams` are given it. */
  readonly source?: Source;
  /** Where the file was a page that checks itself: everything above is then the certificate that was taken out of it. */
  readonly page?: PageAround;
  /** Where the file was a certificate in another tool's form: everything above is then the certificate that was taken out of it, if it could be. */
  readonly wrapped?: Wrapped;
  /** Where the file was a text around one document (a Markdown fence, a `data:` URL): all above but `fileBytes`, which a digest may name, is then what was inside. */
  readonly wrapping?: Wrapping;
}

/** What is known of the page that a certificate was taken out of. Its own program was not run and says nothing. */
export interface PageAround {
  readonly system: System;
  /** H of the page without its evidence: equal to that of a build's template where the page is one of that build's. */
  readonly template: string;
  /** Whether its sender put a trust file into it. It counts for nothing. */
  readonly hasTrust: boolean;
}

/** No kind is read from a longer file than this (the largest bound of CHAIN.md 19 is an object of 64 MiB, in base64 in JSON). */
export const maximumFileLength = 96 * 1024 * 1024;

/** Longer files are not decoded where people wait for a page, but known by their two ends; only pages that check themselves are looked at whole. */
export const longestAtSight = 4 * 1024 * 1024;

/** Looks at a file once, so that every kind's `recognise` is cheap. Never throws: what does not decode stays raw. */
export function readContent(name: string, fileBytes: Uint8Array): Content {
  const text = decodeText(fileBytes);
  const inside = text !== undefined && isCertificatePage(text) ? certificateIn(name, text) : undefined;
  if (inside) return inside;
  const wrapped = text === undefined ? undefined : unwrapCertificate(text);
  if (wrapped && 'certificate' in wrapped) return { ...certificateContent(name, wrapped.certificate), wrapped };
  if (wrapped) return { name, fileBytes, bytes: fileBytes, encoding: 'raw', text, wrapped };
  const unwrapped = text === undefined ? undefined : unwrapText(text);
  const taken = text === undefined ? undefined : unwrapped ? textInside(unwrapped.bytes) : takeOutOfText(text);
  if (taken) return takenOut(name, fileBytes, taken);
  return {
    name,
    fileBytes,
    bytes: unwrapped?.bytes ?? fileBytes,
    encoding: unwrapped?.encoding ?? 'raw',
    text,
  };
}

/** What was inside of a text. A wrapping inside that is not taken off, but for hex, base64 and PEM. */
function takenOut(name: string, fileBytes: Uint8Array, { bytes, wrapping }: TakenOut): Content {
  const text = decodeText(bytes);
  const unwrapped = text === undefined ? undefined : unwrapText(text);
  return {
    name,
    fileBytes,
    bytes: unwrapped?.bytes ?? bytes,
    encoding: unwrapped?.encoding ?? 'raw',
    text,
    wrapping,
  };
}

/** The certificate in a page that checks itself, as if it had come alone; nothing where the page cannot be read as one. */
function certificateIn(name: string, text: string): Content | undefined {
  try {
    const { system, certificate, trust, slots } = readCertificatePage(text);
    const template = sha3Hex(utf8(templateOf(text, slots)));
    const page: PageAround = { system, template, hasTrust: trust !== undefined };
    return { ...certificateContent(name, certificate), page };
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function certificateContent(name: string, certificate: Uint8Array): Content {
  return { name, fileBytes: certificate, bytes: certificate, encoding: 'raw', text: decodeText(certificate) };
}

/**
 * The value of `"affidavit"` where the text opens like one of our JSON documents (`{"affidavit":"trust/1",…}`), found without parsing
 * all of it: members may come in any order, so the first 4 KiB and the last are searched.
 */
export function affidavitType(content: Content): string | undefined {
  if (content.text === undefined || !/^\s*\{/.test(content.text)) return undefined;
  const match = /"affidavit"\s*:\s*"([a-z-]+\/\d+)"/.exec(content.text.slice(0, 4096) + content.text.slice(-4096));
  return match?.[1];
}
