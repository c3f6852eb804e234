import { toBase64Url } from '../../bytes/base64.ts';
import { toHex0x } from '../../evm/hex.ts';
import type { Context } from '../../kinds/kind.ts';
import type { Explained } from '../../tee/explained.ts';
import type { Trust } from '../../trust/trust.ts';
import { all, type Check } from '../../verdict/check.ts';
import type { Status } from '../../verdict/status.ts';
import type { TraceMetadata } from '../metadata.ts';
import type { AnchorReading } from './anchorReading.ts';
import { checkVmDocument } from './checkVmDocument.ts';
import { judgeAnchor, type AnchorJudged } from './judgeAnchor.ts';
import { encodeVmKey, vmKeyDigest } from './vmKey.ts';

/** What a ledger says of a trace, with the environment of the machine that signed it. */
export interface AnchoredJudged {
  readonly check: Check;
  /** Of the attestation document. */
  readonly labels: readonly string[];
  readonly judged: AnchorJudged;
  /** The registered key that signed, as base64url SPKI, and whether the machine is one that is trusted with it. */
  readonly machine: { readonly key: string; readonly status: Status } | undefined;
  /** The pins that the document rests on. */
  readonly used: Trust;
}

/** `judgeAnchor`, and the attestation document: where the registration of the key names one, it is asked for. */
export async function judgeAnchored(
  metadata: TraceMetadata,
  reading: AnchorReading,
  context: Context,
): Promise<AnchoredJudged> {
  const judged = judgeAnchor(metadata, reading, context.trust);
  const { check, anchored } = judged;
  const used = anchored?.machineKey;
  if (!used) return { check, labels: [], judged, machine: undefined, used: {} };
  const status = check.children?.find(({ code }) => code === 'TRACE_MACHINE')?.status ?? 'unknown';
  const machine = { key: toBase64Url(encodeVmKey(used.key)), status };
  const statement = { vm: used.vm, key: toHex0x(vmKeyDigest(used.key)) };
  const document = await checkVmDocument({ statement, digest: used.document }, context);
  if (!document) return { check, labels: [], judged, machine, used: {} };
  const { params = {}, children = [] } = check;
  const explained = (document.document?.details as { readonly explained?: Explained } | undefined)?.explained;
  return {
    check: all('TRACE_ANCHOR', [...children, document.check], { params }),
    labels: document.labels,
    judged,
    machine,
    used: explained?.used ?? {},
  };
}
