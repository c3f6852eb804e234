import { toHex } from '../../../core/bytes/hex.ts';
import type { JsonValue } from '../../../core/bytes/json.ts';
import type { SymbolLookup } from '../../../core/trace/eventJson.ts';
import type { Check } from '../../../core/verdict/check.ts';
import { Digest } from '../../parts/Digest.tsx';
import { Facts } from '../../parts/Facts.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { StatusMark } from '../../zipper/StatusMark.tsx';
import { eventKey } from '../../../core/trace/zk/eventKey.ts';
import { tell } from './eventParts.ts';
import lines from './TraceLines.module.css';
import { Told } from './Told.tsx';
import { readZk, zkSentence } from './zkSentence.ts';

const { zk: words } = traceAudit;

interface Props {
  readonly zk: JsonValue;
  readonly checks: readonly Check[];
  readonly lookup: SymbolLookup;
}

/** What is proved of a value that stays hidden; that its setup can be forged stands with it, not elsewhere. */
export function ZkShown({ zk, checks, lookup }: Props) {
  const part = readZk(zk);
  if (!part) return null;
  const holds = checks.find(({ code }) => code === 'ZK_PROOF')?.status ?? 'unknown';
  const isDevelopment = part.key === undefined && eventKey.setup === 'development';
  return (
    <section className={lists.section} aria-labelledby="shown-zk">
      <h2 id="shown-zk">{words.title}</h2>
      {isDevelopment && <Notice title={words.label} next={words.labelText} />}
      <p className={lines.outcome}>
        <StatusMark of={holds} size={24} />
        <span>
          <Told parts={zkSentence(zk, lookup)} />
        </span>
      </p>
      <p>
        <Told parts={tell(words.hidden, { hidden: { hidden: true } })} />
      </p>
      <p className={lists.hint}>{words.claims}</p>
      <Facts
        facts={[
          [words.circuit, part.circuit],
          [words.nonce, <Digest key="nonce" hex={toHex(part.nonce)} what={words.nonce} />],
          [words.key, part.key ? words.own : words.builtIn],
        ]}
      />
    </section>
  );
}
