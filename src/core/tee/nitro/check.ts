import { sha3Hex } from '../../bytes/hash.ts';
import type { Content } from '../../kinds/content.ts';
import type { Checker, Context, Judgement } from '../../kinds/kind.ts';
import { unknown, type Check, type Evidence, type Plan } from '../../verdict/check.ts';
import { PathCache } from '../../x509/pathCache.ts';
import { checkPathRevocation, hasRevocationList } from '../revocation.ts';
import { pathCodes } from '../../x509/path.ts';
import { parsePem } from '../../x509/pem.ts';
import { awsNitroRoot } from './awsNitroRoot.ts';
import type { CborBytes } from '../../bytes/cborReader.ts';
import type { NitroDetails } from './details.ts';
import { explainNitro } from './explain.ts';
import type { NitroDocument, Range } from './document.ts';
import { nitroPathRules } from './pathRules.ts';
import { checkNitroMeasurement, isDebug, registersOf } from './policy.ts';
import { checkTime, examineNitroDocument, type NitroExamination } from './verify.ts';

/** Judges a bare document under the built-in root and `trust.nitro`; those of a chain have their own roots and pins. */
export const nitroChecker: Checker = {
  plan: (_content, { companions }): readonly Plan[] => [
    { code: 'TEE_FORM' },
    { code: 'TEE_PLATFORM' },
    { code: 'TEE_CHAIN', children: [{ code: 'TEE_ROOT' }, ...pathCodes.map((code) => ({ code }))] },
    { code: 'TEE_SIGNATURE' },
    { code: 'TEE_TIME' },
    { code: 'TEE_MEASUREMENT' },
    ...(hasRevocationList(companions) ? [{ code: 'TEE_REVOCATION' as const }] : []),
  ],
  check: checkNitro,
};

async function checkNitro(content: Content, context: Context): Promise<Judgement> {
  const { trust, givenTime, now, companions } = context;
  const roots = [awsNitroRoot(), ...(trust.nitro?.roots ?? []).map((pem) => parsePem(pem))];
  const examination = await examineNitroDocument(content.bytes, roots, new PathCache(nitroPathRules));
  const { form, platform, chain, signature, document } = examination;
  const at = givenTime ?? document?.timestamp ?? null;
  // A person may choose the present too, and must then be told that it was the present.
  const timeSource = givenTime === undefined ? 'signed' : givenTime === now ? 'now' : 'given';
  const revocation = await checkPathRevocation(examination.path ?? { certificates: [] }, companions, at ?? 0);
  const checks = [
    form,
    platform,
    document ? { ...chain, ...(revocation.notes.length > 0 && { notes: revocation.notes }) } : chain,
    signature,
    checkTime(examination, at ?? 0, timeSource),
    document ? checkNitroMeasurement(document, trust.nitro?.measurements) : unknown('TEE_MEASUREMENT'),
    ...(revocation.check ? [revocation.check] : []),
  ];
  return {
    checks: document ? withEvidence(checks, document) : checks,
    labels: labelsOf(examination),
    at,
    timeSource,
    ...(document && {
      details: { explained: await explainNitro(document, examination, checks, trust) } satisfies NitroDetails,
    }),
  };
}

/** AWS has one root for all enclaves, so a document under any other was not made by one of them. */
function labelsOf({ document, root }: NitroExamination): string[] {
  if (!document) return [];
  return [...(root === 0 ? [] : ['simulated']), ...(isDebug(registersOf(document)) ? ['debug'] : [])];
}

const rangeOf = ({ offset, bytes }: CborBytes): Range => ({ offset, length: bytes.length });

/** Names the very bytes that each check is about, so that they can be shown. */
function withEvidence(checks: readonly Check[], document: NitroDocument): Check[] {
  const digest = sha3Hex(document.bytes);
  const named = (name: string, range: Range | undefined): Evidence[] => (range ? [{ digest, ...range, name }] : []);
  const { ranges, cose, cabundleRanges, certificateRange } = document;
  const certificates = [...cabundleRanges, certificateRange];
  const evidence: Readonly<Record<string, readonly Evidence[]>> = {
    TEE_FORM: [{ digest, offset: 0, length: document.bytes.length, name: 'document' }],
    TEE_PLATFORM: named('payload', rangeOf(cose.payload)),
    TEE_ROOT: named('certificate 1', certificates[0]),
    TEE_CHAIN: certificates.flatMap((range, index) => named(`certificate ${index + 1}`, range)),
    TEE_SIGNATURE: [
      ...named('protected header', rangeOf(cose.protectedHeader)),
      ...named('payload', rangeOf(cose.payload)),
      ...named('signature', rangeOf(cose.signature)),
    ],
    TEE_TIME: named('timestamp', ranges.timestamp),
    TEE_MEASUREMENT: named('pcrs', ranges.pcrs ?? ranges.nitrotpm_pcrs),
  };
  const attach = (check: Check): Check => {
    const number = check.params?.['number'];
    const own =
      typeof number === 'number' ? named(`certificate ${number}`, certificates[number - 1]) : evidence[check.code];
    return {
      ...check,
      ...(own && own.length > 0 && { evidence: own }),
      ...(check.children && { children: check.children.map(attach) }),
    };
  };
  return checks.map(attach);
}
