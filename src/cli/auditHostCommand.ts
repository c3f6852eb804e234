import { auditHost, type HostAudit } from '../audit/host/auditHost.ts';
import type { AskedValidator } from '../audit/host/collectVouches.ts';
import { identifyService } from '../audit/launch/identifyService.ts';
import { evmContractMessages } from '../core/evm/contractMessages.en.ts';
import { hostDigest } from '../core/host/hostCredential.ts';
import { kinds } from '../core/kinds/registry.ts';
import type { Messages } from '../core/verdict/messages.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { verdictWords } from '../core/verdict/words.en.ts';
import { wrongCall } from './args.ts';
import { writeResult } from './files.ts';
import { acceptedStates } from './hostStates.ts';
import type { ExitCode, Io } from './io.ts';
import { clean, paintFor, readableChecks, readableLabels, summary, type Paint } from './readable.ts';
import { readTrust } from './readTrust.ts';

export interface HostWanted {
  /** Its DID. */
  readonly did: string;
  readonly trust: string;
  /** Its address, where its DID document does not say that. */
  readonly service: string | undefined;
  /** Addresses. */
  readonly validators: readonly string[];
  readonly out: string | undefined;
  readonly json: boolean;
  readonly usage: string;
}

/** Milliseconds that each service has. */
const patience = 30_000;

const messages: Messages = { ...Object.assign({}, ...kinds.map((kind) => kind.messages)), ...evmContractMessages };

/**
 * `audit --host`: a host as it is now, asked for a credential, which validators vouch for, against all that the ledgers of the trust file prove. One line of JSON; without `--json` the same in words on
 * standard error too. `--out` gets the credential with its proofs, for `check`.
 */
export async function auditHostCommand(wanted: HostWanted, io: Io): Promise<ExitCode> {
  const { did, usage, service, json, out } = wanted;
  if (!/^did:[a-z0-9]+:[A-Za-z0-9._:%-]{1,2000}$/.test(did)) {
    throw wrongCall(`--host: a DID was expected, found ${JSON.stringify(did.slice(0, 100))}.`, usage);
  }
  const trust = await readTrust(io.folder, wanted.trust, io.signal);
  const validators = await Promise.all(wanted.validators.map((url) => identify(url, io)));
  io.doing(`asking the host ${did}`);
  const accepted = await acceptedStates(io.userFolder, did);
  const audit = await auditHost({
    did,
    trust,
    validators: validators.filter((each) => each !== undefined),
    patience,
    now: io.now,
    signal: io.signal,
    ...(service === undefined ? {} : { url: service.replace(/\/+$/, '') }),
    ...(accepted && { accepted }),
  }).catch((error: unknown) => {
    const asked = service === undefined && error instanceof AuditorError && error.code === 'HOST_SERVICE';
    throw asked
      ? new AuditorError('source', error.code, `${error.message} Give the address of its service with --service.`)
      : error;
  });
  if (json || !io.watched) io.line(printed(did, audit));
  if (out !== undefined) await writeResult(io.folder, out, `${JSON.stringify(audit.credential.json)}\n`);
  if (!json) io.say(readable(did, audit, paintFor(io.colour)));
  return audit.verdict === 'verified' ? 0 : 1;
}

/** One that is gone holds up nobody, and vouches for nothing. */
async function identify(url: string, io: Io): Promise<AskedValidator | undefined> {
  try {
    return await identifyService(url, AbortSignal.any([io.signal, AbortSignal.timeout(patience)]));
  } catch (error) {
    io.signal.throwIfAborted();
    io.say(`${url} is left out: ${error instanceof AuditorError ? error.message : 'it does not answer in time.'}`);
    return undefined;
  }
}

function printed(host: string, audit: HostAudit) {
  const { verdict, url, at, labels, nonce, credential, count, vouched, details, ledgers, offers, checks } = audit;
  return {
    verdict,
    host,
    service: url,
    at: new Date(at).toISOString(),
    labels,
    credential: hostDigest(credential.json),
    nonce,
    counted: count.counted,
    threshold: details?.threshold ?? null,
    validators: vouched.map(({ did, state, reason }) => ({ did, state, reason })),
    lists: details?.lists ?? [],
    ledgers: ledgers.map(({ chainId, head }) => ({
      chainId,
      head: head ? { number: head.number, hash: head.hash, time: head.timestamp } : null,
    })),
    offers: offers.map(({ did, url: address, labels: said, pins }) => ({ did, url: address, labels: said, pins })),
    checks,
  };
}

function readable(host: string, audit: HostAudit, paint: Paint): string {
  const { verdict, checks, labels, url, ledgers, offers, count, details } = audit;
  const lines = [
    `${paint(verdictWords[verdict], verdict)}: host ${host}`,
    `  ${summary(verdict, checks)}`,
    `  It answers at ${url}; ${count.counted} of ${details?.threshold ?? 0} validators that are demanded vouch for it.`,
    ...ledgers.map(({ chainId, head }) =>
      head
        ? `  Ledger ${chainId} was read up to block ${head.number} of ${new Date(head.timestamp * 1000).toISOString()}.`
        : `  No block of ledger ${chainId} could be relied upon.`,
    ),
    ...offers.map(
      ({ did, url: address }) =>
        `  ${did} is not pinned. ${address} says whose keys it has: look at it, and add it to "dids" of your trust file.`,
    ),
    ...readableLabels(labels, paint),
    '',
    ...readableChecks(checks, messages, paint),
  ];
  return `${lines.map(clean).join('\n')}\n`;
}
