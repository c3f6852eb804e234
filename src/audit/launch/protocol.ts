import type { JsonObject } from '../../core/bytes/json.ts';
import type { HostDetails } from '../../core/host/details.ts';
import { hasId, isErrorReply, type ErrorReply, type FileBytes } from '../../core/kinds/protocol.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { Check } from '../../core/verdict/check.ts';
import type { Verdict } from '../../core/verdict/status.ts';
import type { ImageDescription } from '../host/dealImage.ts';
import type { AcceptedStates } from '../host/examineHost.ts';
import type { Launched, LaunchOrder, LaunchStep } from '../host/launchOnHost.ts';
import type { ServiceIdentity } from './identifyService.ts';

/** A launch as the page asks for it. What is to run is encrypted already (`image`), or encrypted and dealt now (`program`), or nothing: then the host is only judged. */
export interface PageLaunch extends Pick<
  LaunchOrder,
  'host' | 'validators' | 'trust' | 'accepted' | 'mode' | 'patience' | 'image'
> {
  /** DID of the host: a program that is dealt now is for it alone. */
  readonly did: string;
  /** How many shares open what is dealt now. */
  readonly shares: number;
  readonly program?: Uint8Array;
}

export type PageStep =
  | LaunchStep
  | { readonly step: 'dealt'; readonly description: ImageDescription; readonly length: number }
  /** The registries of the trust file's ledgers are read. */
  | { readonly step: 'ledgers'; readonly count: number };

export interface PageLaunched extends Launched {
  /** What was encrypted for this launch. */
  readonly dealt?: { readonly encrypted: Uint8Array; readonly description: ImageDescription };
}

/** A credential with the files beside it, to be judged as it is now. */
export interface Examination {
  readonly credential: JsonObject;
  readonly files: readonly FileBytes[];
  readonly trust: Trust;
  readonly accepted?: AcceptedStates;
  /** Whether its status list is fetched anew, and the ledgers that the trust file names are read. */
  readonly asks: boolean;
}

export interface HostExamined {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly details: HostDetails | undefined;
  /** With the newest list, where it was asked for. */
  readonly files: readonly FileBytes[];
}

interface Questions {
  readonly identify: { readonly url: string };
  readonly history: { readonly url: string };
  readonly launch: { readonly launch: PageLaunch };
  readonly examine: { readonly examination: Examination };
  readonly certify: { readonly examination: Examination };
}

interface Answers {
  readonly identify: ServiceIdentity;
  readonly history: readonly JsonObject[];
  readonly launch: PageLaunched;
  readonly examine: HostExamined;
  /** The file. */
  readonly certify: string;
}

export type QuestionName = keyof Questions;
export type QuestionOf<Name extends QuestionName> = Questions[Name];
export type AnswerOf<Name extends QuestionName> = Answers[Name];

export type LaunchRequest =
  | { readonly [Name in QuestionName]: { readonly type: Name; readonly id: number } & Questions[Name] }[QuestionName]
  | { readonly type: 'cancel'; readonly id: number };

export type LaunchReply =
  | { readonly type: 'step'; readonly id: number; readonly step: PageStep }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answers[QuestionName] }
  | ErrorReply;

const questions: readonly string[] = ['identify', 'history', 'launch', 'examine', 'certify', 'cancel'];

export function isLaunchRequest(message: unknown): message is LaunchRequest {
  return hasId(message) && questions.includes(message.type);
}

export function isLaunchReply(message: unknown): message is LaunchReply {
  return isErrorReply(message) || (hasId(message) && (message.type === 'step' || message.type === 'answer'));
}
