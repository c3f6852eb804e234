import { giveRoom, takeRoom } from '../../bytes/room.ts';
import type { Check, Code } from '../../verdict/check.ts';
import { sentence } from '../../verdict/messages.ts';
import { sigStructure } from '../../cose/sigStructure.ts';
import { es384 } from '../../cose/verify.ts';
import { verifyEcdsa } from '../../x509/ecdsa.ts';
import type { Path } from '../../x509/path.ts';
import { PathCache } from '../../x509/pathCache.ts';
import { isWithin } from '../../x509/validity.ts';
import type { NitroDocument } from './document.ts';
import { DocumentPattern } from './documentPattern.ts';
import { parseNitroDocument } from './parse.ts';
import { checkTime, examineNitroDocument, type NitroExamination } from './verify.ts';
import { nitroMessages } from './messages.en.ts';
import { nitroPathRules } from './pathRules.ts';

/** Everything but the measurement, at the document's own signed time. */
export type NitroVerification =
  | {
      readonly ok: true;
      readonly document: NitroDocument;
      /** Index, in the roots given, of the one that the document goes back to. */
      readonly root: number;
      readonly signatures: number;
    }
  | {
      readonly ok: false;
      /** The first that does not pass of TEE_FORM, TEE_PLATFORM, TEE_CHAIN, TEE_SIGNATURE, TEE_TIME. */
      readonly code: Code;
      /** A sentence for people, with the certificate, field or offset at fault. */
      readonly reason: string;
      readonly signatures: number;
    };

export interface NitroVerifier {
  /** All checks apart, for showing them. Never throws on bad evidence. */
  readonly examine: (bytes: Uint8Array) => Promise<NitroExamination>;
  /** One answer, for many documents. Never throws on bad evidence. */
  readonly verify: (bytes: Uint8Array) => Promise<NitroVerification>;
}

/** The last document that passed, whose like need not be examined from the beginning. */
interface Known {
  readonly pattern: DocumentPattern;
  readonly path: Path;
  readonly root: number;
}

/**
 * A verifier under these roots (DER, compared byte for byte). Paths are examined and leaf keys imported once for each distinct bundle, and what is
 * like the last good document is only asked for its signature and its time, so keep one verifier for many documents.
 */
export function createNitroVerifier(roots: readonly Uint8Array[]): NitroVerifier {
  const paths = new PathCache(nitroPathRules);
  const examine = (bytes: Uint8Array) => examineNitroDocument(bytes, roots, paths);
  let known: Known | undefined;
  return {
    examine,
    verify: async (bytes) => {
      const alike = known && (await verifyAlike(known, bytes));
      if (alike) return alike;
      const examination = await examine(bytes);
      const { document, path, root, form, platform, chain, signature, signatures } = examination;
      const refuse = (fault: Check): NitroVerification => ({
        ok: false,
        code: fault.code,
        reason: reasonOf(fault),
        signatures,
      });
      const fault = [form, platform, chain, signature].find(({ status }) => status !== 'pass');
      if (fault) return refuse(fault);
      if (!document || !path || root === undefined) throw new Error('a document passed its checks and was not read');
      // All windows hold where their intersection does, so the check of each is only made to say which does not.
      if (isWithin(document.timestamp, path.notBefore, path.notAfter)) {
        known = knownBy(bytes, path, root);
        return { ok: true, document, root, signatures };
      }
      return refuse(checkTime(examination, document.timestamp, 'signed'));
    },
  };
}

/** Read once more from a copy: the caller's bytes may change, and may be part of something far larger. */
function knownBy(bytes: Uint8Array, path: Path, root: number): Known | undefined {
  const pattern = DocumentPattern.of(parseNitroDocument(bytes.slice()));
  return pattern && { pattern, path, root };
}

const noBytes = new Uint8Array(0);

/** The answer for a document that is like one that passed; undefined where it is not, or does not pass: then it is examined, to say what is wrong. */
async function verifyAlike({ pattern, path, root }: Known, bytes: Uint8Array): Promise<NitroVerification | undefined> {
  const document = pattern.read(bytes);
  if (!document || !path.leafKey || !isWithin(document.timestamp, path.notBefore, path.notAfter)) return undefined;
  const room = takeRoom();
  try {
    const signed = sigStructure(document.cose, noBytes, room);
    // Algorithm and length are the pattern's, and a half of zero is no signature to WebCrypto either.
    const ok = await verifyEcdsa(path.leafKey, es384.digest, document.cose.signature.bytes, signed);
    return ok ? { ok, document, root, signatures: 1 } : undefined;
  } finally {
    giveRoom(room);
  }
}

/** The words of the innermost check that decides. */
function reasonOf(check: Check): string {
  const inner =
    check.children?.find(({ status }) => status === 'fail') ??
    check.children?.find(({ status }) => status === 'unknown');
  return inner ? reasonOf(inner) : sentence(check, nitroMessages);
}
