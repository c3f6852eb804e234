import { fromHex, toHex } from '../../bytes/hex.ts';
import type { PckFacts } from './pckExtension.ts';
import type { QeIdentity } from './qeIdentity.ts';
import type { Part, Quote } from './quote.ts';
import { tcbWords, type Level, type ModuleIdentity, type TcbInfo, type VersionLevel } from './tcbInfo.ts';

/** What Intel says of the computing base: its word, or why none of its words applies. */
export type TcbResult =
  | {
      readonly word: string;
      /** The word without the TDX module, worst of platform and quoting enclave: what libraries that do not look at the module come to. */
      readonly plainWord: string;
      readonly parts: { readonly platform: string; readonly module: string | null; readonly qe: string };
      readonly advisories: readonly string[];
      /** Date of the level of the platform. */
      readonly date: string;
    }
  | { readonly reason: string };

/**
 * Our own evaluation of Intel's levels, in the order in which Intel lists them (Intel QVL 4.1.2.4.17, `TcbLevelCheck.cpp`, `TdxModuleCheck.cpp`): the first level
 * whose every demand the platform meets, then the TDX module, then the quoting enclave. Intel's words are taken as they are, also unknown ones.
 */
export function evaluateTcb(quote: Quote, pck: PckFacts, tcbInfo: TcbInfo, identity: QeIdentity): TcbResult {
  const platform = platformLevel(quote, pck, tcbInfo);
  if (!platform) return { reason: `The platform meets none of the ${tcbInfo.levels.length} levels that Intel lists.` };
  const module = quote.tee === 'TDX' ? moduleLevel(quote.body, tcbInfo) : undefined;
  if (module && 'reason' in module) return module;
  const qe = levelOf(identity.levels, quote.qeReport.number('ISVSVN'));
  if (!qe) return { reason: 'The quoting enclave meets none of the levels that Intel lists for it.' };
  return {
    word: converge(converge(platform.word, module?.level?.word), qe.word),
    plainWord: worse(platform.word, qe.word),
    parts: { platform: platform.word, module: module?.level?.word ?? null, qe: qe.word },
    advisories: [...new Set([platform, module?.level, qe].flatMap((level) => level?.advisories ?? []))].sort(),
    date: platform.date,
  };
}

/** Why the report is not of Intel's quoting enclave (Intel QVL 4.1.2.9), or undefined where it is. */
export function qeFault(report: Part, identity: QeIdentity): string | undefined {
  const differs = (field: string, expected: string, mask: string): boolean =>
    masked(report.get(field), mask) !== expected;
  if (toHex(report.get('MRSIGNER')) !== identity.mrSigner) {
    return `It is signed by ${toHex(report.get('MRSIGNER'))} (MRSIGNER), Intel names ${identity.mrSigner}.`;
  }
  if (report.number('ISVPRODID') !== identity.isvProdId) {
    return `Its product number is ${report.number('ISVPRODID')} (ISVPRODID), Intel names ${identity.isvProdId}.`;
  }
  if (differs('MISCSELECT', identity.miscSelect, identity.miscSelectMask))
    return 'Its MISCSELECT is not what Intel names.';
  return differs('ATTRIBUTES', identity.attributes, identity.attributesMask)
    ? 'Its ATTRIBUTES are not what Intel names.'
    : undefined;
}

function platformLevel({ tee, body }: Quote, pck: PckFacts, { levels }: TcbInfo) {
  const svn = tee === 'TDX' ? body.get('TEETCBSVN') : new Uint8Array();
  // From version 1 of the module on, the first two stand for the module, whose levels are listed apart.
  const from = (svn[1] ?? 0) > 0 ? 2 : 0;
  return levels.find(
    (level) =>
      pck.pceSvn >= level.pceSvn &&
      level.sgx.every((least, index) => (pck.components[index] ?? -1) >= least) &&
      level.tdx.every((least, index) => index < from || (svn[index] ?? -1) >= least),
  );
}

/** The module's level, none for modules of version 0, which the platform's level speaks for (Intel QVL 4.1.2.4.11). */
function moduleLevel(body: Part, tcbInfo: TcbInfo): { level?: VersionLevel } | { reason: string } {
  const [isvSvn = 0, version = 0] = body.get('TEETCBSVN');
  const name = `TDX_${version.toString(16).padStart(2, '0').toUpperCase()}`;
  const entry = version === 0 ? undefined : tcbInfo.modules.find(({ id }) => id === name);
  const expected: ModuleIdentity | undefined = version === 0 ? tcbInfo.module : entry;
  if (!expected) return { reason: `Intel lists no TDX module of version ${version} (${name}).` };
  if (toHex(body.get('MRSIGNERSEAM')) !== expected.mrSigner) {
    return { reason: 'The TDX module is not signed by whom Intel names (MRSIGNERSEAM).' };
  }
  if (masked(body.get('SEAMATTRIBUTES'), expected.attributesMask) !== expected.attributes) {
    return { reason: 'The TDX module has other attributes than Intel names (SEAMATTRIBUTES).' };
  }
  if (!entry) return {};
  const level = levelOf(entry.levels, isvSvn);
  return level ? { level } : { reason: `The TDX module meets none of the levels that Intel lists for ${name}.` };
}

function levelOf(levels: readonly VersionLevel[], isvSvn: number): VersionLevel | undefined {
  return levels.find((level) => isvSvn >= level.isvSvn);
}

/** How a part that is out of date or revoked changes the word (Intel QVL, `convergeTcbStatusWith…`); a word that Intel never gives a part is kept as the worst. */
function converge(word: string, part: Level['word'] | undefined): string {
  if (part === undefined || part === 'UpToDate') return word;
  if (part === 'OutOfDate') {
    if (word === 'UpToDate' || word === 'SWHardeningNeeded') return 'OutOfDate';
    return word.startsWith('Configuration') ? 'OutOfDateConfigurationNeeded' : word;
  }
  return worse(word, part);
}

function worse(one: string, other: string): string {
  return severity(other) > severity(one) ? other : one;
}

/** Unknown words are worse than all that are known. */
function severity(word: string): number {
  const index = (tcbWords as readonly string[]).indexOf(word);
  return index < 0 ? tcbWords.length : index;
}

function masked(bytes: Uint8Array, mask: string): string {
  const bits = fromHex(mask);
  return toHex(bytes.map((byte, index) => byte & (bits[index] ?? 0xff)));
}
