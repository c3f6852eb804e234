import type { Check } from '../../core/verdict/check.ts';
import { launch } from '../words/launch.en.ts';

const words: Readonly<Record<string, string>> = launch.refusals;

/** What a launch was refused for, in a few words: revoked, stale, drifted, too few … @param refusal as `launchOnHost` says it, which begins with the check's code */
export function refusalOf(refusal: string, checks: readonly Check[]): string {
  const code = /^(HOST_[A-Z_]+)/.exec(refusal)?.[1] ?? '';
  const status = checks.find((check) => check.code === code)?.status ?? '';
  return words[`${code}_${status}`] ?? words[code] ?? launch.refusals.other;
}

/** The reason without the code that it begins with. */
export function reasonOf(refusal: string): string {
  return refusal.replace(/^(HOST_[A-Z_]+(: | fails\. | is not known\. ))+/, '');
}
