import { toHex } from '../bytes/hex.ts';
import { sha3, sha3Hex } from '../bytes/hash.ts';
import { affidavitType, type Content } from '../kinds/content.ts';
import type { Context, Judgement } from '../kinds/kind.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { all, type Check, type Note } from '../verdict/check.ts';
import type { Status } from '../verdict/status.ts';
import { parseCertificate, type Certificate } from './envelope.ts';
import { moment } from './moment.ts';

/** What certificates given beside this one say of it. */
export interface Recorded {
  /** At most one check, of the certificate that says most; nothing where none is about this file. */
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  /** Companions that say nothing of this file, or less than the one that counts. */
  readonly notes: readonly Note[];
}

type JudgeCertificate = (content: Content, context: Context) => Promise<Judgement>;

interface Companion {
  readonly content: Content;
  readonly digest: string;
  readonly certificate: Certificate | undefined;
}

const order: readonly Status[] = ['pass', 'unknown', 'fail'];

/**
 * A certificate of one chain that was recorded on another is verified through both (DESIGN §6): a companion certificate whose claim names H of these
 * very bytes, or of their digest, is judged under the same trust file with the remaining companions, and so on for further links. Of
 * several the best counts: what somebody else lays beside a file must not lower it.
 *
 * Each certificate claims one hash, so what is judged is a tree and every companion is judged once.
 */
export async function checkRecorded(content: Content, context: Context, judge: JudgeCertificate): Promise<Recorded> {
  const companions = companionsOf(context);
  if (companions.length === 0) return { checks: [], labels: [], notes: [] };
  const names = new Set([sha3Hex(content.fileBytes), toHex(sha3(sha3(content.fileBytes)))]);
  const related = companions.filter(({ certificate }) => names.has(hashIn(certificate)));
  // A plain file beside it is this one's, and what says nothing of any file here is remarked once.
  const further = companions.filter((each) => !related.includes(each) && recordsAnother(each, companions));
  const rest = [
    ...context.companions.filter((each) => !isCertificate(each) && affidavitType(each) !== undefined),
    ...further.map((each) => each.content),
  ];
  const found: { readonly check: Check; readonly labels: readonly string[] }[] = [];
  for (const { content: companion, certificate } of related) {
    const judged = await judge(companion, { ...context, companions: rest });
    const params = boundsOf(companion.name, certificate as Certificate, judged.checks);
    const check = all('CERTIFICATE_RECORDED', judged.checks, { params, spec: 'DESIGN §6' });
    found.push({ check, labels: judged.labels });
  }
  found.sort((a, b) => order.indexOf(a.check.status) - order.indexOf(b.check.status));
  const [best, ...others] = found;
  const notes = others
    .filter(({ check }) => check.status !== 'pass')
    .map(({ check }): Note => ({
      code: 'CERTIFICATE_RECORD_WEAKER',
      params: { name: check.params?.name ?? '' },
    }));
  for (const companion of companions) {
    const code = companion.certificate ? 'CERTIFICATE_COMPANION_OTHER' : 'CERTIFICATE_COMPANION_FORM';
    if (!related.includes(companion) && !further.includes(companion))
      notes.push({ code, params: { name: companion.content.name } });
  }
  return { checks: best ? [best.check] : [], labels: best?.labels ?? [], notes };
}

/** Every certificate among the companions, the same bytes once. */
function companionsOf(context: Context): readonly Companion[] {
  const found = new Map<string, Companion>();
  for (const content of context.companions) {
    if (!isCertificate(content)) continue;
    const digest = sha3Hex(content.fileBytes);
    if (!found.has(digest)) found.set(digest, { content, digest, certificate: read(content) });
  }
  return [...found.values()];
}

function isCertificate(content: Content): boolean {
  return affidavitType(content)?.startsWith('certificate/') ?? false;
}

function read(content: Content): Certificate | undefined {
  try {
    return parseCertificate(content.text ?? '');
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** A further link, which is judged with the one that it is about. */
function recordsAnother({ certificate }: Companion, companions: readonly Companion[]): boolean {
  const hash = hashIn(certificate);
  return companions.some(({ content, digest }) => digest === hash || toHex(sha3(sha3(content.fileBytes))) === hash);
}

function hashIn(certificate: Certificate | undefined): string {
  const hash = certificate?.claim.hash;
  return typeof hash === 'string' ? hash : '';
}

/** Between which times, and how early at the latest by this and all further links: each a bound of its own, so the earliest counts. */
function boundsOf(name: string, { claim }: Certificate, checks: readonly Check[]) {
  const further = checks.find(({ code, status }) => code === 'CERTIFICATE_RECORDED' && status === 'pass')?.params;
  const before = moment(claim.before);
  const bounds = [before, String(further?.bound ?? before)].sort();
  return {
    name,
    after: moment(claim.after),
    before,
    bound: bounds[0] as string,
    links: Number(further?.links ?? 0) + 1,
  };
}
