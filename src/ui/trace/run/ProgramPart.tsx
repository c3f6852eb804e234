import { useState } from 'react';
import { fill } from '../../../core/verdict/messages.ts';
import { DropZone } from '../../files/DropZone.tsx';
import { count, size } from '../../format/quantity.ts';
import { Button } from '../../parts/Button.tsx';
import { Digest } from '../../parts/Digest.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { traceRun } from '../../words/traceRun.en.ts';
import type { RunOptions } from './runOptions.ts';
import { traceSession, type GivenProgram } from './traceSession.ts';
import styles from './TraceRun.module.css';

const { program: words, refusals } = traceRun;
type SampleName = keyof typeof words.samples;

const sampleNames = Object.keys(words.samples) as SampleName[];
const sampleOptions: Readonly<Record<SampleName, Partial<RunOptions>>> = {
  primes: { args: '10000' },
  savings: {},
  average: { files: [{ path: 'numbers.txt', bytes: new TextEncoder().encode('12 30 18\n') }] },
};

interface Props {
  readonly program: GivenProgram | undefined;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Which program: dropped, chosen, or one of those that come with the page; and why it cannot be traced, where it cannot. */
export function ProgramPart({ program, onFiles }: Props) {
  const [fault, setFault] = useState('');
  const take = async (name: SampleName): Promise<void> => {
    setFault('');
    try {
      const response = await fetch(`programs/${name}.wasm`);
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      await traceSession.give(`${name}.wasm`, bytes, sampleOptions[name]);
    } catch (error) {
      setFault(fill(words.sampleFault, { reason: error instanceof Error ? error.message : String(error) }));
    }
  };
  return (
    <>
      <DropZone
        title={program ? program.name : words.zone}
        hint={program ? programFacts(program) : words.zoneHint}
        pick={program ? words.other : words.pick}
        compact={program !== undefined}
        opens
        onFiles={onFiles}
      >
        {program &&
          sampleNames.map((name) => (
            <Button key={name} look="quiet" onClick={() => void take(name)}>
              {words.samples[name].title}
            </Button>
          ))}
      </DropZone>
      {!program && (
        <section className={lists.section} aria-labelledby="samples">
          <h2 id="samples" className={styles.small}>
            {words.try}
          </h2>
          <ul className={styles.samples} role="list">
            {sampleNames.map((name) => (
              <li key={name}>
                <Button aria-describedby={`sample-${name}`} onClick={() => void take(name)}>
                  {words.samples[name].title}
                </Button>
                <span id={`sample-${name}`}>{words.samples[name].text}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {fault && <Notice urgent title={fault} />}
      {program?.refusal && (
        <Notice
          urgent
          title={fill(words.refused, { name: program.name })}
          next={(refusals as Readonly<Record<string, string>>)[program.refusal.code] ?? refusals.other}
        >
          <p>{program.refusal.message}</p>
        </Notice>
      )}
      {program?.digest && program.inspected && (
        <p className={styles.digest}>
          <span>{words.digest}</span> <Digest hex={program.digest} what={words.digest} />
        </p>
      )}
    </>
  );
}

function programFacts({ bytes, inspected, refusal }: GivenProgram): string {
  if (refusal) return size(bytes.length);
  if (!inspected) return words.reading;
  const functions = count(inspected.functions.length, 'function');
  return `${fill(words.facts, { size: size(bytes.length), functions })}; ${inspected.isCommand ? words.command : words.library}.`;
}
