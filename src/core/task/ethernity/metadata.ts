import type { Hex } from '../../evm/hex.ts';
import { FormatError } from '../../verdict/auditorError.ts';

/** What a data owner's request says in its four texts (README: payload grammar). Checksums are of SHA-256. */
export interface RequestMetadata {
  /** `v1`, `v2`, `v3`; `v3s` marks a run that stays open for its owner. */
  readonly version: string;
  readonly interactive: boolean;
  /** Content identifiers of IPFS; null where the client wrote none. */
  readonly image: string | null;
  readonly imageName: string;
  readonly compose: string | null;
  /** The client's challenge, encrypted to the enclave's certificate. */
  readonly challenge: string | null;
  readonly clientKey: string | null;
  readonly code: string | null;
  readonly codeChecksum: Checksum;
  readonly input: string | null;
  readonly inputChecksum: Checksum;
  /** The only node that may carry it out, where the owner wants one. */
  readonly node: Hex | null;
}

/** Older clients write a signature of the checksum by their wallet in place of the checksum. */
export type Checksum =
  | { readonly kind: 'digest'; readonly hex: string }
  | { readonly kind: 'signature'; readonly hex: string }
  | { readonly kind: 'none' };

const maximumLength = 4096;

/** Reads the four texts of a request. @throws FormatError naming the one at fault */
export function readMetadata(texts: readonly [string, string, string, string]): RequestMetadata {
  const [first, second, third, fourth] = texts;
  const image = split('metadata1', first);
  const code = split('metadata2', second);
  const input = split('metadata3', third);
  const version = versionOf('metadata1', image[0]);
  const counts = version === 'v1' ? [5] : version === 'v2' ? [5, 6] : [6];
  if (!counts.includes(image.length)) throw fault('metadata1', `${counts.join(' or ')} parts, found ${image.length}`);
  if (versionOf('metadata2', code[0]) !== version) throw fault('metadata2', `version ${version}`);
  if (code.length !== 3) throw fault('metadata2', `3 parts, found ${code.length}`);
  if (versionOf('metadata3', input[0]) !== version) throw fault('metadata3', `version ${version}`);
  if (input.length !== 3) throw fault('metadata3', `3 parts, found ${input.length}`);
  return {
    version,
    interactive: (input[0] ?? '').endsWith('s'),
    image: partOf(image[1]),
    imageName: image[2] ?? '',
    compose: partOf(image[3]),
    challenge: partOf(image[4]),
    clientKey: partOf(image[5]),
    code: partOf(code[1]),
    codeChecksum: checksum('metadata2', code[2]),
    input: partOf(input[1]),
    inputChecksum: checksum('metadata3', input[2]),
    node: nodeOf(fourth),
  };
}

function split(name: string, text: string): string[] {
  if (text.length > maximumLength) throw fault(name, `at most ${maximumLength} characters`);
  return text.split(':');
}

function versionOf(name: string, tag: string | undefined): string {
  const version = /^(v[123])s?$/.exec(tag ?? '')?.[1];
  if (version === undefined || (tag === `${version}s` && version !== 'v3'))
    throw fault(name, 'v1, v2, v3 or v3s at its beginning');
  return version;
}

/** A failed upload left the word `null` on the ledger. */
function partOf(part: string | undefined): string | null {
  return part === undefined || part === '' || part === 'null' ? null : part;
}

function checksum(name: string, part: string | undefined): Checksum {
  const text = part ?? '';
  if (text === '' || text === '0') return { kind: 'none' };
  const hex = text.replace(/^0x/, '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hex)) return { kind: 'digest', hex };
  if (/^[0-9a-f]{130}$/.test(hex)) return { kind: 'signature', hex };
  throw fault(name, 'a SHA-256 in hex, or a signature of 65 bytes, at its end');
}

function nodeOf(text: string): Hex | null {
  return /^0x[0-9a-fA-F]{40}$/.test(text) && !/^0x0+$/.test(text) ? (text.toLowerCase() as Hex) : null;
}

function fault(name: string, expected: string): FormatError {
  return new FormatError(`Request, ${name}: expected ${expected}.`, 0);
}
