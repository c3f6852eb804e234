import { utf8 } from '../../core/bytes/bytes.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { parseCertificate, sealCertificate } from '../../core/certificate/envelope.ts';
import { parseChainCertificate } from '../../core/chain/certificate/chainCertificate.ts';
import { unpackTranscript, type TranscriptEntry } from '../../core/chain/transcript/transcript.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { ChainPin, Trust } from '../../core/trust/trust.ts';
import type { Verdict } from '../../core/verdict/status.ts';

/** One entry of `public/samples.json`, which the page offers on the first visit. */
export interface Sample {
  readonly file: string;
  /** What it is, in words for people. */
  readonly title: string;
  /** The trust file to judge it under, where it needs one. */
  readonly trust?: string;
  readonly expect: Verdict;
}

export interface SampleFile extends Sample {
  readonly bytes: Uint8Array;
}

/** A chain with a certificate of one of its records, both made by the services. */
export interface CertifiedChain {
  readonly pin: ChainPin;
  readonly certificate: string;
}

const trustName = 'trust.json';
const otherName = 'other-image.trust.json';

/** The files to try: evidence of `pinned`, whose anchors are in the trust file, and a certificate of `foreign`, which nobody has pinned. */
export function sampleFiles(pinned: CertifiedChain, foreign: CertifiedChain): readonly SampleFile[] {
  const [entry] = entriesOf(pinned.certificate);
  if (!entry) throw new Error('A certificate of a chain has at least two blocks.');
  return [
    {
      file: 'chain.affidavit.json',
      title: 'A certificate: this record was written between two times',
      trust: trustName,
      expect: 'verified',
      bytes: utf8(pinned.certificate),
    },
    {
      file: 'tampered.affidavit.json',
      title: 'The same certificate with an earlier time written into it',
      trust: trustName,
      expect: 'rejected',
      bytes: utf8(backdated(pinned.certificate)),
    },
    {
      file: 'unpinned.affidavit.json',
      title: 'A certificate of a chain that nobody has pinned yet',
      trust: trustName,
      expect: 'undetermined',
      bytes: utf8(foreign.certificate),
    },
    {
      file: 'attestation.nitro.bin',
      title: 'What the sequencer’s enclave (simulated) said about one block',
      trust: trustName,
      expect: 'verified',
      bytes: entry.document,
    },
    {
      file: 'other-image.nitro.bin',
      title: 'The same, where another enclave image was expected: registers side by side',
      trust: otherName,
      expect: 'rejected',
      bytes: entry.document,
    },
    {
      file: 'timestamp.jwt',
      title: 'What the timestamp service said about the same block',
      trust: trustName,
      expect: 'verified',
      bytes: utf8(entry.timestamp),
    },
    {
      file: trustName,
      title: 'The trust file: what all of these are judged by',
      expect: 'verified',
      bytes: utf8(serializeTrust(trustIn(pinned.pin))),
    },
    {
      file: otherName,
      title: 'A trust file that pins another enclave image',
      expect: 'verified',
      bytes: utf8(serializeTrust(otherImage(trustIn(pinned.pin)))),
    },
  ];
}

/** What `samples.json` holds. */
export function sampleIndex(files: readonly SampleFile[]): string {
  const samples = files.map(({ file, title, trust, expect }): Sample => ({
    file,
    title,
    ...(trust ? { trust } : {}),
    expect,
  }));
  return `${JSON.stringify(samples, null, 2)}\n`;
}

function entriesOf(certificate: string): TranscriptEntry[] {
  return [...unpackTranscript(parseChainCertificate(parseCertificate(certificate)).proof)];
}

/**
 * The pins of the chain, and the same anchors once more for its evidence on its own: a chain's roots and keys never serve bare documents.
 * Buckets are left out, because the addresses that they had are gone.
 */
function trustIn({ buckets: _buckets, ...pin }: ChainPin): Trust {
  const { nitroRoots, measurements, timestamp } = pin;
  return {
    nitro: { ...(nitroRoots ? { roots: nitroRoots } : {}), ...(measurements ? { measurements } : {}) },
    ...(timestamp?.jwks ? { jwks: timestamp.jwks } : {}),
    ...(timestamp?.issuer ? { issuers: [timestamp.issuer] } : {}),
    chains: [{ ...pin, name: 'sample' }],
  };
}

/** The root as it is, but the image of somebody else: two digits of PCR 0 and all of PCR 2 are others. */
function otherImage({ nitro }: Trust): Trust {
  const measurements = (nitro?.measurements ?? []).map(({ pcrs }) => {
    const { 0: zero = '', 2: two = '' } = pcrs;
    const turned = (hex: string): string =>
      [...hex].map((digit) => (15 - Number.parseInt(digit, 16)).toString(16)).join('');
    return {
      pcrs: { ...pcrs, '0': zero.slice(0, 40) + turned(zero.slice(40, 42)) + zero.slice(42), '2': turned(two) },
    };
  });
  return { nitro: { ...nitro, measurements } };
}

/** A forgery that somebody took trouble over: the claim says an hour earlier, and the digest fits again. */
function backdated(text: string): string {
  const { digest: _digest, ...body } = parseCertificate(text);
  const { after, before } = parseChainCertificate(parseCertificate(text)).claim;
  const claim: JsonObject = { ...body.claim, after: after - 3600, before: before - 3600 };
  return sealCertificate({ ...body, claim });
}
