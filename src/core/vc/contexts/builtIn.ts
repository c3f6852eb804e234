import { blockcertsV2, blockcertsV2Alpha, openBadgesV2 } from './blockcertsV2.ts';
import { blockcertsV3, blockcertsV31, blockcertsV32, blockcertsV3Alpha, blockcertsV3Beta } from './blockcertsV3.ts';
import { bloxbergContext } from './bloxberg.ts';
import type { BuiltInContext } from './builtInContext.ts';
import { credentialsV1 } from './credentialsV1.ts';
import { credentialsV2 } from './credentialsV2.ts';
import { chainedProof2021Context, dataIntegrityV2, merkleProof2019Context, statusList2021Context } from './security.ts';

const contexts: readonly BuiltInContext[] = [
  credentialsV1,
  credentialsV2,
  dataIntegrityV2,
  merkleProof2019Context,
  chainedProof2021Context,
  statusList2021Context,
  bloxbergContext,
  openBadgesV2,
  blockcertsV2Alpha,
  blockcertsV2,
  blockcertsV3Alpha,
  blockcertsV3Beta,
  blockcertsV3,
  blockcertsV31,
  blockcertsV32,
];

/** Further addresses under which issuers name the same context. */
const aliases: Readonly<Record<string, string>> = {
  'https://openbadgespec.org/v2/context.json': openBadgesV2.address,
  'https://www.blockcerts.org/schema/2.0-alpha/context.json': blockcertsV2Alpha.address,
  'https://w3id.org/blockcerts/schema/2.0/context.json': blockcertsV2.address,
  'https://www.blockcerts.org/schema/2.0/context.json': blockcertsV2.address,
  'https://w3id.org/blockcerts/v3.0-alpha': blockcertsV3Alpha.address,
  'https://www.blockcerts.org/schema/3.0-alpha/context.json': blockcertsV3Alpha.address,
  'https://w3id.org/blockcerts/schema/3.0-beta/context.json': blockcertsV3Beta.address,
  'https://www.blockcerts.org/schema/3.0-beta/context.json': blockcertsV3Beta.address,
  'https://w3id.org/blockcerts/schema/3.0/context.json': blockcertsV3.address,
  'https://www.blockcerts.org/schema/3.0/context.json': blockcertsV3.address,
  'https://w3id.org/blockcerts/schema/3.1/context.json': blockcertsV31.address,
  'https://www.blockcerts.org/schema/3.1/context.json': blockcertsV31.address,
  'https://w3id.org/blockcerts/schema/3.2/context.json': blockcertsV32.address,
  'https://www.blockcerts.org/schema/3.2/context.json': blockcertsV32.address,
};

const byAddress = new Map(contexts.map((context) => [context.address, context]));

/** The context that is written in for an address, or undefined. */
export function builtInContext(address: string): BuiltInContext | undefined {
  return byAddress.get(Object.hasOwn(aliases, address) ? (aliases[address] as string) : address);
}
