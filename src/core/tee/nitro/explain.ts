import { sha3Hex } from '../../bytes/hash.ts';
import type { Trust } from '../../trust/trust.ts';
import { walk, type Check } from '../../verdict/check.ts';
import { describeCertificate, type CertificateDetails } from '../../x509/describeCertificate.ts';
import type { Explained } from '../explained.ts';
import { besidePins } from '../policy.ts';
import type { NitroDocument } from './document.ts';
import { nitroFields } from './fields.ts';
import { isDebug, measuredValues, nitroPins, registersOf } from './policy.ts';
import type { NitroExamination } from './verify.ts';

type NitroTrust = NonNullable<Trust['nitro']>;

/** What the page draws of a document: all of its bytes, its path, its registers beside the pinned ones, and what could be pinned. */
export async function explainNitro(
  document: NitroDocument,
  { path, root }: NitroExamination,
  checks: readonly Check[],
  trust: Trust,
): Promise<Explained> {
  const registers = registersOf(document);
  const certificates = await Promise.all(
    (path?.certificates ?? []).map((certificate, index) => describeCertificate(certificate, index + 1)),
  );
  const offered = offer(document, certificates[0], checks);
  return {
    fields: nitroFields(document, sha3Hex(document.bytes)),
    paths: [
      {
        name: document.platform === 'enclave' ? 'Key of the Nitro Security Module' : 'Key of the NitroTPM',
        certificates,
        root: root === undefined ? 'unknown' : root === 0 ? 'built-in' : 'pinned',
      },
    ],
    registers: besidePins(measuredValues(registers), nitroPins(trust.nitro?.measurements)),
    pinnedAt: 'nitro.measurements',
    ...(offered && { offered: { nitro: offered } }),
    used: usedPins(root, checks, trust),
  };
}

/** What of this document could be pinned so that what is open can be told; of a debug enclave nothing, since it proves nothing. */
function offer(
  document: NitroDocument,
  rootCertificate: CertificateDetails | undefined,
  checks: readonly Check[],
): NitroTrust | undefined {
  const registers = registersOf(document);
  const { 0: zero, 1: one, 2: two } = registers;
  if (isDebug(registers) || document.platform !== 'enclave') return undefined;
  const open = new Set([...walk(checks)].filter(({ status }) => status !== 'pass').map(({ code }) => code));
  const measurements = open.has('TEE_MEASUREMENT') && isPin(zero) && isPin(one) && isPin(two);
  const roots = open.has('TEE_ROOT') && rootCertificate !== undefined;
  if (!measurements && !roots) return undefined;
  return {
    ...(roots && { roots: [rootCertificate.pem] }),
    ...(measurements && { measurements: [{ pcrs: { '0': zero as string, '1': one as string, '2': two as string } }] }),
  };
}

/** Only registers of 48 bytes that are not zeros can stand in a trust file. */
function isPin(hex: string | undefined): boolean {
  return hex?.length === 96 && !/^0+$/.test(hex);
}

function usedPins(root: number | undefined, checks: readonly Check[], trust: Trust): Trust {
  const pem = root !== undefined && root > 0 ? trust.nitro?.roots?.[root - 1] : undefined;
  const match = checks.find(({ code, status }) => code === 'TEE_MEASUREMENT' && status === 'pass');
  const measurement = match && trust.nitro?.measurements?.[Number(match.params?.['pin']) - 1];
  if (!pem && !measurement) return {};
  return { nitro: { ...(pem && { roots: [pem] }), ...(measurement && { measurements: [measurement] }) } };
}
