import { fill } from '../../core/verdict/messages.ts';
import { chooseFiles } from '../files/chooseFiles.ts';
import { shortened } from '../format/groups.ts';
import { number, size } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { launch } from '../words/launch.en.ts';
import { NumberField } from './CandidatesPart.tsx';
import { launchSession, type LaunchState, type ToRun } from './launchSession.ts';
import styles from './Launch.module.css';

const { image: words, threshold } = launch;
const choices = [
  ['sample', 'sample', 'sampleHint'],
  ['program', 'own', 'ownHint'],
  ['encrypted', 'encrypted', 'encryptedHint'],
  ['nothing', 'none', 'noneHint'],
] as const;

interface Props {
  readonly state: LaunchState;
  /** How many were selected. */
  readonly selected: number;
  readonly onFiles: (chosen: readonly File[]) => Promise<void>;
}

/** How many must vouch, and what is to run once they have. */
export function OrderPart({ state, selected, onFiles }: Props) {
  const { toRun, toRunFault, mode } = state;
  const choose = (kind: ToRun['kind']): void => {
    if (kind === 'sample') void launchSession.takeSample();
    else if (kind === 'nothing') launchSession.choose({ toRun: { kind }, toRunFault: undefined });
    else if (kind === 'program') launchSession.choose({ toRun: { kind, name: '', bytes: undefined } });
    else launchSession.choose({ toRun: { kind, name: '', image: undefined } });
  };
  return (
    <>
      <section className={lists.section} aria-labelledby="threshold">
        <h2 id="threshold">{threshold.title}</h2>
        <p>{threshold.text}</p>
        <div className={styles.numbers}>
          <NumberField
            label={selected === 0 ? threshold.field : fill(threshold.fieldOf, { number: number(selected) })}
            value={state.threshold}
            least={1}
            most={Math.max(1, selected)}
            onChange={(value) => launchSession.choose({ threshold: value })}
          />
        </div>
        <fieldset className={styles.choices}>
          <legend>{threshold.mode}</legend>
          {(['fan-out', 'chain'] as const).map((each) => (
            <label key={each}>
              <input
                type="radio"
                name="mode"
                checked={mode === each}
                onChange={() => launchSession.choose({ mode: each })}
              />
              <span>{each === 'chain' ? threshold.chain : threshold.fanOut}</span>
            </label>
          ))}
        </fieldset>
      </section>
      <section className={lists.section} aria-labelledby="to-run">
        <h2 id="to-run">{words.title}</h2>
        <p>{words.text}</p>
        <fieldset className={styles.choices}>
          <legend className="visually-hidden">{words.title}</legend>
          {choices.map(([kind, name, hint]) => (
            <label key={kind}>
              <input type="radio" name="to-run" checked={toRun.kind === kind} onChange={() => choose(kind)} />
              <span>
                {words[name]}
                <small>{words[hint]}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {(toRun.kind === 'program' || toRun.kind === 'encrypted') && (
          <p>
            <Button onClick={() => void chooseFiles().then(onFiles)}>{words.choose}</Button>
          </p>
        )}
        <p className={lists.hint}>{shownOf(toRun)}</p>
        {toRunFault && <Notice urgent title={toRunFault} />}
      </section>
    </>
  );
}

function shownOf(toRun: ToRun): string {
  if (toRun.kind === 'nothing') return '';
  if (toRun.kind === 'encrypted') {
    if (!toRun.image) return words.needs;
    const { image, threshold: shares, validators } = toRun.image.description;
    return fill(words.image, {
      image: shortened(image),
      threshold: number(shares),
      validators: number(validators.length),
    });
  }
  if (!toRun.bytes) return toRun.kind === 'program' ? words.needs : '';
  return fill(words.program, { name: toRun.name, size: size(toRun.bytes.length) });
}
