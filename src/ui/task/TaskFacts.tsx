import type { TaskTimeline } from '../../core/task/timeline.ts';
import { taskHashNames } from '../../core/task/timeline.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { Moment } from '../parts/Moment.tsx';
import { taskWords } from '../words/task.en.ts';

const { hashes: words, states } = taskWords;

/** What the ledger has of a task: who, until when, and every digest. */
export function TaskFacts({ timeline }: { readonly timeline: TaskTimeline }) {
  const { owner, processor, deadline, metadata, container, offer, state, hashes } = timeline;
  return (
    <section className={lists.section} aria-labelledby="hashes">
      <h2 id="hashes">{words.title}</h2>
      <Facts
        facts={[
          [words.state, states[state]],
          [words.owner, owner && <code key="owner">{owner}</code>],
          [words.processor, processor && <code key="processor">{processor}</code>],
          [words.offer, offer],
          [
            words.deadline,
            deadline === null || deadline > 8.64e12 ? deadline : <Moment key="deadline" at={deadline * 1000} />,
          ],
          [words.metadata, metadata === '' ? null : metadata],
          ...(container === null ? [] : [[words.container, `${container} – ${words.containerHint}`] as const]),
          ...taskHashNames.map((name) => {
            const hash = hashes[name];
            return [
              words.names[name],
              hash && <Digest key={name} hex={hash.slice(2)} what={words.names[name]} />,
            ] as const;
          }),
        ]}
      />
    </section>
  );
}
