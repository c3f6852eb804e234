import type { Content } from '../kinds/content.ts';
import { affidavitType } from '../kinds/content.ts';
import { looksLikeContext, looksLikeStatusList } from './companionForms.ts';
import { certificateFile } from './certificateText.ts';

export type CertificateKind = 'bloxberg' | 'blockcerts' | 'pox';

const searched = 131_072;

/**
 * Which kind of certificate a file is, by its words alone. A PDF that has files attached and cannot be read goes to bloxberg, whose certificates come in PDFs, if it
 * mentions it: so it is refused in words.
 */
export function certificateKind(content: Content): CertificateKind | undefined {
  if (affidavitType(content) !== undefined || looksLikeContext(content)) return undefined;
  const file = certificateFile(content);
  if (file === undefined) return undefined;
  if ('fault' in file) return mentionsBloxberg(content.bytes) ? 'bloxberg' : undefined;
  const { text } = file;
  const ends = text.length <= 2 * searched ? text : text.slice(0, searched) + text.slice(-searched);
  const isMerkle = /"(MerkleProof201[79]|merkle-proof-2019)"/.test(ends);
  const isBloxberg = /"(BloxbergCredential|https:\/\/bloxberg\.org|https:\/\/w3id\.org\/bloxberg\/)/.test(ends);
  if (isBloxberg && /"proof"\s*:/.test(ends)) {
    return /\\"orderId\\"/.test(ends) && /\\"(input|output)TransactionHash\\"/.test(ends) ? 'pox' : 'bloxberg';
  }
  if (isMerkle || (/"BlockcertsCredential"/.test(ends) && /"proof"\s*:/.test(ends))) return 'blockcerts';
  return undefined;
}

/** A credential whose hash is recorded nowhere. Status lists are credentials too, but say nothing by themselves. */
export function isVerifiableCredential(content: Content): boolean {
  if (affidavitType(content) !== undefined || looksLikeContext(content) || looksLikeStatusList(content)) return false;
  const file = certificateFile(content);
  if (file === undefined || 'fault' in file) return false;
  const { text } = file;
  const ends = text.length <= 2 * searched ? text : text.slice(0, searched) + text.slice(-searched);
  return (
    /"type"\s*:\s*(\[[^\]]{0,2048})?"VerifiableCredential"/.test(ends) &&
    /"https:\/\/www\.w3\.org\/(ns\/credentials\/v2|2018\/credentials\/v1)"/.test(ends)
  );
}

function mentionsBloxberg(bytes: Uint8Array): boolean {
  const head = Array.from(bytes.subarray(0, 65_536), (byte) => String.fromCharCode(byte)).join('');
  return /bloxberg/i.test(head);
}
