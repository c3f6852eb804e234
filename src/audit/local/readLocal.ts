import { parseTrust } from '../../core/trust/parseTrust.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';

/** A writer on this machine, as `npm start` announces it beside the page. */
export interface LocalWriter {
  /** Base address of the writer's door. */
  readonly url: string;
  /** Whoever has it may write. It is given out on this machine only. */
  readonly token: string;
}

/** A validator on this machine. */
export interface LocalValidator {
  readonly did: string;
  readonly url: string;
  readonly operator: string;
  readonly region: string;
}

/** A host on this machine, who vouches for it, and what to judge both by. */
export interface LocalHosts {
  readonly host: { readonly did: string; readonly url: string };
  readonly validators: readonly LocalValidator[];
  readonly trust: Trust;
}

/** What `local.json` says: a chain is being written here. Nothing in it is trusted before a person pins it. */
export interface Local {
  /** The local chain's trust file: offered for pinning. */
  readonly trust: Trust;
  /** Its text, to show and to keep. */
  readonly trustText: string;
  readonly writer: LocalWriter | null;
  /** Null also while they start. */
  readonly hosts: LocalHosts | null;
}

const maximumLength = 8 * 1024 * 1024;

/**
 * Reads `local.json` beside the page. Null where there is none, which is the rule on any host but `npm start`'s.
 * `{ "affidavit": "local/1", "trust": trust/1 object, "writer": { "url", "token" } | null, "hosts"?: { "trust", "host": { "did", "url" }, "validators": [{ "did", "url", "operator", "region" }] } | null }`
 * @throws AuditorError `source` LOCAL_FORM where it is there and has another form; TRUST_… where its trust file is not one.
 */
export async function readLocal(base: string, signal?: AbortSignal): Promise<Local | null> {
  const answer = await fetch(new URL('local.json', base), { cache: 'no-store', ...(signal ? { signal } : {}) });
  if (!answer.ok || !/\bjson\b/.test(answer.headers.get('content-type') ?? '')) return null;
  const text = await answer.text();
  if (text.length > maximumLength)
    throw fault(`it is ${text.length} characters long, of which ${maximumLength} are read`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw fault('it is not JSON', cause);
  }
  if (!isObject(value) || value.affidavit !== 'local/1') throw fault('"affidavit": "local/1" was expected');
  if (!isObject(value.trust)) throw fault('a trust file under "trust" was expected');
  const trustText = `${JSON.stringify(value.trust, null, 2)}\n`;
  return { trust: parseTrust(trustText), trustText, writer: readWriter(value.writer), hosts: readHosts(value.hosts) };
}

function readWriter(value: unknown): LocalWriter | null {
  if (value === undefined || value === null) return null;
  if (
    !isObject(value) ||
    typeof value.url !== 'string' ||
    typeof value.token !== 'string' ||
    !URL.canParse(value.url)
  ) {
    throw fault('"writer" with "url" and "token" was expected');
  }
  return { url: value.url, token: value.token };
}

function readHosts(value: unknown): LocalHosts | null {
  if (value === undefined || value === null) return null;
  if (!isObject(value) || !isObject(value.trust) || !isService(value.host) || !Array.isArray(value.validators)) {
    throw fault('"hosts" with "trust", "host" and "validators" was expected');
  }
  const { did, url } = value.host;
  return {
    host: { did, url },
    validators: value.validators.map((entry: unknown) => {
      if (!isService(entry) || typeof entry.operator !== 'string' || typeof entry.region !== 'string') {
        throw fault('validators with "did", "url", "operator" and "region" were expected');
      }
      return { did: entry.did, url: entry.url, operator: entry.operator, region: entry.region };
    }),
    trust: parseTrust(JSON.stringify(value.trust)),
  };
}

interface Service {
  readonly did: string;
  readonly url: string;
  readonly [member: string]: unknown;
}

function isService(value: unknown): value is Service {
  return isObject(value) && typeof value.did === 'string' && typeof value.url === 'string' && URL.canParse(value.url);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fault(reason: string, cause?: unknown): AuditorError {
  return new AuditorError('source', 'LOCAL_FORM', `local.json cannot be used: ${reason}. Start the services anew.`, {
    cause,
  });
}
