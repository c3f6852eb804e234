import { type TraceMetadata, traceStructHash } from '../../core/trace/metadata.ts';
import { contextElement } from '../../core/trace/zk/context.ts';
import { eventKey } from '../../core/trace/zk/eventKey.ts';
import type { Selection, SelectionWitness } from '../../core/trace/zk/selection.ts';
import { type ZkStatement, publicInputs, statementFault } from '../../core/trace/zk/statement.ts';
import { subjectElement } from '../../core/trace/zk/subject.ts';
import { arcOf } from '../../core/trace/zk/range.ts';
import { type ZkPart, eventCircuit } from '../../core/trace/zk/zkPart.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { type CircuitFiles, eventFiles } from './circuitFiles.ts';
import { makeProof, type WitnessInput } from './makeProof.ts';

export interface ProveEvent {
  readonly metadata: TraceMetadata;
  /** Built again from the events and the salt key; its root must be the signed one. */
  readonly selection: Selection;
  readonly statement: ZkStatement;
  /** 32 bytes, from whoever asked. */
  readonly nonce: Uint8Array;
  readonly files?: CircuitFiles;
}

/**
 * Proves that the selection has a value as stated, by the first one there is.
 * @throws AuditorError usage PROVE_STATEMENT, PROVE_SELECTION, PROVE_FALSE (nothing of the kind happened); source SNARKJS_MISSING
 */
export async function proveEvent({ metadata, selection, statement, nonce, files }: ProveEvent): Promise<ZkPart> {
  const fault = statementFault(statement);
  if (fault !== undefined) throw new AuditorError('usage', 'PROVE_STATEMENT', `The statement needs ${fault}.`);
  if (selection.values.length === 0 || selection.root() !== metadata.selection) {
    throw new AuditorError(
      'usage',
      'PROVE_SELECTION',
      'The selection is not the one that was signed: events and salt key must be those of this trace.',
    );
  }
  const place = findPlace(selection, statement);
  if (place === undefined) {
    throw new AuditorError('usage', 'PROVE_FALSE', 'No selected call is as stated, so there is nothing to prove.');
  }
  const context = contextElement(traceStructHash(metadata), nonce);
  const input = witnessInput(statement, BigInt(`0x${metadata.selection}`), context, selection.witness(place));
  return { circuit: eventCircuit, statement, nonce, ...(await makeProof(input, files ?? eventFiles, eventKey)) };
}

/** The first place of the selection that is as stated. */
export function findPlace(selection: Selection, statement: ZkStatement): number | undefined {
  const wanted = subjectElement(statement);
  const { from, span } = arcOf(statement.type, statement);
  const place = selection.values.findIndex(
    ({ subject, word }) => subjectElement(subject) === wanted && BigInt.asUintN(64, word - from) <= span,
  );
  return place < 0 ? undefined : place;
}

export function witnessInput(
  statement: ZkStatement,
  root: bigint,
  context: bigint,
  { value, salt, nodes }: SelectionWitness,
): WitnessInput {
  const [, subject, from, span] = publicInputs(statement, root, context) as [bigint, bigint, bigint, bigint, bigint];
  return { root, subject, from, span, context, value: value.word, rest: value.rest, salt, nodes };
}
