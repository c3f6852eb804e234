import { sentence } from '../../core/verdict/messages.ts';
import type { Check } from '../../core/verdict/check.ts';
import { humane, withoutDigests } from '../format/humane.ts';
import lists from '../parts/lists.module.css';
import { taskWords } from '../words/task.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { allMessages } from './taskMessages.ts';
import styles from './Task.module.css';

const { nodes: words } = taskWords;

/** The nodes by name, and what is wrong with those that say other things than what holds. */
export function Nodes({ checks, asked }: { readonly checks: readonly Check[]; readonly asked: number }) {
  const compared = checks.find(({ code }) => code === 'EVM_NODES')?.children ?? [];
  const differ = compared.some(({ status }) => status !== 'pass');
  return (
    <section className={lists.section} aria-labelledby="nodes">
      <h2 id="nodes">{words.title}</h2>
      <p>{differ ? words.disagree : asked > 1 ? words.agree : words.one}</p>
      {compared.length > 0 && (
        <table className={lists.facts}>
          <thead>
            <tr>
              <th scope="col">{words.columns.node}</th>
              <th scope="col">{words.columns.found}</th>
            </tr>
          </thead>
          <tbody>
            {compared.map((check, index) => (
              <tr key={index}>
                <th scope="row">
                  <code>{String(check.params?.['node'] ?? '')}</code>
                </th>
                <td>
                  <span className={styles.outcome}>
                    <StatusMark of={check.status} size={20} />
                    <span>{withoutDigests(humane(sentence(check, allMessages)))}</span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
