import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { handToRerun, type RerunHandoff } from './rerunHandoff.ts';

const { rerun: words } = traceAudit;

/** From what a machine has signed to seeing for oneself: the screen where it is run again, with what is known filled in. */
export function RunYourself(known: RerunHandoff) {
  return (
    <section className={lists.section} aria-label={words.yourself}>
      <p className={lists.hint}>{known.files.length > 0 ? words.yourselfTrace : words.yourselfProof}</p>
      <p className={lists.actions}>
        <Button onClick={() => void handToRerun(known)}>{words.yourself}</Button>
      </p>
    </section>
  );
}
