import { toBase64 } from '../../bytes/base64.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import type { Registers } from '../nitro/policy.ts';
import type { SignedCall } from './call.ts';
import type { AttestedKey } from './key.ts';
import type { BlockyOutput } from './output.ts';

const spec = 'Blocky Attestation Service, claims';

/** What the attestation says, for comparing with what stands beside it. */
export interface Recomputed {
  readonly key: AttestedKey | undefined;
  /** Undefined where the platform measures nothing or the documents could not be read. */
  readonly registers: Registers | undefined;
  /** As many as the output has; undefined where one could not be read. */
  readonly calls: readonly (SignedCall | undefined)[];
}

/**
 * The claims are unsigned copies of what is attested. Whoever reads them in place of the attestation is misled by any that differs, so each is
 * computed again and must be the same text.
 */
export function checkClaims(output: BlockyOutput, { key, registers, calls }: Recomputed): Check {
  const differing: string[] = [];
  const open: string[] = [];
  const compare = (name: string, claimed: string, attested: string | undefined): void => {
    if (attested === undefined) open.push(name);
    else if (claimed !== attested) differing.push(name);
  };
  if (output.measurement) {
    compare('enclave_measurement.platform', output.measurement.platform, output.platform);
    compare('enclave_measurement.code', output.measurement.code, codeOf(output, registers));
  }
  compare('public_key.curve_type', output.publicKey.curve_type, key?.claims.curve_type);
  compare('public_key.data', output.publicKey.data, key?.claims.data);
  for (const [index, { claims }] of output.calls.entries()) {
    const call = calls[index];
    const place = output.calls.length > 1 ? `call ${index + 1}: ` : '';
    compare(`${place}hash_of_code`, claims.hash_of_code, call?.hashOfCode);
    compare(`${place}function`, claims.function, call?.function);
    compare(`${place}hash_of_input`, claims.hash_of_input, call?.hashOfInput);
    compare(`${place}output`, claims.output, call && toBase64(call.output));
    compare(`${place}hash_of_secrets`, claims.hash_of_secrets, call?.hashOfSecrets);
  }
  if (differing.length > 0) return fail('BLOCKY_CLAIMS', { spec, params: { fields: differing.join(', ') } });
  if (open.length > 0) return unknown('BLOCKY_CLAIMS', { spec, params: { fields: open.join(', ') } });
  return pass('BLOCKY_CLAIMS', { spec });
}

/** How Blocky writes a measurement of Nitro: the three registers in hex, joined by dots. */
export function codeOf({ platform }: BlockyOutput, registers: Registers | undefined): string | undefined {
  if (platform === 'plain') return 'plain';
  return registers && ['0', '1', '2'].map((register) => registers[register] ?? '').join('.');
}
