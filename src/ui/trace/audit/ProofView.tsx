import { useMemo } from 'react';
import type { TraceProofDetails } from '../../../core/trace/checkProof.ts';
import { lookupProved } from '../../../core/trace/shownEvents.ts';
import type { SymbolLookup } from '../../../core/trace/eventJson.ts';
import { isOfWholeTrace } from '../../../core/trace/wholeTrace.ts';
import { vmIdentifier } from '../../../core/trace/metadata.ts';
import type { Trust } from '../../../core/trust/trust.ts';
import { FormatError } from '../../../core/verdict/auditorError.ts';
import type { Check } from '../../../core/verdict/check.ts';
import type { Messages } from '../../../core/verdict/messages.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { utcMoment } from '../../format/moment.ts';
import { count, number } from '../../format/quantity.ts';
import { Digest } from '../../parts/Digest.tsx';
import { Facts } from '../../parts/Facts.tsx';
import lists from '../../parts/lists.module.css';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { RunYourself } from '../reexecute/RunYourself.tsx';
import { eventParts, plainText, tell } from './eventParts.ts';
import { ShownEvents } from './ShownEvents.tsx';
import { Told } from './Told.tsx';
import { TraceAbout } from './TraceAbout.tsx';
import { TraceLines } from './TraceLines.tsx';
import { zkSentence } from './zkSentence.ts';
import { ZkShown } from './ZkShown.tsx';

const { headline: headlines, calls, prefix: prefixWords } = traceAudit;

interface Props {
  readonly details: TraceProofDetails;
  readonly checks: readonly Check[];
  readonly messages: Messages;
  readonly trust: Trust;
}

/** Everything that a proof about a trace shows, whether it is a file of its own or inside a certificate. */
export function ProofView({ details, checks, messages, trust }: Props) {
  const { proof, functions } = details;
  const lookup = useMemo(() => lookupOf(details), [details]);
  const isIncluded = checks.some(({ code, status }) => code === 'TRACE_INCLUSION' && status === 'pass');
  return (
    <>
      <TraceLines checks={checks} messages={messages} />
      <RunYourself files={[]} claim={proof.metadata} />
      {details.events.length > 0 && <ShownEvents details={details} lookup={lookup} isIncluded={isIncluded} />}
      {functions.length > 0 && (
        <section className={lists.section} aria-labelledby="shown-calls">
          <h2 id="shown-calls">{calls.title}</h2>
          <ul role="list" className={lists.lines}>
            {functions.map((each) => (
              <li key={each.function}>
                <p>
                  <Told parts={callParts(each)} />
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {proof.prefix && (
        <section className={lists.section} aria-labelledby="shown-prefix">
          <h2 id="shown-prefix">{prefixWords.title}</h2>
          <p>{prefixText(proof.prefix.leaves)}</p>
          <Facts facts={[[prefixWords.root, <Digest key="root" hex={proof.prefix.root} what={prefixWords.root} />]]} />
        </section>
      )}
      {proof.zk !== undefined && <ZkShown zk={proof.zk} checks={checks} lookup={lookup} />}
      <TraceAbout metadata={proof.metadata} domain={proof.domain} machine={machineName(trust, proof.metadata.vm)} />
    </>
  );
}

/** What the proof says, as one sentence; whose word that is stands before it. */
export function proofHeadline({ proof, events, functions, ...rest }: TraceProofDetails): string {
  if (isOfWholeTrace(proof)) {
    const { count: all, time } = proof.metadata;
    const given = { time: utcMoment(time * 1000), events: count(all, 'event') };
    return fill(proof.signed ? headlines.whole : headlines.wholeUnsigned, given);
  }
  const lookup = lookupOf({ proof, events, functions, ...rest });
  const said = [
    ...events.map(({ event }) => plainText(eventParts(event, lookup))),
    ...functions.map((each) => plainText(callParts(each))),
    ...(proof.zk === undefined ? [] : [plainText(zkSentence(proof.zk, lookup))]),
    ...(proof.prefix ? [fill(headlines.begins, { leaves: count(proof.prefix.leaves, 'leaf') })] : []),
  ];
  const [first = '', ...others] = said;
  const short = first.length > 200 ? `${first.slice(0, 200)}…` : first;
  const what = others.length === 0 ? short : fill(headlines.more, { what: short, more: number(others.length) });
  // Of what is proved without disclosure the machine has signed what it follows from, not the sentence itself.
  const isZk = proof.zk !== undefined && said.length === 1;
  const template = proof.signed ? (isZk ? 'zk' : 'signed') : isZk ? 'zkUnsigned' : 'unsigned';
  return fill(headlines[template], {
    time: utcMoment(proof.metadata.time * 1000),
    what,
  });
}

/** The name under which a machine is pinned. */
export function machineName({ vms = [] }: Pick<Trust, 'vms'>, vm: string): string | undefined {
  return vms.find(({ id }) => vmIdentifier(id) === vm)?.id;
}

/** Symbols that came with the proof; none where they contradict each other, which the checks say. */
function lookupOf({ proof }: TraceProofDetails): SymbolLookup {
  try {
    return lookupProved(proof.symbols);
  } catch (error) {
    if (error instanceof FormatError) return { functionAt: () => undefined, siteAt: () => undefined };
    throw error;
  }
}

/** What the index says of a function, as a sentence. */
export function callParts({ name, function: index, count: found, isTraced }: TraceProofDetails['functions'][number]) {
  const template = calls[found === 0 ? (isTraced ? 'never' : 'unknown') : isTraced ? 'times' : 'atLeast'];
  return tell(template, {
    function: { value: name === '' ? `func[${index}]` : name },
    times: { text: count(found, 'time') },
  });
}

function prefixText(leaves: number): string {
  return fill(prefixWords.text, { leaves: count(leaves, 'leaf') });
}
