import { CborReader } from '../bytes/cborReader.ts';
import { parseJson } from '../bytes/json.ts';
import { packingOf } from '../archive/unpack.ts';
import { shownName } from '../archive/shownName.ts';
import { isCertificatePage, readCertificatePage } from '../certificate/html/page.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { DerReader, derTag } from '../x509/der.ts';
import { firstCertificate, isRevocationList } from '../x509/recognise.ts';
import { affidavitType, type Content } from './content.ts';
import type { lookWords } from './lookWords.en.ts';

/** What a file of no known kind looks like: the name of the words about it, and the values in them. */
export interface Look {
  readonly name: keyof typeof lookWords;
  readonly params: Readonly<Record<string, string | number>>;
}

const signatures: readonly (readonly [Look['name'], readonly number[]])[] = [
  ['zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
  ['packed', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['packed', [0x42, 0x5a, 0x68]],
  ['packed', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['packed', [0x52, 0x61, 0x72, 0x21, 0x1a, 7]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['picture', [0x47, 0x49, 0x46, 0x38]],
  ['picture', [0x52, 0x49, 0x46, 0x46]],
  ['utf16', [0xff, 0xfe]],
  ['utf16', [0xfe, 0xff]],
  ['program', [0x4d, 0x5a]],
  ['program', [0x7f, 0x45, 0x4c, 0x46]],
  ['program', [0xcf, 0xfa, 0xed, 0xfe]],
  ['program', [0xca, 0xfe, 0xba, 0xbe]],
  ['database', [...'SQLite format 3'].map((character) => character.charCodeAt(0))],
];

/** JSON and CBOR that are longer are not taken apart to tell what is in them. */
const longestJson = 512 * 1024;

/**
 * What a file looks like that no kind recognises. Cheap, bounded, never throws; nothing of what may be a secret is repeated.
 * @param length of the whole file, where the content is its beginning alone: then nothing is said that only the whole can tell
 */
export function lookOf(content: Content, length: number = content.fileBytes.length): Look {
  const { fileBytes, bytes, text } = content;
  if (fileBytes.length === 0) return look('empty');
  const secret = text === undefined ? derKey(bytes) : (secretText(text) ?? derKey(bytes));
  if (secret) return secret;
  const packing = packingOf(fileBytes);
  if (packing) return look(packing);
  const known = signatures.find(([, start]) => start.every((byte, index) => fileBytes[index] === byte));
  if (known) return look(known[0]);
  return (text === undefined ? undefined : textual(content, text, length)) ?? binary(bytes) ?? plain(content, length);
}

/** Whether it may be a secret, of which the person must hear before anything else. */
export function isSecret({ name }: Look): boolean {
  return name === 'privateKey';
}

function secretText(text: string): Look | undefined {
  const start = text.slice(0, 65_536);
  const pem = /-----BEGIN ((?:[A-Z0-9]+ ){0,3})PRIVATE KEY(?: BLOCK)?-----/.exec(start);
  if (pem) return look('privateKey', { form: `${pem[1]}PRIVATE KEY`.trim() });
  if (/^PuTTY-User-Key-File-\d/.test(start)) return look('privateKey', { form: 'PuTTY' });
  if (/^(#[^\n]*\n)*AGE-SECRET-KEY-1/.test(start)) return look('privateKey', { form: 'age' });
  if (/^\s*\{/.test(start) && /"kty"\s*:/.test(start) && /"(d|k)"\s*:\s*"/.test(start)) {
    return look('privateKey', { form: 'JWK' });
  }
  if (/^\s*\{/.test(start) && /"(crypto|Crypto)"\s*:\s*\{/.test(start) && /"kdf"\s*:/.test(start)) {
    return look('privateKey', { form: 'Ethereum keystore' });
  }
  return undefined;
}

function textual(content: Content, text: string, length: number): Look | undefined {
  const body = text.trim();
  if (isCertificatePage(text))
    return look(
      'brokenPage',
      brokenAt(() => readCertificatePage(text)),
    );
  const pem = /^-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(body)?.[1];
  if (pem !== undefined) {
    if (pem.includes('CERTIFICATE REQUEST')) return look('request');
    if (pem.endsWith('PUBLIC KEY')) return look('publicKey');
    if (pem === 'CERTIFICATE') return look('certificate', { subject: subjectOf(content) });
    return look('pem', { label: pem });
  }
  if (/^(ssh-(rsa|ed25519|dss)|ecdsa-sha2-\S+|sk-ssh-\S+) [A-Za-z0-9+/=]{20,}/.test(body)) return look('sshKey');
  const address = urlIn(text);
  if (address) return look('url', { url: shownName(address.href), host: address.host });
  if (/^did:[a-z0-9]+:\S{1,500}$/.test(body)) return look('did');
  if (/^(0x)?[0-9a-fA-F]{64}$/.test(body)) return look('digest');
  if (/^0x[0-9a-fA-F]{40}$/.test(body)) return look('address');
  if (/^<(!doctype|html|\?xml|svg)/i.test(body)) return look('web');
  if (/^[[{]/.test(body)) return json(content, body, length > content.fileBytes.length);
  if (/^[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*){0,2}$/.test(body)) return look('token');
  return undefined;
}

/** The web address that a text as a whole is: `http:` or `https:`, without a password in it. */
export function urlIn(text: string): URL | undefined {
  const body = text.slice(0, 4096).trim();
  if (text.length > 4096 || !/^https?:\/\/[^\s"<>]+$/i.test(body) || !URL.canParse(body)) return undefined;
  const address = new URL(body);
  return address.username === '' && address.password === '' ? address : undefined;
}

function json(content: Content, body: string, isCut: boolean): Look {
  const type = affidavitType(content);
  if (type !== undefined) return look('otherDocument', { type });
  if (isCut || body.length > longestJson) return look('json', { members: '…' });
  let value: unknown;
  const fault = faultOf(() => void (value = parseJson(body)));
  if (fault !== undefined) {
    const lines = body
      .slice(0, 65_536)
      .split('\n', 3)
      .filter((line) => /^\s*\{.*\}\s*$/.test(line));
    return lines.length > 1 ? look('jsonLines') : look('brokenJson', { reason: fault });
  }
  if (Array.isArray(value)) return look('jsonList', { count: value.length });
  const names = Object.keys(value as object);
  const some = names.slice(0, 8).map((name) => `“${shownName(name).slice(0, 40)}”`);
  return names.length === 0
    ? look('json', { members: '{}' })
    : look('json', { members: some.join(', ') + (names.length > 8 ? ', …' : '') });
}

function binary(bytes: Uint8Array): Look | undefined {
  if (bytes[0] === derTag.sequence) {
    const der = derForm(bytes);
    if (der) return der;
  }
  const major = (bytes[0] ?? 0) >> 5;
  // Arrays, maps and tags; a lone number or text says nothing.
  if (bytes.length < 4 || bytes.length > longestJson || major < 4 || major > 6) return undefined;
  let shape: Look | undefined;
  faultOf(() => {
    const reader = new CborReader(bytes, { maximumDepth: 32 });
    const start = new CborReader(bytes, { maximumDepth: 32 });
    let tag = '';
    while (start.peekType() === 'tag') tag += `${start.readTag()} `;
    const type = start.peekType();
    const count =
      type === 'array'
        ? start.readArrayHeader({ indefinite: true })
        : type === 'map'
          ? start.readMapHeader({ indefinite: true })
          : 0;
    reader.skip();
    reader.finish();
    if (type === 'array' || type === 'map') {
      const tags = tag.trim();
      const name =
        tags === '' ? (type === 'array' ? 'cborList' : 'cborMap') : type === 'array' ? 'cborTagList' : 'cborTagMap';
      shape = look(name, { count: count === 'indefinite' ? '?' : count, tag: tags });
    }
  });
  return shape;
}

/** X.690: what the members of the outer sequence tell. */
function derForm(bytes: Uint8Array): Look | undefined {
  if (isRevocationList({ bytes } as Content)) return look('revocationList');
  const subject = subjectOf({ name: '', bytes, fileBytes: bytes, encoding: 'raw', text: undefined });
  if (subject !== '?') return look('certificate', { subject });
  let found: Look | undefined;
  faultOf(() => {
    const outer = new DerReader(bytes).enter('a sequence', derTag.sequence);
    if (!outer.next(derTag.sequence)) {
      if (outer.next(derTag.objectIdentifier) || outer.next(derTag.integer)) found = look('der');
      return;
    }
    const first = outer.enter('the first member', derTag.sequence);
    found = look('der');
    if (first.next(derTag.objectIdentifier) && outer.next(derTag.bitString)) {
      found = look('publicKey');
    } else if (first.next(derTag.integer)) {
      const version = first.read('the version');
      // PKCS #10: version 0, then a name.
      if (
        version.end - version.contentStart === 1 &&
        bytes[version.contentStart] === 0 &&
        first.next(derTag.sequence)
      ) {
        found = look('request');
      }
    }
  });
  return found;
}

/** PKCS #8, PKCS #1 and SEC 1 private keys in DER: a sequence that begins with a version 0 or 1, as the standards lay it out. */
function derKey(bytes: Uint8Array): Look | undefined {
  if (bytes[0] !== derTag.sequence || bytes.length > 65_536) return undefined;
  let form: string | undefined;
  faultOf(() => {
    const outer = new DerReader(bytes).enter('a sequence', derTag.sequence);
    const version = outer.read('the version', derTag.integer);
    if (version.end - version.contentStart !== 1 || (bytes[version.contentStart] ?? 9) > 1) return;
    if (outer.next(derTag.octetString)) form = 'SEC 1';
    else if (outer.next(derTag.sequence)) {
      const algorithm = outer.enter('the algorithm', derTag.sequence);
      if (algorithm.next(derTag.objectIdentifier) && outer.next(derTag.octetString)) form = 'PKCS #8';
    } else if (outer.next(derTag.integer)) {
      for (let index = 0; index < 8; index++) outer.read('a number of the key', derTag.integer);
      if (outer.atEnd) form = 'PKCS #1';
    }
  });
  return form === undefined ? undefined : look('privateKey', { form });
}

function plain({ bytes, fileBytes, text, encoding }: Content, length: number): Look {
  if (encoding !== 'raw' && length === fileBytes.length) {
    if (bytes.length === 32) return look('digest');
    return look('wrapped', { encoding, length: bytes.length, start: hex(bytes) });
  }
  if (text === undefined) return look('bytes', { length, start: hex(fileBytes) });
  return look('text', { length, start: shownName(text.trim().slice(0, 40)).slice(0, 24).trim() });
}

function subjectOf(content: Content): string {
  let subject: string | undefined;
  faultOf(() => void (subject = firstCertificate(content)?.subject.text));
  return subject === undefined ? '?' : shownName(subject);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function look(name: Look['name'], params: Look['params'] = {}): Look {
  return { name, params };
}

/** Where a parser stopped, and why. */
function brokenAt(read: () => unknown): { readonly reason: string; readonly offset: number } {
  try {
    read();
  } catch (error) {
    if (error instanceof FormatError) return { reason: error.message.replace(/\.$/, ''), offset: error.offset };
    throw error;
  }
  return { reason: '', offset: 0 };
}

/** The reason in a parser's words, or undefined where it read everything. */
function faultOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
}
