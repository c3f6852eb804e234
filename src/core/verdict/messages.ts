import type { Check, Code, Params } from './check.ts';

/**
 * The words of one check. `{name}` stands for a parameter. `title` is what is claimed; the other three say how it turned out,
 * each a sentence that a stranger understands. `action` says what the person can do when it does not pass.
 */
export interface Message {
  readonly title: string;
  readonly pass?: string;
  readonly fail?: string;
  readonly unknown?: string;
  readonly action?: string;
}

export type Messages = Readonly<Record<Code, Message>>;

/** Signs that turn around what stands beside them: a value out of evidence has no say over the sentence that it stands in. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Fills `{name}` from params; a name that is not there stays visible, so that a missing value is never silent. */
export function fill(template: string, params: Params = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]).replace(turning, '\uFFFD') : whole,
  );
}

/**
 * The sentence for a check: its own outcome's words, else its title. A check that was planned and never made carries no values, so its title
 * stands for it where its words would need some.
 */
export function sentence(check: Pick<Check, 'code' | 'status' | 'params'>, messages: Messages): string {
  const message = messages[check.code];
  if (!message) return check.code;
  const words = fill(message[check.status] ?? message.title, check.params);
  return check.status === 'unknown' && /\{\w+\}/.test(words) ? fill(message.title, check.params) : words;
}

/**
 * What the person can do about a check that does not hold. Where it needs values that the check does not carry (it was planned and never made, or what it is
 * about could not be read) there is nothing to say.
 */
export function actionOf(check: Pick<Check, 'code' | 'status' | 'params'>, messages: Messages): string | undefined {
  const action = check.status === 'pass' ? undefined : messages[check.code]?.action;
  const words = action === undefined ? undefined : fill(action, check.params);
  return words === undefined || /\{\w+\}/.test(words) ? undefined : words;
}
