import { fromHex, isHex } from '../core/bytes/hex.ts';
import { describeEvidence } from '../core/network/judgeEvidence.ts';
import { judgeMembership } from '../core/network/membership/judgeMembership.ts';
import { commitForMembership } from '../core/network/membership/memberCommitment.ts';
import { encodeMembership } from '../core/network/membership/membershipFile.ts';
import type { Hex } from '../core/evm/hex.ts';
import { parseTrust } from '../core/trust/parseTrust.ts';
import { FormatError } from '../core/verdict/auditorError.ts';
import { endSnarkjs } from '../services/prover/loadSnarkjs.ts';
import { proveMembership } from '../services/prover/proveMembership.ts';
import { readArgs, wrongCall, type Options } from './args.ts';
import { readGivenFile, writeResult } from './files.ts';
import type { ExitCode, Io } from './io.ts';

const optionKinds = {
  'salt-key': 'value',
  criteria: 'value',
  register: 'value',
  chain: 'value',
  contract: 'value',
  request: 'value',
  vm: 'value',
  nonce: 'value',
  out: 'value',
  help: 'flag',
} as const;

export const membershipUsage = `Usage: npm run -s prove -- membership DOCUMENT --salt-key FILE --criteria TRUST --register NAME
         --chain NUMBER --contract ADDRESS --request NUMBER [--vm ID] --nonce HEX [--out FILE]
  proves that what a request of the attestation network has committed to in a register ("PCR 0", "launch measurement", "MRTD")
  is one of the values that the criteria approve of, and not which. The salt key is the one that hid the measurements: 64 hex digits.`;

const maximum = 8 * 1024 * 1024;

/** `prove membership`: a proof about a request that hides its measurements, as a `network-membership` file. Exits 0 with a proof; none is written otherwise. */
export async function proveMembershipCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, optionKinds, membershipUsage);
  if (options.help) {
    io.say(membershipUsage);
    return 0;
  }
  const [name] = rest;
  if (name === undefined || rest.length > 1) {
    throw wrongCall(`One attestation document was expected, found ${rest.length}.`, membershipUsage);
  }
  const read = (file: string) => readGivenFile(io.folder, file, maximum, io.signal);
  const text = async (option: 'salt-key' | 'criteria') => new TextDecoder().decode(await read(demand(options, option)));
  const saltKey = bytes('--salt-key', (await text('salt-key')).trim(), 32);
  const criteriaText = await text('criteria');
  const register = demand(options, 'register');
  const nonce = bytes('--nonce', demand(options, 'nonce'), 32);
  const described = await describe(await read(name), name);
  const opening = { kind: described.kind, measured: described.measured, saltKey };
  const request = {
    chainId: whole('--chain', demand(options, 'chain')),
    verifyingContract: word('--contract', demand(options, 'contract'), 20),
    requestId: whole('--request', demand(options, 'request')),
    vmId: options.vm === undefined ? described.documentId : word('--vm', options.vm, 32),
    measurements: commitForMembership(opening),
  };
  io.doing('making the proof');
  let file;
  try {
    file = await proveMembership({ request, opening, register, criteria: parseTrust(criteriaText), nonce });
  } finally {
    await endSnarkjs();
  }
  // What is handed out is checked as whoever gets it will.
  const made = encodeMembership(file);
  const { checks, labels } = judgeMembership(made, { request, criteria: criteriaText, nonce });
  if (checks.some(({ status }) => status === 'fail')) throw new Error('The proof that was made does not hold.');
  const out = options.out ?? `request-${request.requestId}.membership.json`;
  await writeResult(io.folder, out, made);
  io.line({ file: out, request: request.requestId, register, measurements: request.measurements, labels });
  io.say(
    `Wrote ${out}, for a request that has committed to ${request.measurements}.${labels.map((label) => ` Note: ${label}.`).join('')}`,
  );
  return 0;
}

async function describe(document: Uint8Array, name: string) {
  try {
    return await describeEvidence(document);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw wrongCall(`${name}: ${error.message}`, membershipUsage, error);
  }
}

function demand(options: Options<typeof optionKinds>, name: Exclude<keyof typeof optionKinds, 'help'>): string {
  const value = options[name];
  if (value === undefined) throw wrongCall(`--${name} is needed.`, membershipUsage);
  return value;
}

function bytes(option: string, value: string, length: number): Uint8Array {
  if (!isHex(value, length))
    throw wrongCall(`${option}: ${2 * length} lower-case hex digits were expected.`, membershipUsage);
  return fromHex(value);
}

function word(option: string, value: string, length: number): Hex {
  if (!value.startsWith('0x'))
    throw wrongCall(`${option}: 0x and ${2 * length} hex digits were expected.`, membershipUsage);
  const digits = value.slice(2).toLowerCase();
  bytes(option, digits, length);
  return `0x${digits}`;
}

function whole(option: string, value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw wrongCall(`${option}: a whole number was expected.`, membershipUsage);
  return Number(value);
}
