import { useId, useState } from 'react';
import type { InspectedProgram } from '../../../core/trace/instrument/inspectProgram.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { chooseFiles } from '../../files/chooseFiles.ts';
import { isReadFile, readFiles } from '../../files/readFiles.ts';
import { utcMoment } from '../../format/moment.ts';
import { size } from '../../format/quantity.ts';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { traceRun } from '../../words/traceRun.en.ts';
import type { RunOptions } from './runOptions.ts';
import { traceSession } from './traceSession.ts';
import styles from './TraceRun.module.css';

const { inputs: words } = traceRun;

interface Props {
  readonly options: RunOptions;
  readonly inspected: InspectedProgram;
  /** Milliseconds since 1970. */
  readonly clock: number;
}

/** Everything that the program will find: arguments, environment, files, input. */
export function InputsPart({ options, inspected, clock }: Props) {
  const [fault, setFault] = useState('');
  const { files } = options;
  const add = async (): Promise<void> => {
    const outcomes = await readFiles(await chooseFiles());
    const read = outcomes.filter(isReadFile).map(({ name, bytes }) => ({ path: name, bytes }));
    setFault(outcomes.flatMap((each) => (isReadFile(each) ? [] : [each.title])).join(' '));
    const kept = files.filter(({ path }) => !read.some((each) => each.path === path));
    traceSession.choose({ files: [...kept, ...read] });
  };
  return (
    <div className={styles.fields}>
      {!inspected.isCommand && (
        <Lines
          label={words.calls}
          value={options.calls}
          hint={fill(words.callsHint, { example: exampleOf(inspected) })}
          onChange={(calls) => traceSession.choose({ calls })}
        />
      )}
      <div className={styles.pair}>
        <Lines label={words.args} value={options.args} onChange={(args) => traceSession.choose({ args })} />
        <Lines label={words.stdin} value={options.stdin} onChange={(stdin) => traceSession.choose({ stdin })} />
      </div>
      <Lines label={words.env} value={options.env} onChange={(env) => traceSession.choose({ env })} />
      <div className={styles.fields} role="group" aria-label={words.files}>
        <h3>{words.files}</h3>
        {files.length === 0 && <p className={lists.hint}>{words.noFiles}</p>}
        {files.length > 0 && (
          <ul className={lists.lines}>
            {files.map(({ path, bytes }, index) => (
              <li key={index} className={styles.file}>
                <input
                  value={path}
                  aria-label={fill(words.path, { name: path })}
                  spellCheck={false}
                  onChange={(event) =>
                    traceSession.choose({ files: files.with(index, { path: event.target.value, bytes }) })
                  }
                />
                <span>{size(bytes.length)}</span>
                <Button
                  look="quiet"
                  aria-label={fill(words.remove, { name: path })}
                  onClick={() => traceSession.choose({ files: files.toSpliced(index, 1) })}
                >
                  ×
                </Button>
              </li>
            ))}
          </ul>
        )}
        <p>
          <Button onClick={() => void add()}>{words.addFiles}</Button>
        </p>
        {fault && <Notice urgent title={fault} />}
      </div>
      <p className={lists.hint}>{fill(words.clock, { moment: utcMoment(clock) })}</p>
    </div>
  );
}

interface LinesProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly onChange: (value: string) => void;
}

function Lines({ label, value, hint, onChange }: LinesProps) {
  const id = useId();
  const rows = Math.min(6, Math.max(1, value.split('\n').length));
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        value={value}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint && (
        <p id={`${id}-hint`} className={lists.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

function exampleOf({ functions }: InspectedProgram): string {
  const first = functions.find(({ exports, imported }) => exports.length > 0 && imported === null);
  return first
    ? `${first.exports[0]} ${first.parameters.map((_, place) => place + 1).join(' ')}`.trim()
    : 'compute 1 2';
}
