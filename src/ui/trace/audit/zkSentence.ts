import type { JsonValue } from '../../../core/bytes/json.ts';
import type { SymbolLookup } from '../../../core/trace/eventJson.ts';
import { zkPartFromJson, type ZkPart } from '../../../core/trace/zk/zkPart.ts';
import { FormatError } from '../../../core/verdict/auditorError.ts';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { tell, type Part } from './eventParts.ts';

const { zk: words } = traceAudit;

/** The part of a proof that discloses nothing, where it can be read; the checks say where it cannot. */
export function readZk(zk: JsonValue): ZkPart | undefined {
  try {
    return zkPartFromJson(zk);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** What is proved without being shown, in pieces of a sentence. */
export function zkSentence(zk: JsonValue, lookup: SymbolLookup): readonly Part[] {
  const part = readZk(zk);
  if (!part) return [];
  const { function: index, part: of, position, lo, hi } = part.statement;
  const name = lookup.functionAt(index)?.name;
  return tell(words[of], {
    function: { value: name === undefined || name === '' ? String(index) : name },
    position: { value: String(position + 1) },
    lo: { value: String(lo) },
    hi: { value: String(hi) },
  });
}
