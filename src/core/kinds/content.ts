import { decodeText, unwrapText, type TextEncodingName } from '../bytes/unwrap.ts';
import type { Source } from './source.ts';

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
}

/** No kind is read from a longer file than this (the largest bound of CHAIN.md 19 is an object of 64 MiB, in base64 in JSON). */
export const maximumFileLength = 96 * 1024 * 1024;

/** Looks at a file once, so that every kind's `recognise` is cheap. Never throws: what does not decode stays raw. */
export function readContent(name: string, fileBytes: Uint8Array): Content {
  const text = decodeText(fileBytes);
  const unwrapped = text === undefined ? undefined : unwrapText(text);
  return {
    name,
    fileBytes,
    bytes: unwrapped?.bytes ?? fileBytes,
    encoding: unwrapped?.encoding ?? 'raw',
    text,
  };
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
