import type { Content } from '../../kinds/content.ts';
import type { Checker, Context, Judgement } from '../../kinds/kind.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check, type Note, type Plan } from '../../verdict/check.ts';
import { registersOf } from '../nitro/policy.ts';
import { isSignedBy, parseCall, type SignedCall } from './call.ts';
import { checkClaims } from './claims.ts';
import { compareFiles, isFile } from './companions.ts';
import { describeBlocky } from './describe.ts';
import { examineDocuments, examinePlain, type DocumentsExamination } from './documents.ts';
import { readKey, type AttestedKey } from './key.ts';
import type { BlockyOutput } from './output.ts';
import { parseBlockyOutput } from './parse.ts';

const specs = {
  form: 'Blocky Attestation Service, output of attest-fn-call',
  call: 'Blocky Attestation Service, TAParserLib.sol',
  abi: 'Solidity Contract ABI Specification',
} as const;

/** Judges an output of the Blocky Attestation Service. */
export const blockyChecker: Checker = {
  plan: (_content, { companions }): readonly Plan[] => [
    { code: 'TEE_FORM' },
    { code: 'TEE_PLATFORM' },
    { code: 'BLOCKY_DOCUMENTS' },
    { code: 'BLOCKY_KEY' },
    { code: 'TEE_MEASUREMENT' },
    { code: 'BLOCKY_CALL', children: [{ code: 'BLOCKY_CALL_FORM' }, { code: 'BLOCKY_CALL_SIGNATURE' }] },
    { code: 'BLOCKY_CLAIMS' },
    ...companions.filter(isFile).map(() => ({ code: 'BLOCKY_INPUT' as const })),
  ],
  check: checkBlocky,
};

async function checkBlocky({ text }: Content, context: Context): Promise<Judgement> {
  const { givenTime, now, companions, trust } = context;
  let output: BlockyOutput;
  try {
    output = parseBlockyOutput(text ?? '');
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return {
      checks: unreadable(error),
      labels: [],
      at: null,
      timeSource: givenTime === undefined ? 'signed' : 'given',
    };
  }
  const platform = checkPlatform(output);
  const examination = await examine(output, context);
  const { key, check: keyCheck } = readKey(examination.attested);
  const calls = output.calls.map((_call, index) => examineCall(output, index, key));
  const read = calls.flatMap(({ call }) => call ?? []);
  const [first] = examination.documents;
  const registers = first && registersOf(first);
  const files = read.length > 0 ? compareFiles(companions, read) : { checks: [], notes: [] };
  const checks = [
    pass('TEE_FORM', { spec: specs.form, notes: formNotes(output) }),
    platform,
    examination.check,
    keyCheck,
    ...(examination.measurement ? [examination.measurement] : []),
    ...calls.map(({ check }, index) =>
      index === 0 ? { ...check, notes: [...callNotes(output), ...files.notes] } : check,
    ),
    checkClaims(output, { key, registers, calls: calls.map(({ call }) => call) }),
    ...files.checks,
  ];
  const last = examination.judgements.at(-1);
  const labels = examination.judgements.flatMap((judgement) => judgement.labels);
  return {
    checks,
    labels: output.platform === 'nitro' ? labels : ['not a TEE', ...labels],
    at: last ? last.at : (givenTime ?? now),
    timeSource: last ? last.timeSource : givenTime === undefined ? 'now' : 'given',
    details: describeBlocky({ output, examination, key, calls: calls.map(({ call }) => call), trust }),
  };
}

/** Only Nitro is a platform that attests anything here. `plain` is the service on a developer's own machine; any other is not known. */
function checkPlatform({ platform }: BlockyOutput): Check {
  const params = { platform: platform.slice(0, 64) };
  if (platform === 'nitro') return pass('TEE_PLATFORM', { spec: specs.form, params });
  if (platform === 'plain') {
    const reason = 'Its platform is “plain”: an ordinary program on somebody’s machine, with no enclave at all.';
    return fail('TEE_PLATFORM', { spec: specs.form, params: { ...params, reason } });
  }
  const reason = `Its platform is ${JSON.stringify(params.platform)}, which is not known here.`;
  return unknown('TEE_PLATFORM', { spec: specs.form, params: { ...params, reason } });
}

async function examine(output: BlockyOutput, context: Context): Promise<DocumentsExamination> {
  const none = { judgements: [], documents: [], measurement: undefined };
  if (output.platform === 'nitro') return examineDocuments(output, context);
  if (output.platform === 'plain') return { ...none, ...examinePlain(output) };
  const params = { reason: 'What this platform attests cannot be read here.' };
  return { ...none, attested: undefined, check: unknown('BLOCKY_DOCUMENTS', { params }) };
}

interface CallExamination {
  readonly call: SignedCall | undefined;
  readonly check: Check;
}

function examineCall(output: BlockyOutput, index: number, key: AttestedKey | undefined): CallExamination {
  const params = { number: index + 1, count: output.calls.length };
  const attestation = output.calls[index]?.attestation ?? new Uint8Array();
  let call: SignedCall;
  try {
    call = parseCall(attestation, output.form);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const reason = { reason: 'The call could not be read.' };
    const children = [
      fail('BLOCKY_CALL_FORM', { spec: specs.abi, params: { reason: error.message, offset: error.offset } }),
      unknown('BLOCKY_CALL_SIGNATURE', { spec: specs.call, params: reason }),
    ];
    return { call: undefined, check: all('BLOCKY_CALL', children, { spec: specs.call, params }) };
  }
  const children = [pass('BLOCKY_CALL_FORM', { spec: specs.abi }), checkSignature(call, key)];
  return {
    call,
    check: all('BLOCKY_CALL', children, { spec: specs.call, params: { ...params, function: call.function } }),
  };
}

function checkSignature(call: SignedCall, key: AttestedKey | undefined): Check {
  const spec = specs.call;
  if (!key) return unknown('BLOCKY_CALL_SIGNATURE', { spec, params: { reason: 'There is no attested key.' } });
  return isSignedBy(call, key.bytes)
    ? pass('BLOCKY_CALL_SIGNATURE', { spec })
    : fail('BLOCKY_CALL_SIGNATURE', { spec });
}

/** Where nothing is attested, there is no time at all to be careful with. */
function callNotes({ platform }: BlockyOutput): readonly Note[] {
  return platform === 'nitro' ? [{ code: 'BLOCKY_CALL_TIME' }] : [];
}

function formNotes({ form, unknownMembers }: BlockyOutput): readonly Note[] {
  const members = unknownMembers.slice(0, 8).join(', ');
  return [
    ...(form === 'old' ? [{ code: 'BLOCKY_OLD_FORM' } as const] : []),
    ...(members === '' ? [] : [{ code: 'BLOCKY_OTHER_MEMBERS', params: { members } } as const]),
  ];
}

function unreadable({ message, offset }: FormatError): Check[] {
  const params = { reason: 'The output could not be read.' };
  const fields = 'all of them';
  return [
    fail('TEE_FORM', { spec: specs.form, params: { reason: message, offset } }),
    unknown('TEE_PLATFORM', { params }),
    unknown('BLOCKY_DOCUMENTS', { params }),
    unknown('BLOCKY_KEY', { params }),
    unknown('BLOCKY_CALL', { params }),
    unknown('BLOCKY_CLAIMS', { params: { fields } }),
  ];
}
