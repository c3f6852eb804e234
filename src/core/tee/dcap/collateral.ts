import { fromHex } from '../../bytes/hex.ts';
import { parseJson, type JsonValue } from '../../bytes/json.ts';
import type { Content } from '../../kinds/content.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { parseCertificate } from '../../x509/parse.ts';
import { parseCrl, type Crl } from '../../x509/crl.ts';
import { sgxExtension } from './pckExtension.ts';
import { readPemChain } from './pemChain.ts';
import { parseQeIdentity, type QeIdentity } from './qeIdentity.ts';
import { parseTcbInfo, type TcbInfo } from './tcbInfo.ts';

/** A JSON document that Intel signed: the very characters that are signed, what they say, and whose signature it is. */
export interface SignedDocument<T> {
  readonly text: string;
  readonly value: T;
  /** r ‖ s. */
  readonly signature: Uint8Array;
  /** The signing chain that came with it (leaf first); any that was given otherwise may be its own too. */
  readonly chain: readonly Uint8Array[] | undefined;
  /** The file that it came from. */
  readonly file: string;
}

/** All that was given beside a quote and could serve it. Nothing in it is believed until its signatures have been verified. */
export interface Collateral {
  readonly tcbInfos: readonly SignedDocument<TcbInfo>[];
  readonly qeIdentities: readonly SignedDocument<QeIdentity>[];
  /** Chains that were given as files of their own, leaf first. */
  readonly chains: readonly (readonly Uint8Array[])[];
  /** A PCK certificate with its chain, for quotes that carry none. */
  readonly pckChain: readonly Uint8Array[] | undefined;
  readonly crls: readonly Crl[];
  /** Why a file, or a part of one, that seemed to be collateral could not be read: whole sentences. */
  readonly faults: readonly string[];
}

/** Collateral is some tens of KiB; revocation lists are bounded by their own reader. */
const maximumTextLength = 1024 * 1024;

const documents = [
  { member: 'tcbInfo', parts: ['tcb_info', 'tcb_info_signature', 'tcb_info_issuer_chain'] },
  { member: 'enclaveIdentity', parts: ['qe_identity', 'qe_identity_signature', 'qe_identity_issuer_chain'] },
] as const;

type Member = (typeof documents)[number]['member'];

/** Looks through companions for collateral: bundles as dcap-qvl writes them, Intel's answers as they come, signing chains in PEM, revocation lists. */
export function gatherCollateral(companions: readonly Content[]): Collateral {
  const found = new Gatherer();
  for (const companion of companions) found.take(companion);
  return found;
}

class Gatherer implements Collateral {
  readonly tcbInfos: SignedDocument<TcbInfo>[] = [];
  readonly qeIdentities: SignedDocument<QeIdentity>[] = [];
  readonly chains: (readonly Uint8Array[])[] = [];
  readonly crls: Crl[] = [];
  readonly faults: string[] = [];
  pckChain: readonly Uint8Array[] | undefined;

  take({ name, bytes, text }: Content): void {
    if (text !== undefined && text.length <= maximumTextLength) {
      if (/^\s*\{/.test(text)) return this.#takeJson(name, text);
      const pem = unescapePem(text);
      if (pem.includes('-----BEGIN CERTIFICATE-----')) return this.#takeChain(name, pem);
    }
    // A list in DER, or with a text wrapping taken off; certificates open the same way and are told apart by their form.
    if (bytes[0] === 0x30) {
      const crl = orUndefined(() => parseCrl(bytes));
      if (crl) this.crls.push(crl);
    }
  }

  #takeJson(name: string, text: string): void {
    for (const { member } of documents) {
      // The very characters between the member's colon and the signature are what Intel signed, so they are taken as they stand.
      const form = new RegExp(
        `^\\s*\\{\\s*"${member}"\\s*:\\s*(\\{[^]*\\})\\s*,\\s*"signature"\\s*:\\s*"([0-9a-fA-F]{128})"\\s*\\}\\s*$`,
      );
      const match = form.exec(text);
      if (match) return this.#takeDocument(name, member, match[1] ?? '', fromHex(match[2] ?? ''), undefined);
      if (new RegExp(`^\\s*\\{\\s*"${member}"`).test(text)) {
        this.faults.push(`The file ${name} is not {"${member}":{…},"signature":"…"}, as Intel sends it.`);
        return;
      }
    }
    if (/"(tcb_info|qe_identity|pck_crl|root_ca_crl|pck_certificate_chain)"\s*:/.test(text))
      this.#takeBundle(name, text);
  }

  #takeBundle(name: string, text: string): void {
    const bundle = orFault(() => parseJson(text, { maximumDepth: 4 }));
    if (bundle.fault !== undefined) {
      this.faults.push(`The file ${name} could not be read. ${bundle.fault}`);
      return;
    }
    const member = (part: string): string | undefined => textOf(bundle.value, part);
    for (const { member: kind, parts } of documents) {
      const [document, signature, chain] = parts.map(member);
      if (document === undefined) continue;
      const read = orFault(() => ({ signature: fromHex(signature ?? ''), chain: ders(chain ?? '') }));
      if (read.fault === undefined) this.#takeDocument(name, kind, document, read.value.signature, read.value.chain);
      else this.faults.push(`Beside ${parts[0]} in ${name}: ${read.fault}`);
    }
    for (const part of ['pck_crl', 'root_ca_crl']) {
      const list = member(part);
      if (list === undefined) continue;
      const crl = orFault(() => parseCrl(fromHex(list)));
      if (crl.fault === undefined) this.crls.push(crl.value);
      else this.faults.push(`${part} in ${name}: ${crl.fault}`);
    }
    const pck = member('pck_certificate_chain');
    if (pck !== undefined) this.#takeChain(name, pck);
  }

  #takeDocument(
    file: string,
    member: Member,
    text: string,
    signature: Uint8Array,
    chain: readonly Uint8Array[] | undefined,
  ): void {
    const fault =
      member === 'tcbInfo'
        ? push(this.tcbInfos, () => ({ text, value: parseTcbInfo(text), signature, chain, file }))
        : push(this.qeIdentities, () => ({ text, value: parseQeIdentity(text), signature, chain, file }));
    if (fault !== undefined) this.faults.push(`${member} in ${file}: ${fault}`);
  }

  /** A chain serves by what its first certificate is: a PCK certificate has Intel's extension. */
  #takeChain(name: string, pem: string): void {
    const chain = orFault(() => {
      const found = ders(pem);
      return { found, leaf: parseCertificate(found[0] as Uint8Array) };
    });
    if (chain.fault !== undefined) {
      this.faults.push(`The certificates in ${name} could not be read. ${chain.fault}`);
    } else if (chain.value.leaf.extensions.some(({ oid }) => oid === sgxExtension)) {
      this.pckChain ??= chain.value.found;
    } else {
      this.chains.push(chain.value.found);
    }
  }
}

/** Intel sends signing chains in a header, with percent signs for what headers cannot carry (PCS API v4, `TCB-Info-Issuer-Chain`). */
function unescapePem(text: string): string {
  const line = /-----BEGIN%20CERTIFICATE-----[\w%+/=.-]*/.exec(text)?.[0];
  if (line === undefined) return text;
  return line.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

function ders(pem: string): readonly Uint8Array[] {
  return readPemChain(pem).map(({ der }) => der);
}

function textOf(value: JsonValue, member: string): string | undefined {
  const found = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[member] : undefined;
  return typeof found === 'string' ? found : undefined;
}

function push<T>(list: T[], read: () => T): string | undefined {
  const result = orFault(read);
  if (result.fault === undefined) list.push(result.value);
  return result.fault;
}

type Read<T> = { readonly value: T; readonly fault?: undefined } | { readonly fault: string };

function orFault<T>(read: () => T): Read<T> {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof FormatError) return { fault: error.message };
    throw error;
  }
}

function orUndefined<T>(read: () => T): T | undefined {
  const result = orFault(read);
  return result.fault === undefined ? result.value : undefined;
}
