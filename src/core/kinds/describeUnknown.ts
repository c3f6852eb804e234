import { fill } from '../verdict/messages.ts';
import type { Content } from './content.ts';
import type { Kind } from './kind.ts';
import { isSecret, lookOf } from './look.ts';
import { lookWords } from './lookWords.en.ts';

/** Why a file is of no known kind, in sentences: what it looks like, what to do, what is supported. */
export function describeUnknown(content: Content, kinds: readonly Pick<Kind, 'title'>[]): string {
  const look = lookOf(content);
  const { is, todo } = lookWords[look.name];
  const said = `${content.name} ${fill(is, look.params)} ${todo}`;
  if (isSecret(look)) return `WARNING: ${said}`;
  return look.name === 'empty' ? said : `${said} Supported are: ${kinds.map(({ title }) => title).join(', ')}.`;
}
