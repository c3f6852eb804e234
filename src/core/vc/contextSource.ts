import { parseJson, type JsonObject, type JsonValue } from '../bytes/json.ts';
import type { Content } from '../kinds/content.ts';
import type { Context } from '../kinds/kind.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { builtInContext } from './contexts/builtIn.ts';
import { looksLikeContext } from './companionForms.ts';
import { isObject, type Credential } from './credential.ts';

/** Where a context was found. `beside` is nobody's word but that of who gave the file. */
export type ContextOrigin = 'built-in' | 'pinned' | 'beside';

export interface FoundContext {
  readonly address: string;
  readonly origin: ContextOrigin;
  readonly context: object;
}

/** Contexts by address: those of the trust file first, then those that are written in, then those in files beside. */
export interface ContextSource {
  readonly find: (address: string) => FoundContext | undefined;
}

const maximumLength = 256 * 1024;

/** @param addresses what the certificate names and is not otherwise known: a context in a file beside does not say its address, so it serves for the one that is missing. */
export function contextSource({ trust, companions }: Context, addresses: readonly string[]): ContextSource {
  const pinned = trust.contexts ?? {};
  const known = (address: string): FoundContext | undefined => {
    if (Object.hasOwn(pinned, address)) {
      const context = contextOf(pinned[address] as JsonValue);
      return context && { address, origin: 'pinned', context };
    }
    const found = builtInContext(address);
    return found && { address, origin: 'built-in', context: found.context };
  };
  const missing = addresses.filter((address) => known(address) === undefined);
  const beside = companions.filter(looksLikeContext).flatMap((companion) => readContext(companion) ?? []);
  // With more than one missing nothing says which file is which.
  const [only] = missing;
  const given = missing.length === 1 && beside.length === 1 ? beside[0] : undefined;
  return {
    find: (address) =>
      known(address) ?? (given && address === only ? { address, origin: 'beside', context: given } : undefined),
  };
}

function readContext({ text }: Content): object | undefined {
  try {
    return contextOf(parseJson(text ?? '', { maximumDepth: 16, maximumLength, maximumValues: 8192 }));
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** A pinned context is the document, as its address gives it, or what is inside `@context`. */
function contextOf(value: JsonValue): object | undefined {
  if (!isObject(value)) return undefined;
  const inner = value['@context'];
  return inner === undefined ? value : isObject(inner) ? inner : undefined;
}

/** What a certificate's contexts must be for its words to mean what a reader takes them for. */
export interface ContextRules {
  /** Of each group one must be named; their terms may not be given another meaning. */
  readonly required: readonly (readonly string[])[];
}

/** Why the contexts are not what they must be, or undefined. */
export function contextFault(
  { contexts }: Credential,
  source: ContextSource,
  { required }: ContextRules,
): string | undefined {
  const named = contexts.filter((entry) => typeof entry === 'string');
  const canonical = named.map((address) => builtInContext(address)?.address ?? address);
  const absent = required.find((group) => !group.some((address) => canonical.includes(address)));
  if (absent) return `It does not name the context ${absent[0]}.`;
  const terms = new Set(
    named.flatMap((address) => {
      const context = builtInContext(address)?.context;
      return context ? Object.keys(context) : [];
    }),
  );
  for (const entry of contexts) {
    const found = typeof entry === 'string' ? source.find(entry) : undefined;
    if (found?.origin === 'built-in' || (typeof entry === 'string' && !found)) continue;
    const fault = foreignFault((found?.context ?? entry) as JsonObject, terms);
    if (fault) return fault;
  }
  return undefined;
}

const settings = ['@version', '@vocab'];
const details = ['@id', '@type', '@container', '@language', '@protected'];

/**
 * A context that is not written in may add words of its own and nothing else: one that gives `name` the meaning of `description`, or makes a second word for
 * `@type`, would let a certificate say to its reader what its hash does not.
 */
function foreignFault(context: JsonObject, terms: ReadonlySet<string>): string | undefined {
  for (const [term, value] of Object.entries(context)) {
    if (term.startsWith('@')) {
      if (!settings.includes(term) || value === null) return `A context of its own uses ${term}.`;
      continue;
    }
    if (terms.has(term)) return `A context of its own gives “${term.slice(0, 64)}” another meaning.`;
    const members = isObject(value) ? value : { '@id': value };
    const stranger = Object.keys(members).find((member) => !details.includes(member));
    if (stranger !== undefined) return `A context of its own uses ${stranger.slice(0, 64)} in “${term.slice(0, 64)}”.`;
    const id = members['@id'];
    if (id !== undefined && (typeof id !== 'string' || id.startsWith('@'))) {
      return `A context of its own makes “${term.slice(0, 64)}” another word for ${JSON.stringify(id).slice(0, 64)}.`;
    }
  }
  return undefined;
}
