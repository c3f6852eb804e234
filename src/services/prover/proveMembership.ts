import { fromHex } from '../../core/bytes/hex.ts';
import { discloseMeasurements } from '../../core/network/commitment.ts';
import { approvedMeasurements, approvedSet } from '../../core/network/membership/approvedMeasurements.ts';
import {
  blindingOf,
  commitForMembership,
  memberContext,
  memberName,
  memberPairs,
  type MemberOpening,
  type MemberRequest,
} from '../../core/network/membership/memberCommitment.ts';
import type { MembershipFile } from '../../core/network/membership/membershipFile.ts';
import { membershipKey } from '../../core/trace/zk/membershipKey.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { type CircuitFiles, membershipFiles } from './circuitFiles.ts';
import { makeProof } from './makeProof.ts';

export interface ProveMembership {
  readonly request: MemberRequest;
  /** What the request's commitment was made from; none of it is in the proof. */
  readonly opening: MemberOpening;
  /** Which of its measurements: `PCR 0`, `launch measurement`, `MRTD`. */
  readonly register: string;
  /** The published criteria. */
  readonly criteria: Trust;
  /** 32 bytes, from whoever asked. */
  readonly nonce: Uint8Array;
  readonly files?: CircuitFiles;
}

/**
 * Proves that what a request has committed to in one register is a value that the criteria approve of.
 * @throws AuditorError usage PROVE_OPENING (the request's commitment is another), PROVE_FALSE (the value is none of those approved); source SNARKJS_MISSING
 */
export async function proveMembership({
  request,
  opening,
  register,
  criteria,
  nonce,
  files,
}: ProveMembership): Promise<MembershipFile> {
  const { kind, measured, saltKey } = opening;
  if (commitForMembership(opening) !== request.measurements) {
    throw new AuditorError(
      'usage',
      'PROVE_OPENING',
      'The request has committed to something else: document and salt key must be those that it was made with.',
    );
  }
  const value = measured.find(([name]) => name === register)?.[1];
  const values = approvedMeasurements(criteria, kind, register);
  if (value === undefined || !values.includes(value)) {
    throw new AuditorError(
      'usage',
      'PROVE_FALSE',
      `The criteria do not approve of this machine’s ${register}, so there is nothing to prove.`,
    );
  }
  const blinding = blindingOf(saltKey, register);
  const witness = approvedSet(values).witness(fromHex(value), blinding, memberContext(request, nonce));
  const pairs = memberPairs(measured, saltKey);
  const place = pairs.findIndex(([name]) => name === memberName(register));
  const { measurements, count } = discloseMeasurements(request.requestId, pairs, saltKey, [place]);
  const [shown] = measurements;
  if (!shown) throw new Error('The commitment is not among what was committed to.');
  return {
    requestId: request.requestId,
    kind,
    register,
    commitment: shown.value,
    salt: shown.salt,
    index: shown.index,
    count,
    path: shown.path,
    nonce,
    ...(await makeProof(witness, files ?? membershipFiles, membershipKey)),
  };
}
