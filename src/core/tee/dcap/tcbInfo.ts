import { parseJson } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { JsonForm } from './jsonForm.ts';

/** Intel's words for a level of the trusted computing base, from best to worst (Intel PCS API v4, "TCB Status"). */
export const tcbWords = [
  'UpToDate',
  'SWHardeningNeeded',
  'ConfigurationNeeded',
  'ConfigurationAndSWHardeningNeeded',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
  'Revoked',
] as const;

export type TcbWord = (typeof tcbWords)[number];

/** A level: what must be met at least, and what Intel says of those who meet it. `word` is Intel's own, also one that is not known here. */
export interface Level {
  readonly word: string;
  readonly date: string;
  readonly advisories: readonly string[];
}

export interface PlatformLevel extends Level {
  readonly sgx: readonly number[];
  /** Empty in levels for SGX. */
  readonly tdx: readonly number[];
  readonly pceSvn: number;
}

/** A level of an enclave or of the TDX module, which have one security version. */
export interface VersionLevel extends Level {
  readonly isvSvn: number;
}

/** Who may have signed the TDX module, and with which attributes; hex. */
export interface ModuleIdentity {
  readonly mrSigner: string;
  readonly attributes: string;
  readonly attributesMask: string;
}

/** TCB info of version 3 (Intel PCS API v4): the levels of one family of processors. */
export interface TcbInfo {
  readonly id: string;
  readonly version: number;
  readonly issued: number;
  readonly nextUpdate: number;
  readonly fmspc: string;
  readonly pceId: string;
  readonly evaluation: number;
  readonly module: ModuleIdentity | undefined;
  /** By the version of the module (TEETCBSVN[1]), as `TDX_01`. */
  readonly modules: readonly (ModuleIdentity & { readonly id: string; readonly levels: readonly VersionLevel[] })[];
  /** In Intel's order, highest first. */
  readonly levels: readonly PlatformLevel[];
}

/** @throws FormatError where the text is no TCB info of version 3. */
export function parseTcbInfo(text: string): TcbInfo {
  const form = new JsonForm(parseJson(text, { maximumLength: 1024 * 1024, maximumDepth: 16 }), 'tcbInfo');
  const id = form.text('id', /^(SGX|TDX)$/, 'SGX or TDX');
  const version = form.integer('version', 1000);
  if (version !== 3) throw new FormatError(`tcbInfo.version must be 3, here it is ${version}.`, 0);
  return {
    id,
    version,
    issued: form.time('issueDate'),
    nextUpdate: form.time('nextUpdate'),
    fmspc: form.hex('fmspc', 6),
    pceId: form.hex('pceId', 2),
    evaluation: form.integer('tcbEvaluationDataNumber', 1_000_000),
    module: form.has('tdxModule') ? moduleOf(form.object('tdxModule')) : undefined,
    modules: form.objects('tdxModuleIdentities', 64, true).map((entry) => ({
      ...moduleOf(entry),
      id: entry.text('id').toUpperCase(),
      levels: versionLevels(entry),
    })),
    levels: form.objects('tcbLevels', 512).map((entry) => {
      const tcb = entry.object('tcb');
      return {
        ...levelOf(entry),
        sgx: components(tcb, 'sgxtcbcomponents'),
        tdx: id === 'TDX' ? components(tcb, 'tdxtcbcomponents') : [],
        pceSvn: tcb.integer('pcesvn', 65_535),
      };
    }),
  };
}

function components(tcb: JsonForm, name: string): number[] {
  const found = tcb.objects(name, 16).map((component) => component.integer('svn', 255));
  if (found.length !== 16) throw new FormatError(`${name} must have 16 entries.`, 0);
  return found;
}

function moduleOf(form: JsonForm): ModuleIdentity {
  return {
    mrSigner: form.hex('mrsigner', 48),
    attributes: form.hex('attributes', 8),
    attributesMask: form.hex('attributesMask', 8),
  };
}

/** Levels by security version, of the TDX module and of the quoting enclave alike. */
export function versionLevels(form: JsonForm): VersionLevel[] {
  return form
    .objects('tcbLevels', 64)
    .map((entry) => ({ ...levelOf(entry), isvSvn: entry.object('tcb').integer('isvsvn', 65_535) }));
}

function levelOf(entry: JsonForm): Level {
  return {
    word: entry.text('tcbStatus', /^[A-Za-z]{1,64}$/, 'a word'),
    date: entry.text('tcbDate'),
    advisories: entry.texts('advisoryIDs', 256),
  };
}
