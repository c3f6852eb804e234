import type { Check, Code } from '../../verdict/check.ts';
import { sentence } from '../../verdict/messages.ts';
import { PathCache } from '../../x509/pathCache.ts';
import { isWithin } from '../../x509/validity.ts';
import type { NitroDocument } from './document.ts';
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

/**
 * A verifier under these roots (DER, compared byte for byte). Paths are examined and leaf keys imported once for each distinct bundle,
 * so keep one verifier for many documents.
 */
export function createNitroVerifier(roots: readonly Uint8Array[]): NitroVerifier {
  const paths = new PathCache(nitroPathRules);
  const examine = (bytes: Uint8Array) => examineNitroDocument(bytes, roots, paths);
  return {
    examine,
    verify: async (bytes) => {
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
      if (isWithin(document.timestamp, path.notBefore, path.notAfter)) return { ok: true, document, root, signatures };
      return refuse(checkTime(examination, document.timestamp, 'signed'));
    },
  };
}

/** The words of the innermost check that decides. */
function reasonOf(check: Check): string {
  const inner =
    check.children?.find(({ status }) => status === 'fail') ??
    check.children?.find(({ status }) => status === 'unknown');
  return inner ? reasonOf(inner) : sentence(check, nitroMessages);
}
