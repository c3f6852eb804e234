import { utf8 } from '../../bytes/bytes.ts';
import { sha3 } from '../../bytes/hash.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { toHex0x } from '../../evm/hex.ts';
import { commitForMembership, type MemberOpening, type MemberRequest } from './memberCommitment.ts';

const register = (byte: number) => byte.toString(16).padStart(2, '0').repeat(48);

/** Three programs are approved of; the machine runs the second. */
export const exampleCriteria = canonicalJson({
  affidavit: 'trust/1',
  nitro: {
    measurements: [1, 2, 3].map((byte) => ({
      pcrs: { '0': register(byte), '1': register(0x11), '2': register(0x12) },
    })),
  },
});
export const exampleCriteriaDigest = toHex0x(sha3(utf8(exampleCriteria)));

export const exampleOpening: MemberOpening = {
  kind: 'nitro',
  measured: [
    ['PCR 0', register(2)],
    ['PCR 1', register(0x11)],
    ['PCR 2', register(0x12)],
  ],
  saltKey: new Uint8Array(32).fill(0x33),
};

export const exampleRequest: MemberRequest = {
  chainId: 412346,
  verifyingContract: `0x${'ab'.repeat(20)}`,
  requestId: 7,
  vmId: `0x${'0c'.repeat(32)}`,
  measurements: commitForMembership(exampleOpening),
};

export const exampleNonce = new Uint8Array(32).fill(0x5a);
