import { toBase64Url } from '../../core/bytes/base64.ts';
import { sameDid } from '../../core/did/didChange.ts';
import { contextSource } from '../../core/vc/contextSource.ts';
import { withdrawnBy } from '../../core/host/checkRevoked.ts';
import { ledgerDocuments } from '../../core/host/controllers.ts';
import { countValidators, type Count } from '../../core/host/countValidators.ts';
import type { HostDetails } from '../../core/host/details.ts';
import { hostPolicy } from '../../core/host/hostPolicy.ts';
import { hostDigest, readHostCredential, type HostCredential } from '../../core/host/hostCredential.ts';
import type { HostLedger } from '../../core/host/hostLedger.ts';
import { isReleased, releaseKey, type Released } from '../../core/host/release/releaseKey.ts';
import type { Context } from '../../core/kinds/kind.ts';
import type { ProgramInputs, ProgramResult } from '../../core/trace/run/types.ts';
import type { Check } from '../../core/verdict/check.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { makeHpkeKey, publicKeyBytes } from '../hpke/hpke.ts';
import { collectVouches, type AskedValidator, type ClientKey, type Vouched } from './collectVouches.ts';
import type { ImageDescription } from './dealImage.ts';
import { examineHost, faultOf, type Examined, type ExamineOptions } from './examineHost.ts';
import { contentsOf, demandCredential, type HostFile } from './hostAnswer.ts';
import { timeWith } from './timeWith.ts';
import { clientNonce } from './wire.ts';

export interface LaunchOrder extends Pick<ExamineOptions, 'trust' | 'accepted'> {
  /** What registries say, proven; or how that is read, once the host has answered: it may anchor a new status list for its answer. */
  readonly ledgers?: readonly HostLedger[] | (() => Promise<readonly HostLedger[]>);
  /** Address of the host's agent. */
  readonly host: string;
  /** Who the host must be; whoever answers where left out. */
  readonly did?: string;
  readonly validators: readonly AskedValidator[];
  readonly mode: 'fan-out' | 'chain';
  /** The encrypted image, and what its owner says of it; without one the host is only judged. */
  readonly image?: { readonly encrypted: Uint8Array; readonly description: ImageDescription };
  /** False: the image is opened, and whoever asked runs it; true where left out. */
  readonly runs?: boolean;
  /** What the program is given. */
  readonly inputs?: Partial<ProgramInputs>;
  /** Milliseconds that each service has. */
  readonly patience: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: LaunchStep) => void;
}

export type LaunchStep =
  | { readonly step: 'asked'; readonly nonce: string }
  | { readonly step: 'answered'; readonly host: string; readonly files: number }
  /** Everything but the threshold holds: the validators are asked. */
  | { readonly step: 'judged' }
  | { readonly step: 'vouched'; readonly vouched: Vouched; readonly counted: number; readonly threshold: number }
  | { readonly step: 'accepted'; readonly counted: number }
  | { readonly step: 'opened'; readonly inside: string }
  | { readonly step: 'ran'; readonly result: ProgramResult };

export interface Launched {
  /** Undefined where all went well; else why nothing was launched, in words. */
  readonly refusal: string | undefined;
  readonly nonce: string;
  /** With the proofs that were taken, and the files that it names: what others can judge again. */
  readonly credential: HostCredential;
  readonly files: readonly HostFile[];
  readonly count: Count;
  readonly vouched: readonly Vouched[];
  readonly checks: readonly Check[];
  /** What the page of a host draws. */
  readonly details?: HostDetails;
  readonly labels: readonly string[];
  /** What was inside the image, where it was opened. */
  readonly opened?: Uint8Array;
  readonly result: ProgramResult | undefined;
}

/**
 * The client's way: demands a credential for a nonce that commits to a one-time key, judges it, collects the validators' proofs until the threshold is met, judges the whole again, puts the key together,
 * opens the image, compares what is inside, and runs it. It stops at the first thing that does not hold or is not known.
 * @throws AuditorError `source` HOST_SERVICE | REFUSED where the host does not answer, HOST_OTHER where it is another; FormatError for what is no credential
 */
export async function launchOnHost(order: LaunchOrder): Promise<Launched> {
  const { host, trust, accepted, image, patience, signal, onStep, mode, validators } = order;
  const client = await makeClientKey();
  const nonce = clientNonce(client.bytes, client.saltBytes);
  const wanted = image && { digest: image.description.image, keyCommitment: image.description.keyCommitment };
  onStep?.({ step: 'asked', nonce });
  const late = AbortSignal.timeout(patience);
  const answer = await demandCredential(host, nonce, wanted, signal ? AbortSignal.any([signal, late]) : late);
  const { files } = answer;
  if (order.did !== undefined && sameDid(answer.credential.issuer) !== sameDid(order.did)) {
    const words = `${host} is another host: it answers as ${answer.credential.issuer.slice(0, 200)}.`;
    throw new AuditorError('source', 'HOST_OTHER', words);
  }
  const contents = contentsOf(files);
  onStep?.({ step: 'answered', host: answer.credential.issuer, files: files.length });
  const ledgers = typeof order.ledgers === 'function' ? await order.ledgers() : (order.ledgers ?? []);
  const now = () => timeWith(order.now(), ledgers);
  const look = (credential: HostCredential, demandsThreshold: boolean) =>
    examineHost(credential, contents, {
      trust,
      ledgers,
      nonce,
      now: now(),
      demandsThreshold,
      ...(accepted && { accepted }),
    });
  const chosen = hostPolicy(trust, answer.credential.issuer);
  const first = await look(answer.credential, false);
  const shown = ({ judged: { details, labels } }: Examined) => ({ labels, ...(details && { details }) });
  const base = { nonce, credential: answer.credential, files, result: undefined, ...shown(first) };
  const refused = first.refusal ?? ('reason' in chosen ? chosen.reason : undefined);
  if (refused !== undefined || !('policy' in chosen)) {
    return { ...base, refusal: refused, count: first.count, checks: first.checks, vouched: [] };
  }
  onStep?.({ step: 'judged' });
  const { policy } = chosen;
  const keys = { trust, beside: [], ledger: ledgerDocuments(ledgers) };
  const context: Context = { trust, companions: [], now: now(), host: { ledgers } };
  const source = contextSource(context, []);
  const digest = hostDigest(answer.credential.json);
  let counted = 0;
  const collected = await collectVouches({
    credential: answer.credential.json,
    files,
    client,
    validators,
    // An image may need more shares than the client demands proofs.
    threshold: Math.max(policy.threshold, image?.description.threshold ?? 0),
    mode,
    patience,
    count: (credential) => {
      const at = now();
      const withdrawn = (did: string) => withdrawnBy(did, digest, context, at);
      return countValidators(credential, { ...keys, source, at, policy, withdrawn });
    },
    ...(signal && { signal }),
    onVouched: (vouched) => {
      if (vouched.state === 'vouched') counted += 1;
      onStep?.({ step: 'vouched', vouched, counted, threshold: policy.threshold });
    },
  });
  const credential = readHostCredential(collected.credential);
  const second = await look(credential, true);
  const found = { ...base, ...shown(second), credential, count: second.count, vouched: collected.vouched };
  if (second.refusal !== undefined) return { ...found, refusal: second.refusal, checks: second.checks };
  onStep?.({ step: 'accepted', counted: second.count.counted });
  if (!image) return { ...found, refusal: undefined, checks: second.checks };
  const released = await releaseKey({
    credential,
    count: second.count,
    isAccepted: true,
    threshold: image.description.threshold,
    image: image.encrypted,
    shares: collected.vouched
      .filter(({ state }) => state === 'vouched')
      .map(({ did: validator, share }) => ({ validator, share })),
  });
  const checks = [...second.checks, ...released.checks];
  if (!isReleased(released) || !released.opened) return { ...found, checks, refusal: releaseFault(released) };
  if (released.opened.digest !== image.description.inside) {
    const refusal = `What is inside has the digest ${released.opened.digest}; its owner published ${image.description.inside}.`;
    return { ...found, checks, refusal };
  }
  onStep?.({ step: 'opened', inside: released.opened.digest });
  const opened = released.opened.image;
  if (order.runs === false) return { ...found, checks, refusal: undefined, opened };
  const { runPlain } = await import('../../core/trace/run/runPlain.ts');
  const { makeInputs } = await import('../../core/trace/run/inputs.ts');
  const result = await runPlain(released.opened.image, { inputs: makeInputs(order.inputs) }, signal);
  onStep?.({ step: 'ran', result });
  return { ...found, checks, refusal: undefined, opened, result };
}

interface FreshKey extends ClientKey {
  readonly bytes: Uint8Array;
  readonly saltBytes: Uint8Array;
}

/** Not extractable, and dropped when the launch is over. */
async function makeClientKey(): Promise<FreshKey> {
  const pair = await makeHpkeKey();
  const bytes = await publicKeyBytes(pair);
  const saltBytes = crypto.getRandomValues(new Uint8Array(32));
  return { pair, bytes, saltBytes, key: toBase64Url(bytes), salt: toBase64Url(saltBytes) };
}

function releaseFault({ checks }: Released): string {
  return checks.map(faultOf).find((fault) => fault !== undefined) ?? 'The key could not be put together.';
}
