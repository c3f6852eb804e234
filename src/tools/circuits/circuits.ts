/** A circuit of `src/circuits`, and what is made of it; paths are below `src`. */
export interface Circuit {
  readonly name: string;
  /** As files name it. */
  readonly version: string;
  /** The module with its verification key, and what the key is called there. */
  readonly keyModule: string;
  readonly keyName: string;
  /** A contract with the key in it. */
  readonly contract?: string;
}

export const circuits: readonly Circuit[] = [
  {
    name: 'event',
    version: 'event/1',
    keyModule: 'core/trace/zk/eventKey.ts',
    keyName: 'eventKey',
    contract: 'contracts/EventProofVerifier.sol',
  },
  {
    name: 'membership',
    version: 'membership/1',
    keyModule: 'core/trace/zk/membershipKey.ts',
    keyName: 'membershipKey',
  },
];
