import { kinds } from '../../../core/kinds/registry.ts';
import type { Report } from '../../../core/kinds/judge.ts';
import type { Messages } from '../../../core/verdict/messages.ts';
import { toldMessages, toldTitle } from '../../words/told.ts';
import { verdict } from '../../words/verdict.en.ts';

/** One of two verdicts, and what is known of how it was made. */
export interface Side {
  readonly report: Report;
  /** What it was judged under, in words. */
  readonly trust: string;
  /** Names of the files beside it; undefined where that is not known. */
  readonly companions: readonly string[] | undefined;
  /** A remark on where it comes from. */
  readonly remark?: string;
}

export function messagesOf({ kind: name }: Report): Messages {
  const kind = kinds.find((each) => each.name === name);
  return kind ? toldMessages(kind) : {};
}

export function titleOf({ kind: name }: Report): string {
  const kind = kinds.find((each) => each.name === name);
  return kind ? toldTitle(kind) : verdict.unknownKind;
}
