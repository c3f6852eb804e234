import { fromBase64Url } from '../../bytes/base64.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { isHex } from '../../bytes/hex.ts';
import { parseCanonicalJson } from '../../bytes/jcs.ts';
import { readMembers } from '../../certificate/envelope.ts';
import type { Checker, Context, Judgement } from '../../kinds/kind.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { labelsOf, openChain, partNotPinned } from '../chainContext.ts';
import { limits } from '../limits.ts';
import type { AttestedSequence } from '../types.ts';
import { verifyAttestation } from '../verifyAttestation.ts';

/** The file `{ "affidavit": "equivocation/1", "genesis", "documents": [a, a′] }`, canonical JSON, documents in base64url. */
export interface EquivocationProof {
  readonly genesis: string;
  readonly documents: readonly [Uint8Array, Uint8Array];
}

/** @throws FormatError that names what is wrong. */
export function parseEquivocation(text: string): EquivocationProof {
  const value = parseCanonicalJson(text, { maximumLength: 4 * limits.enclaveDocument, maximumDepth: 4 });
  const members = readMembers('The proof', value, ['affidavit', 'documents', 'genesis']);
  const { affidavit, genesis, documents } = members;
  if (affidavit !== 'equivocation/1') {
    throw new FormatError(`Field affidavit: "equivocation/1" was expected, found ${JSON.stringify(affidavit)}.`, 0);
  }
  if (typeof genesis !== 'string' || !isHex(genesis, 32)) {
    throw new FormatError('Field genesis: 64 lower-case hex digits were expected.', 0);
  }
  if (!Array.isArray(documents) || documents.length !== 2) {
    throw new FormatError('Field documents: two documents were expected.', 0);
  }
  const [first, second] = documents.map((document) => {
    if (typeof document !== 'string') throw new FormatError('Field documents: base64url was expected.', 0);
    return fromBase64Url(document);
  }) as [Uint8Array, Uint8Array];
  return { genesis, documents: [first, second] };
}

export const equivocationChecker: Checker = {
  plan: () => [
    { code: 'EQUIVOCATION_FORM' },
    { code: 'EQUIVOCATION_PINNED' },
    { code: 'EQUIVOCATION_DOCUMENT' },
    { code: 'EQUIVOCATION_DOCUMENT' },
    { code: 'EQUIVOCATION_CONTRADICTION' },
  ],
  check: async (content, context) => {
    try {
      return await judgeProof(parseEquivocation(content.text ?? ''), context);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      const params = { reason: error.message, offset: error.offset };
      return judgement([fail('EQUIVOCATION_FORM', { params, spec: 'CHAIN.md 32' })]);
    }
  },
};

async function judgeProof({ genesis, documents }: EquivocationProof, context: Context): Promise<Judgement> {
  const form = pass('EQUIVOCATION_FORM', { spec: 'CHAIN.md 32' });
  const open = unknown('EQUIVOCATION_CONTRADICTION', { spec: 'CHAIN.md 5' });
  const pin = context.trust.chains?.find((chain) => chain.genesis === genesis);
  if (!pin || partNotPinned(pin)) {
    return judgement([form, unknown('EQUIVOCATION_PINNED', { params: { genesis }, spec: 'CHAIN.md 11' }), open]);
  }
  const chain = await openChain(pin);
  const checks: Check[] = [form, pass('EQUIVOCATION_PINNED', { params: { chain: pin.name }, spec: 'CHAIN.md 11' })];
  const sequences: AttestedSequence[] = [];
  for (const [index, document] of documents.entries()) {
    const number = index + 1;
    const evidence = [{ digest: sha3Hex(document), offset: 0, length: document.length, name: `document ${number}` }];
    const result = await verifyAttestation(chain, document);
    if (result.ok) {
      const { sequence } = result;
      sequences.push(sequence);
      checks.push(pass('EQUIVOCATION_DOCUMENT', { params: { number, k: sequence.k }, evidence, spec: 'CHAIN.md 5' }));
    } else {
      const params = { number, reason: result.reason, code: result.code };
      checks.push(fail('EQUIVOCATION_DOCUMENT', { params, evidence, spec: 'CHAIN.md 5' }));
    }
  }
  const [first, second] = sequences;
  const times = sequences.map(({ documentTime }) => documentTime);
  const contradiction = first && second ? checkContradiction(first, second) : open;
  return judgement([...checks, contradiction], await labelsOf(pin), times.length > 0 ? Math.max(...times) : null);
}

function checkContradiction(first: AttestedSequence, second: AttestedSequence): Check {
  const sameNumber = first.k === second.k;
  const sameSubject = first.y === second.y;
  const spec = 'CHAIN.md 5';
  if (sameNumber && !sameSubject) {
    return pass('EQUIVOCATION_CONTRADICTION', { params: { how: `number ${first.k} was given to two blocks` }, spec });
  }
  if (sameSubject && !sameNumber) {
    const how = `one block was given the numbers ${first.k} and ${second.k}`;
    return pass('EQUIVOCATION_CONTRADICTION', { params: { how }, spec });
  }
  const how = sameNumber ? 'the same block and the same number' : 'different blocks and different numbers';
  return fail('EQUIVOCATION_CONTRADICTION', { params: { how }, spec });
}

function judgement(checks: readonly Check[], labels: readonly string[] = [], at: number | null = null): Judgement {
  return { checks, labels, at, timeSource: 'signed' };
}
