import type { Hex } from '../../core/evm/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { RegistryAddresses } from './openRegistries.ts';

/** Options of whoever can have a `did:ethr`. */
export const registryOptions = {
  rpc: { type: 'string' },
  'did-registry': { type: 'string' },
  'revocation-registry': { type: 'string' },
} as const;

/**
 * Where the registries are: needed with `--did ethr`, and only then.
 * @throws AuditorError `usage` ARGUMENTS
 */
export function registryArguments(
  did: string,
  values: { readonly rpc?: string; readonly 'did-registry'?: string; readonly 'revocation-registry'?: string },
): RegistryAddresses | undefined {
  const { rpc, 'did-registry': didRegistry, 'revocation-registry': revocationRegistry } = values;
  if (did !== 'ethr' && rpc === undefined && didRegistry === undefined && revocationRegistry === undefined) {
    return undefined;
  }
  if (did !== 'ethr' || rpc === undefined || !isAddress(didRegistry) || !isAddress(revocationRegistry)) {
    const words =
      'Expected --rpc, --did-registry and --revocation-registry (addresses in lower case) with --did ethr, and only then.';
    throw new AuditorError('usage', 'ARGUMENTS', words);
  }
  return { rpc, didRegistry, revocationRegistry };
}

const isAddress = (value: string | undefined): value is Hex => /^0x[0-9a-f]{40}$/.test(value ?? '');
