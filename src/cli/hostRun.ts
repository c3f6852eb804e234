import type { AskedValidator, Vouched } from '../audit/host/collectVouches.ts';
import { launchOnHost, type Launched, type LaunchOrder, type LaunchStep } from '../audit/host/launchOnHost.ts';
import { readLedgers } from '../audit/host/readLedgers.ts';
import { readImageDescription } from '../audit/host/readImageDescription.ts';
import { identifyService } from '../audit/launch/identifyService.ts';
import { decodeUtf8 } from '../core/bytes/bytes.ts';
import { hostDigest } from '../core/host/hostCredential.ts';
import { maximumImageLength } from '../core/host/release/image.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { readArgs, wrongCall } from './args.ts';
import { readGivenFile, writeResult } from './files.ts';
import { acceptState, acceptedStates } from './hostStates.ts';
import { hostSelection } from './hostSelection.ts';
import { hostUsage } from './hostUsage.ts';
import type { ExitCode, Io } from './io.ts';
import { readTrust } from './readTrust.ts';

/** `launch run`: the client's whole way, each step said. Exit code 0: accepted, and where there is an image, its program ended with 0. */
export async function hostRun(args: readonly string[], io: Io): Promise<ExitCode> {
  const kinds = {
    trust: 'value',
    host: 'value',
    validator: 'values',
    image: 'value',
    select: 'value',
    seed: 'value',
    known: 'value',
    chain: 'flag',
    seconds: 'value',
    'new-state': 'flag',
    out: 'value',
  } as const;
  const { options, rest } = readArgs(args, kinds, hostUsage);
  const { trust: trustFile, host, validator: addresses, image: imageFile, seconds = '30', out } = options;
  if (trustFile === undefined || host === undefined || rest.length > 0) {
    throw wrongCall('--trust and --host are needed.', hostUsage);
  }
  if (!/^\d{1,4}$/.test(seconds) || Number(seconds) < 1) throw wrongCall('--seconds is a number from 1.', hostUsage);
  const patience = Number(seconds) * 1000;
  const pinned = await readTrust(io.folder, trustFile, io.signal);
  const image = imageFile === undefined ? undefined : await readImage(io, imageFile);
  io.doing('asking the host');
  const { did } = await whoIs(host, patience, io);
  const chosen = await hostSelection({ ...options, trust: pinned, host: did }, io);
  const trust = chosen?.trust ?? pinned;
  const asked = chosen && addresses.length === 0 ? chosen.addresses : addresses;
  const known = await Promise.all(
    asked.map((url) => whoIs(url, patience, io).catch((error) => silent(error, url, io))),
  );
  const accepted = options['new-state'] ? undefined : await acceptedStates(io.userFolder, did);
  io.doing('launching');
  const launched = await launchOnHost({
    host,
    did,
    ledgers: () => readLedgers(trust, { now: io.now(), signal: io.signal }),
    validators: known.filter((each) => each !== undefined && (!chosen || chosen.has(each.did))) as AskedValidator[],
    trust,
    ...(image && { image }),
    ...(accepted && { accepted }),
    mode: options.chain ? 'chain' : 'fan-out',
    patience,
    now: io.now,
    signal: io.signal,
    onStep: (step) => io.say(stepWords(step)),
  });
  const { refusal, credential, result } = launched;
  if (refusal === undefined) await acceptState(io.userFolder, credential.json, accepted?.first);
  if (out !== undefined) await writeResult(io.folder, out, `${JSON.stringify(credential.json)}\n`);
  io.line({ ...summaryOf(launched), ...(chosen && { selection: chosen.shown }) });
  if (refusal !== undefined) {
    io.say(`Refused: ${refusal} Nothing was opened.`);
    return 1;
  }
  if (!result) return 0;
  return result.end.kind === 'exit' && result.end.code === 0 ? 0 : 1;
}

async function readImage(io: Io, name: string): Promise<NonNullable<LaunchOrder['image']>> {
  const encrypted = await readGivenFile(io.folder, name, maximumImageLength, io.signal);
  const description = decodeUtf8(await readGivenFile(io.folder, `${name}.json`, 1024 * 1024, io.signal));
  return { encrypted, description: readImageDescription(description) };
}

/** Who answers there; whether he is one of the selected shows when he proves it. */
function whoIs(url: string, patience: number, io: Io): Promise<AskedValidator> {
  return identifyService(url, AbortSignal.any([io.signal, AbortSignal.timeout(patience)]));
}

/** One that is gone holds up nobody. */
function silent(error: unknown, url: string, io: Io): undefined {
  io.signal.throwIfAborted();
  io.say(`${url} is left out: ${error instanceof AuditorError ? error.message : 'it does not answer in time.'}`);
}

function stepWords(step: LaunchStep): string {
  switch (step.step) {
    case 'asked':
      return `The host is asked for a credential that answers the nonce ${step.nonce}, which commits to a one-time key.`;
    case 'answered':
      return `${step.host} has answered, with ${step.files} files of evidence.`;
    case 'judged':
      return 'It holds but for the threshold: the validators are asked.';
    case 'vouched':
      return `${vouchedWords(step.vouched)} ${step.counted} of ${step.threshold} that are demanded.`;
    case 'accepted':
      return `The host is accepted: ${step.counted} validators count, and all of its evidence holds.`;
    case 'opened':
      return `The key was put together and the image opened: ${step.inside}, as its owner published.`;
    case 'ran':
      return `Its program ran: ${JSON.stringify(step.result.end)}.`;
  }
}

function vouchedWords({ did, state, reason }: Vouched): string {
  return `${did}: ${state}${reason === '' ? '.' : `, ${reason}`}`;
}

function summaryOf({ refusal, nonce, credential, count, vouched, result }: Launched): object {
  return {
    host: credential.issuer,
    accepted: refusal === undefined,
    ...(refusal === undefined ? {} : { refusal }),
    nonce,
    credential: hostDigest(credential.json),
    counted: count.counted,
    validators: vouched.map(({ did, state, reason }) => ({ did, state, reason })),
    ...(result && { end: result.end, stdout: new TextDecoder().decode(result.stdout) }),
  };
}
