import { isObject } from '../../core/vc/credential.ts';
import { sentinelOf } from '../../core/vc/sentinels.ts';
import { parseJson, type JsonObject } from '../../core/bytes/json.ts';
import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { retry } from '../process/retry.ts';
import type { BloxbergSettings } from './settings.ts';

/** What is to be certified: digests of files, never the files. */
export interface CertifyRequest {
  /** SHA-256 of each file, 64 lower-case hex digits; 1 to 1000. */
  readonly digests: readonly string[];
  /** The account on bloxberg that the certificates' tokens go to. */
  readonly account: string;
  /** Words beside it. The certificates' hash does not cover them: anyone can change them afterwards. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface ApiOptions {
  readonly signal?: AbortSignal;
  /** For one try, milliseconds: minting waits for blocks. */
  readonly timeout?: number;
  readonly attempts?: number;
  /** Longest wait before a second try, milliseconds. */
  readonly firstWait?: number;
}

const maximum = { digests: 1000, answer: 32 * 1024 * 1024, excuse: 500 } as const;

/**
 * Has digests certified (`POST createBloxbergCertificate`, header `api_key`). The answer is not believed: `checkIssued` looks at it.
 * @throws AuditorError usage BLOXBERG_DIGEST, BLOXBERG_ACCOUNT; source BLOXBERG_REFUSED, BLOXBERG_UNREACHABLE, BLOXBERG_UNCERTAIN, BLOXBERG_ANSWER
 */
export async function createCertificates(
  settings: BloxbergSettings,
  { digests, account, metadata = {} }: CertifyRequest,
  options: ApiOptions = {},
): Promise<readonly JsonObject[]> {
  checkDigests(digests);
  if (!/^0x[0-9a-fA-F]{40}$/.test(account)) {
    throw new AuditorError('usage', 'BLOXBERG_ACCOUNT', 'Expected an account on bloxberg: 0x and 40 hex digits.');
  }
  const body = {
    publicKey: account,
    crid: digests,
    cridType: 'sha2-256',
    enableIPFS: false,
    metadataJson: JSON.stringify(metadata),
  };
  const answer = await post(settings, 'createBloxbergCertificate', body, options);
  const list = readList(answer);
  if (list.length !== digests.length) {
    throw badAnswer(`it holds ${list.length} certificates where ${digests.length} were asked for`);
  }
  return list;
}

/** The certificates as drawn PDFs in a ZIP archive, each with its JSON attached (`POST generatePDF`). @throws as above */
export async function generatePdfs(
  settings: BloxbergSettings,
  certificates: readonly JsonObject[],
  options: ApiOptions = {},
): Promise<Uint8Array> {
  const archive = await post(settings, 'generatePDF', certificates, options);
  if (archive[0] !== 0x50 || archive[1] !== 0x4b) throw badAnswer('it is no ZIP archive of PDFs');
  return archive;
}

function checkDigests(digests: readonly string[]): void {
  const fault = (words: string) => new AuditorError('usage', 'BLOXBERG_DIGEST', words);
  if (digests.length === 0 || digests.length > maximum.digests) {
    throw fault(`Expected 1 to ${maximum.digests} digests, found ${digests.length}.`);
  }
  if (new Set(digests).size !== digests.length) throw fault('One file is given twice.');
  for (const digest of digests) {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw fault(`“${digest.slice(0, 80)}” is no SHA-256 of 64 hex digits.`);
    const empty = sentinelOf(digest);
    if (empty !== undefined) throw fault(`This is the digest of ${empty}. A certificate of it would certify nothing.`);
  }
}

/** Tried again only where the first try cannot have minted anything: a certificate is never to be issued twice by a retry. */
class Refusal extends Error {
  readonly again: boolean;

  constructor(message: string, again: boolean) {
    super(message);
    this.again = again;
  }
}

async function post(
  { url, key }: BloxbergSettings,
  path: string,
  body: unknown,
  { signal, timeout = 180_000, attempts = 4, firstWait = 1000 }: ApiOptions,
): Promise<Uint8Array> {
  const address = new URL(path, url.href.endsWith('/') ? url : `${url.href}/`);
  const once = async (): Promise<Uint8Array> => {
    const limit = AbortSignal.timeout(timeout);
    const response = await fetch(address, {
      method: 'POST',
      headers: { api_key: key, 'content-type': 'application/json', accept: 'application/json, application/zip' },
      body: JSON.stringify(body),
      // The key is for this address alone.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw connectionFault(error, address);
    });
    if (response.ok) return readBody(response);
    throw await refusal(response, address);
  };
  try {
    return await retry(once, {
      attempts,
      firstWait,
      retryable: (error) => error instanceof Refusal && error.again,
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new AuditorError('source', 'BLOXBERG_UNREACHABLE', error.message, { cause: error });
  }
}

const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];

function connectionFault(error: unknown, { origin }: URL): Error {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  if (neverSent.includes(String(cause?.code))) {
    return new Refusal(
      `${origin} cannot be reached (${String(cause?.code)}). Look at the address and the network.`,
      true,
    );
  }
  return uncertain(origin, error instanceof Error ? error.message : String(error), error);
}

function uncertain(origin: string, what: string, cause?: unknown): AuditorError {
  const words = `${origin} broke off after it was asked (${what}). The certificates may have been issued all the same: look before you ask again.`;
  return new AuditorError('source', 'BLOXBERG_UNCERTAIN', words, { cause });
}

async function refusal(response: Response, { origin }: URL): Promise<Error> {
  const { status } = response;
  const said = (await response.text().catch(() => '')).slice(0, maximum.excuse);
  if (status === 429 || status === 503)
    return new Refusal(`${origin} has too much to do (${status}). Try again later.`, true);
  if (status >= 500) return uncertain(origin, `status ${status}`);
  if (status === 401 || status === 403) {
    return new AuditorError(
      'source',
      'BLOXBERG_REFUSED',
      `${origin} does not take the key (${status}). Ask bloxberg for one that is valid.`,
    );
  }
  if (status >= 300 && status < 400) {
    return new AuditorError(
      'source',
      'BLOXBERG_REFUSED',
      `${origin} points elsewhere (${status}), where the key is not sent. Give its right address.`,
    );
  }
  return new AuditorError(
    'source',
    'BLOXBERG_REFUSED',
    `${origin} refused (${status}): ${said === '' ? 'it said nothing' : said}`,
  );
}

async function readBody(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of response.body ?? []) {
      length += part.length;
      if (length > maximum.answer) throw badAnswer(`it is longer than ${maximum.answer} bytes`);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof AuditorError) throw error;
    throw uncertain(new URL(response.url).origin, 'the answer was cut off', error);
  }
  return Buffer.concat(parts);
}

function readList(answer: Uint8Array): readonly JsonObject[] {
  try {
    const json = parseJson(decodeUtf8(answer), { maximumDepth: 32 });
    if (Array.isArray(json) && json.every((each) => isObject(each))) return json;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw badAnswer(error.message);
  }
  throw badAnswer('it is no list of certificates');
}

export function badAnswer(what: string): AuditorError {
  return new AuditorError('source', 'BLOXBERG_ANSWER', `bloxberg’s answer cannot be used: ${what}.`);
}
