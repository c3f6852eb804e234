import { judgeElsewhere } from '../../audit/pool/judgeElsewhere.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { recogniseCompanion } from '../../core/kinds/companion.ts';
import { maximumFileLength, readContent } from '../../core/kinds/content.ts';
import { describeCompanion } from '../../core/kinds/describeCompanion.ts';
import { describeUnknown } from '../../core/kinds/describeUnknown.ts';
import { recognise, type Report } from '../../core/kinds/judge.ts';
import type { Progress } from '../../core/kinds/kind.ts';
import { kinds } from '../../core/kinds/registry.ts';
import { maximumTrustLength, parseTrust } from '../../core/trust/parseTrust.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { fill, type Messages } from '../../core/verdict/messages.ts';
import { summaryOf, type Summary } from '../html/summary.ts';
import type { Language } from '../settings.ts';
import type { EmbedWords } from '../words.en.ts';
import { fetchBounded } from './fetchBounded.ts';
import type { Pins } from '../../audit/pool/pins.ts';
import { pinned } from './pinned.ts';
import { readGiven } from './readGiven.ts';

/** Evidence or a trust file: by its address, or as the page has set it. */
export type Source = { readonly address: URL } | { readonly given: unknown };

export interface Asked {
  readonly evidence: Source;
  readonly trust: Source | undefined;
  readonly language: Language;
  readonly words: EmbedWords;
  /** Digests of what is loaded later, and where it comes from. */
  readonly pins: Pins | undefined;
  readonly site: URL;
}

export interface CheckOptions {
  readonly signal: AbortSignal;
  readonly now: number;
  readonly onProgress: (progress: Progress) => void;
}

/** Everything that is drawn of a check that was made. */
export interface Checked {
  readonly report: Report;
  /** What people call this kind of evidence. */
  readonly title: string;
  readonly messages: Messages;
  /** Of a certificate that can be read. */
  readonly summary: Summary | undefined;
  readonly evidence: { readonly address: URL | undefined; readonly digest: string };
  /** The trust file of the page; nothing where it names none. */
  readonly trust: { readonly address: URL | undefined; readonly digest: string } | undefined;
}

/**
 * Fetches what the page names and judges it. @throws AuditorError where there can be no verdict, with words for people; the signal's reason when aborted
 */
export async function checkEvidence(asked: Asked, options: CheckOptions): Promise<Checked> {
  const { words, language } = asked;
  const { signal } = options;
  const read = (source: Source, limit: number) =>
    'address' in source ? fetchBounded(source.address, limit, words, signal) : readGiven(source.given, limit, words);
  const [bytes, trustBytes] = await Promise.all([
    read(asked.evidence, maximumFileLength),
    asked.trust && read(asked.trust, maximumTrustLength),
  ]);
  const trust = trustBytes ? parsed(trustBytes, words) : {};
  const name = nameOf(asked.evidence);
  const content = readContent(name, bytes);
  const kind = recognise(content, kinds);
  if (!kind) {
    const companion = recogniseCompanion(content);
    const reason = companion ? describeCompanion(name, companion, kinds) : describeUnknown(content, kinds);
    throw new AuditorError('usage', 'KIND_UNKNOWN', fill(words.unknownKind, { reason }));
  }
  const summary = kind.name === 'certificate' && content.text !== undefined ? summaryOf(content.text) : undefined;
  const later = pinned(asked.pins, asked.site, words, summary?.system);
  if (language === 'de') await later.german();
  const told = language === 'de' ? (await import('../../core/kinds/german.ts')).german.kinds[kind.name] : undefined;
  const digest = sha3Hex(bytes);
  const report = await judgeElsewhere({ name, bytes }, trust, kinds, { ...options, ...later.judging });
  return {
    report,
    title: told?.title ?? kind.title,
    messages: { ...kind.messages, ...told?.messages },
    summary,
    evidence: { address: addressOf(asked.evidence), digest },
    trust: trustBytes && { address: asked.trust && addressOf(asked.trust), digest: sha3Hex(trustBytes) },
  };
}

function parsed(bytes: Uint8Array, words: EmbedWords): Trust {
  try {
    return parseTrust(bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AuditorError('usage', 'EMBED_TRUST', fill(words.badTrust, { reason }), { cause });
  }
}

/** As the report names it: the address that was asked. */
function nameOf(source: Source): string {
  if (!('address' in source)) return 'certificate';
  return source.address.protocol === 'data:' ? 'data:' : source.address.href;
}

/** An address that a person can open; what a page holds in itself has none. */
function addressOf(source: Source): URL | undefined {
  return 'address' in source && /^https?:$/.test(source.address.protocol) ? source.address : undefined;
}
