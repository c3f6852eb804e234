import { sha3 } from '../bytes/hash.ts';
import { moment } from '../certificate/moment.ts';
import { toHex0x } from '../evm/hex.ts';
import type { Content } from '../kinds/content.ts';
import type { Context, Kind } from '../kinds/kind.ts';
import { blockyKind } from '../tee/blocky/kind.ts';
import { dcapKind } from '../tee/dcap/kind.ts';
import { nitroKind } from '../tee/nitro/kind.ts';
import { sevSnpKind } from '../tee/sevSnp/kind.ts';
import { tpmKind } from '../tee/tpm/kind.ts';
import { all, fail, pass, unknown, type Check, type Plan } from '../verdict/check.ts';
import { checkBinding, checkRunnerKey } from './checkBinding.ts';
import { boundData } from './documentStatement.ts';
import { clockAllowance } from './followTask.ts';
import type { TaskStatement } from './taskStatement.ts';

/** Documents of these kinds speak for an environment in which a task ran. */
export const attestationKinds: readonly Kind[] = [nitroKind, blockyKind, tpmKind, sevSnpKind, dcapKind];

/** What the ledger says that the document must fit. */
export interface ExpectedAttestation {
  /** As in `TaskCompleted`. */
  readonly digest: string;
  readonly statement: TaskStatement;
  /** Claimed start and the block that recorded the result, seconds since 1970. */
  readonly startedAt: number;
  readonly recordedAt: number;
}

export interface AttestationJudged {
  readonly check: Check;
  readonly labels: readonly string[];
  /** The document among the companions, and what its own kind found: for the page to draw. */
  readonly document: { readonly kind: string; readonly content: Content; readonly details: unknown } | undefined;
  /** Seconds; what the document says of itself where it is signed for. */
  readonly signedAt: number | null;
}

const code = 'TASK_ATTESTATION';

export const attestationPlan: Plan = {
  code,
  children: [{ code: 'TASK_ATTESTATION_DIGEST' }, { code: 'TASK_ATTESTATION_DOCUMENT' }, { code: 'TASK_BINDING' }],
};

/** The attestation document beside, judged by its own kind under the checker's pins, and bound to the task. */
export async function checkAttestation(expected: ExpectedAttestation, context: Context): Promise<AttestationJudged> {
  const found = findDocument(expected.digest, context.companions);
  if (!found) {
    const check = unknown(code, {
      params: { digest: expected.digest, reason: 'There is no attestation document beside it.' },
    });
    return { check, labels: [], document: undefined, signedAt: null };
  }
  const { kind, content, matches } = found;
  const others = context.companions.filter((companion) => companion !== content);
  const judged = await (await kind.load()).check(content, { ...context, companions: others });
  const bound = await boundData(kind.name, content);
  const signedAt = judged.timeSource === 'signed' && judged.at !== null ? judged.at / 1000 : null;
  const digest = (matches ? pass : fail)('TASK_ATTESTATION_DIGEST', {
    spec: 'ProofOfExecution.complete',
    params: { name: content.name, expected: expected.digest, found: toHex0x(sha3(content.bytes)) },
  });
  const document = all('TASK_ATTESTATION_DOCUMENT', judged.checks, {
    params: { kind: kind.title, name: content.name },
  });
  const children = [
    digest,
    document,
    checkBinding(bound, expected.statement),
    ...checkRunnerKey(bound, expected.statement),
    ...checkSignedTime(signedAt, expected),
  ];
  return {
    check: all(code, children, { params: { name: content.name, kind: kind.title } }),
    labels: judged.labels,
    document: { kind: kind.name, content, details: judged.details },
    signedAt,
  };
}

/** There where the document is signed with its time: it was made while the task ran, or soon enough to be recorded with it. */
function checkSignedTime(signedAt: number | null, { startedAt, recordedAt }: ExpectedAttestation): Check[] {
  if (signedAt === null) return [];
  const params = { signed: moment(Math.floor(signedAt)), from: moment(startedAt), to: moment(recordedAt) };
  const fits = signedAt >= startedAt - clockAllowance && signedAt <= recordedAt + clockAllowance;
  return [(fits ? pass : fail)('TASK_ATTESTATION_TIME', { spec: 'ProofOfExecution (CLOCK_ALLOWANCE)', params })];
}

interface FoundDocument {
  readonly kind: Kind;
  readonly content: Content;
  readonly matches: boolean;
}

/** The document with the digest that the ledger has; else the first document there is, so that it can be said that it is another one. */
function findDocument(digest: string, companions: readonly Content[]): FoundDocument | undefined {
  let first: FoundDocument | undefined;
  for (const content of companions) {
    const kind = attestationKinds.find(({ recognise }) => recognise(content));
    if (!kind) continue;
    const matches = [content.bytes, content.fileBytes].some((bytes) => toHex0x(sha3(bytes)) === digest);
    if (matches) return { kind, content, matches };
    first ??= { kind, content, matches };
  }
  return first;
}
