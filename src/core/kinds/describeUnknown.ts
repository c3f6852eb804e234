import { toHex } from '../bytes/hex.ts';
import { isCertificatePage, readCertificatePage } from '../certificate/html/page.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { Content } from './content.ts';
import type { Kind } from './kind.ts';

/** What files begin with that people give by mistake, and what to do about it. */
const beginnings: readonly { readonly bytes: readonly number[]; readonly is: string; readonly todo: string }[] = [
  { bytes: [0x1f, 0x8b], is: 'is compressed with gzip', todo: 'Decompress it and give what is inside.' },
  { bytes: [0x50, 0x4b, 3, 4], is: 'is a ZIP archive', todo: 'Unpack it and give the files inside.' },
  {
    bytes: [0x28, 0xb5, 0x2f, 0xfd],
    is: 'is compressed with Zstandard',
    todo: 'Decompress it and give what is inside.',
  },
  {
    bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    is: 'is compressed with xz',
    todo: 'Decompress it and give what is inside.',
  },
  { bytes: [0x25, 0x50, 0x44, 0x46], is: 'is a PDF', todo: 'Give the file of evidence that came with it.' },
  {
    bytes: [0x89, 0x50, 0x4e, 0x47],
    is: 'is a PNG picture',
    todo: 'Give the file of evidence itself, not a picture of it.',
  },
  {
    bytes: [0xff, 0xd8, 0xff],
    is: 'is a JPEG picture',
    todo: 'Give the file of evidence itself, not a picture of it.',
  },
  { bytes: [0xff, 0xfe], is: 'looks like text in UTF-16', todo: 'Save it as UTF-8.' },
  { bytes: [0xfe, 0xff], is: 'looks like text in UTF-16', todo: 'Save it as UTF-8.' },
];

/** Why a file is of no known kind, in sentences: what it is, what was expected, what to do. */
export function describeUnknown(content: Content, kinds: readonly Kind[]): string {
  const { name, fileBytes, text } = content;
  if (fileBytes.length === 0) return `${name} is empty (0 bytes). Fetch it again: the download may have failed.`;
  const known = beginnings.find(({ bytes }) => bytes.every((byte, index) => fileBytes[index] === byte));
  if (known) return `${name} ${known.is}, which is no evidence by itself. ${known.todo}`;
  if (text !== undefined && isCertificatePage(text)) {
    return `${name} is a page that checks itself, but its certificate cannot be taken out: ${faultOf(text)} Ask for the page again.`;
  }
  if (text !== undefined && /^\s*<(!doctype|html|\?xml)/i.test(text)) {
    return `${name} is a web page or XML document, which may be what a server sent in place of the file. Fetch the file itself.`;
  }
  return `${name} is of no kind that Affidavit knows: ${opening(content)}. Expected was one of: ${titles(kinds)}. Check that it is the whole file and the right one.`;
}

function faultOf(text: string): string {
  try {
    readCertificatePage(text);
    return '';
  } catch (error) {
    if (error instanceof FormatError) return `at offset ${error.offset}: ${error.message}`;
    throw error;
  }
}

function opening({ fileBytes, text }: Content): string {
  const size = `${fileBytes.length} ${fileBytes.length === 1 ? 'byte' : 'bytes'}`;
  if (text === undefined) return `${size} beginning with ${toHex(fileBytes.subarray(0, 8))} (hex)`;
  return `${size} of text beginning with ${JSON.stringify(text.slice(0, 24))}`;
}

function titles(kinds: readonly Kind[]): string {
  return kinds.map(({ title }) => title).join(', ');
}
