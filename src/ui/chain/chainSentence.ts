import type { JudgedAudit } from '../../audit/remote/protocol.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { utcMoment } from '../format/moment.ts';
import { number } from '../format/quantity.ts';
import { chain } from '../words/chain.en.ts';

const { sentence: words } = chain;

/** The finding of an audit as a sentence, without the verdict; undefined before there is one. */
export function chainSentence(
  { name, checkpoint }: ChainPin,
  audit: JudgedAudit | null | undefined,
): string | undefined {
  if (!audit) return undefined;
  if (!audit.tip) return fill(words.none, { name });
  const tip = fill(chain.tip, { height: number(audit.tip.height ?? 0), moment: utcMoment(audit.tip.time * 1000) });
  const template = audit.verdict === 'verified' && checkpoint ? words.fromCheckpoint : words[audit.verdict];
  return fill(template, { name, tip });
}
