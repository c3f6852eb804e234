import type { Check } from '../../core/verdict/check.ts';
import { fill, type Messages } from '../../core/verdict/messages.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { verdict } from '../words/verdict.en.ts';
import { ActionText } from './ActionText.tsx';
import { useAddFile } from './addFile.ts';
import { missingFiles } from './missingFiles.ts';
import styles from './MissingAnchors.module.css';

const { missingFiles: words } = verdict;

/** Which files would settle checks that are open, where each can be had, and a button to add it. */
export function MissingFiles({ checks, messages }: { readonly checks: readonly Check[]; readonly messages: Messages }) {
  const addFile = useAddFile();
  const missing = missingFiles(checks, messages);
  if (missing.length === 0 || !addFile) return null;
  return (
    <section className={`${lists.card} ${styles.missing}`} aria-labelledby="missing-files">
      <h2 id="missing-files">{words.title}</h2>
      <p>{words.lead}</p>
      <ul role="list" className={`${lists.lines} ${styles.list}`}>
        {missing.map(({ check, action }) => {
          const title = fill(messages[check.code]?.title ?? check.code, check.params);
          return (
            <li key={action}>
              <div>
                <h3>{title}</h3>
                <p className={lists.hint}>
                  <ActionText text={action} />
                </p>
              </div>
              <Button onClick={addFile} aria-label={`${verdict.addFile}: ${title}`}>
                {verdict.addFile}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
