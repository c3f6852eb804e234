import { toHex } from '../../bytes/hex.ts';
import { fail, pass, unknown, type Check, type Note, type Params } from '../../verdict/check.ts';
import type { AmdRoot } from './amdRoots.ts';
import { differingParts, hidesChip, isOfChip } from './compare.ts';
import type { Endorsement } from './endorsement.ts';
import { readPlatformInfo } from './guestPolicy.ts';
import { productOfCpu, type AmdProduct } from './product.ts';
import type { SnpReport } from './report.ts';
import { readTcb, tcbText } from './tcb.ts';

/** What the checks of a key's certificate are made from. */
interface Compared {
  readonly report: SnpReport;
  readonly product: AmdProduct | undefined;
  /** Undefined where no certificate of a processor's key is there, or it cannot be read; `reason` says which. */
  readonly endorsement: Endorsement | undefined;
  readonly reason: string;
  /** What to give where it is missing or another's. */
  readonly wanted: string;
}

const specs = { report: 'AMD 56860 §7.3', certificate: 'AMD 57230, chapter 3' } as const;

/** Which processors the report, the certificate and the root are of: all three must say the same, and one that is known here. */
export function checkPlatform({ report, product, endorsement, wanted }: Compared, root: AmdRoot | undefined): Check {
  const spec = specs.report;
  const notes = platformNotes(report);
  const make = (params: Params) => ({ spec, params, ...(notes.length > 0 && { notes }) });
  const { cpu } = report;
  if (cpu && !productOfCpu(cpu.family, cpu.model)) {
    const reason = `Its processor (family ${cpu.family}, model ${cpu.model}) is of no product that is known here.`;
    return unknown('TEE_PLATFORM', make({ reason, wanted }));
  }
  const said: readonly [who: string, product: string | undefined][] = [
    ['the report', cpu && product],
    ['the certificate', endorsement && (endorsement.product ?? endorsement.productName)],
    ['the root', root?.product],
  ];
  const known = said.filter(
    (entry): entry is readonly [string, string] & [who: string, product: string] => entry[1] !== undefined,
  );
  if (known.some(([, name]) => name !== known[0]?.[1])) {
    const reason = known.map(([who, name]) => `${who} says ${name}`).join(', ');
    return fail('TEE_PLATFORM', make({ reason, wanted }));
  }
  if (product) return pass('TEE_PLATFORM', make({ product, version: report.version }));
  const reason = endorsement
    ? `The certificate is for a product that is not known here: ${endorsement.productName}.`
    : `A report of version ${report.version} does not name its processor; its certificate does.`;
  return unknown('TEE_PLATFORM', make({ reason, wanted }));
}

function platformNotes(report: SnpReport): Note[] {
  const { unknownBits } = readPlatformInfo(report);
  return unknownBits === 0n ? [] : [{ code: 'SNP_PLATFORM_BITS', params: { bits: `0x${unknownBits.toString(16)}` } }];
}

/** SIGNING_KEY and the kind of certificate: a chip's own key and one that an operator loads stand for different things. */
export function checkKey({ report, endorsement, reason, wanted }: Compared): Check {
  const spec = specs.report;
  const { signingKey } = report;
  if (!endorsement) return unknown('SNP_KEY', { spec, params: { key: signingKey, reason, wanted } });
  const params = { key: signingKey, found: endorsement.kind, wanted };
  return endorsement.kind === signingKey ? pass('SNP_KEY', { spec, params }) : fail('SNP_KEY', { spec, params });
}

/** CHIP_ID and the certificate's hwID. A VLEK is no chip's, so what it names instead is said. */
export function checkChip({ report, endorsement, reason, wanted }: Compared): Check {
  const spec = specs.certificate;
  if (!endorsement) return unknown('SNP_CHIP', { spec, params: { reason, wanted } });
  if (endorsement.kind === 'VLEK') {
    const notes: Note[] = [{ code: 'SNP_OPERATOR_KEY', params: { operator: endorsement.cspId ?? '' } }];
    return pass('SNP_CHIP', { spec, params: { named: `the operator ${endorsement.cspId ?? ''}` }, notes });
  }
  const hwId = endorsement.hwId ?? new Uint8Array();
  if (isOfChip(report, endorsement)) return pass('SNP_CHIP', { spec, params: { named: `the chip ${toHex(hwId)}` } });
  // The firmware writes zeros where the host asked for that. The signature still says which chip it was, so nothing is left open.
  if (hidesChip(report)) {
    return pass('SNP_CHIP', {
      spec,
      params: { named: `the chip ${toHex(hwId)}` },
      notes: [{ code: 'SNP_CHIP_MASKED' }],
    });
  }
  const params = { chip: toHex(report.chipId.subarray(0, hwId.length)), found: toHex(hwId), wanted };
  return fail('SNP_CHIP', { spec, params });
}

/** REPORTED_TCB and the versions in the certificate: the key is derived from both, so another firmware has another key. */
export function checkTcb({ report, endorsement, product, reason, wanted }: Compared): Check {
  const spec = specs.certificate;
  if (!endorsement) return unknown('SNP_TCB', { spec, params: { reason, wanted } });
  if (!endorsement.product) {
    const open = `How ${endorsement.productName} writes its versions is not known here.`;
    return unknown('SNP_TCB', { spec, params: { reason: open, wanted } });
  }
  const versions = tcbText(readTcb(report.reportedTcb, product ?? endorsement.product));
  const differing = differingParts(report.reportedTcb, endorsement);
  if (differing.length === 0) return pass('SNP_TCB', { spec, params: { versions } });
  return fail('SNP_TCB', { spec, params: { versions, differing: differing.join(', '), wanted } });
}
