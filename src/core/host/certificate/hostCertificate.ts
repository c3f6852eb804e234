import { fromBase64Url, toBase64Url } from '../../bytes/base64.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../bytes/json.ts';
import { readMembers, sealCertificate } from '../../certificate/envelope.ts';
import { readContent, type Content } from '../../kinds/content.ts';
import type { Context } from '../../kinds/kind.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { judgeHost, type HostJudged } from '../checkHost.ts';
import { moment } from '../hostValues.ts';

const maximumFiles = 64;

/** What a certificate of a host holds: its credential, and the files that it was judged with. */
export interface HostProof {
  readonly credential: JsonObject;
  readonly files: readonly Content[];
}

/** @throws FormatError */
export function readHostProof(proof: JsonObject): HostProof {
  const { credential, files } = readMembers('The proof', proof, ['credential', 'files']);
  if (typeof credential !== 'object' || credential === null || Array.isArray(credential)) {
    throw new FormatError('The proof: a credential was expected.', 0);
  }
  if (!Array.isArray(files) || files.length > maximumFiles) {
    throw new FormatError(`The proof: a list of at most ${maximumFiles} files was expected.`, 0);
  }
  return {
    credential,
    files: files.map((file) => {
      const { name, content } = readMembers('A file of the proof', file, ['name', 'content']);
      if (typeof name !== 'string' || typeof content !== 'string')
        throw new FormatError('A file of the proof: texts were expected.', 0);
      return readContent(name, fromBase64Url(content));
    }),
  };
}

/**
 * Judges what is in a certificate at the time of the last proof that counts: what the validators said then stays said, though the credential itself runs out soon. It speaks of that moment: whether the
 * host had changed is part of it only where a former credential is among its files or at hand.
 */
export async function judgeHostProof({ credential, files }: HostProof, context: Context): Promise<HostJudged> {
  const text = canonicalJson(credential);
  const given: Context = { ...context, companions: [...files, ...context.companions] };
  const first = await judgeHost(text, given);
  const latest = first.count?.latest ?? null;
  const judged = latest === null ? first : await judgeHost(text, { ...given, givenTime: latest });
  const isCompared = (judged.details?.states.length ?? 0) > 1 || context.host?.accepted !== undefined;
  return isCompared ? judged : { ...judged, checks: judged.checks.filter(({ code }) => code !== 'HOST_DRIFT') };
}

/** What the certificate says, all of it from the proof. */
export function hostClaim({
  credential,
  count,
  at,
}: Required<Pick<HostJudged, 'credential' | 'count' | 'at'>>): JsonObject {
  const counted = count.proofs.filter(({ state }) => state === 'counted').map(({ did }) => did ?? '');
  return {
    credential: credential.id,
    counted: counted.length,
    validators: counted.sort(),
    at: moment(at ?? credential.from),
    state: canonicalSubject(credential.subject as unknown as JsonValue),
  };
}

function canonicalSubject(subject: JsonValue): JsonValue {
  return parseJson(canonicalJson(subject));
}

/** What must be pinned for it: who was selected, and the documents of identities that are not keys themselves. */
export function hostAnchors(
  { hosts = [], dids }: Pick<Context['trust'], 'hosts' | 'dids'>,
  policy: string,
): JsonObject {
  const chosen = hosts.filter(({ name }) => name === policy);
  return parseJson(
    canonicalJson({ hosts: chosen as unknown as JsonValue, ...(dids ? { dids: dids as JsonValue } : {}) }),
  ) as JsonObject;
}

/** The certificate's text. @throws AuditorError `usage` HOST_CERTIFICATE where the host does not hold under the trust that was given */
export async function makeHostCertificate(
  credential: JsonObject,
  files: readonly Content[],
  context: Context,
): Promise<string> {
  const judged = await judgeHostProof({ credential, files }, context);
  const { count, details, at, labels } = judged;
  const bad = judged.checks.find(({ status }) => status !== 'pass');
  if (bad || !judged.credential || !count || !details || details.policy === null) {
    throw new AuditorError(
      'usage',
      'HOST_CERTIFICATE',
      `No certificate can be made of a host that is not verified (${bad?.code ?? 'no policy'}).`,
    );
  }
  return sealCertificate({
    affidavit: 'certificate/1',
    system: 'host',
    subject: { host: judged.credential.issuer },
    claim: hostClaim({ credential: judged.credential, count, at }),
    proof: { credential, files: files.map(({ name, fileBytes }) => ({ name, content: toBase64Url(fileBytes) })) },
    anchors: hostAnchors(context.trust, details.policy),
    labels: labels.filter((label) => label === 'simulated'),
  });
}
