import { verdictWords } from '../words/outcome.en.ts';
import { ChainLabels } from '../anchors/ChainLabels.tsx';
import { usePins } from '../anchors/usePins.ts';
import { ago } from '../format/moment.ts';
import { number } from '../format/quantity.ts';
import { useNow } from '../parts/useNow.ts';
import { Seal } from '../seal/Seal.tsx';
import { rememberedVerdicts } from '../session/verdicts.ts';
import { overview as words } from '../words/overview.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import lists from '../parts/lists.module.css';
import styles from './OverviewScreen.module.css';

/** The chains that are pinned, with what the last audit in this browser came to. */
export function PinnedChains() {
  const { trust } = usePins();
  const now = useNow();
  const verdicts = rememberedVerdicts();
  const chains = trust.chains ?? [];
  return (
    <section className={lists.section} aria-labelledby="chains">
      <h2 id="chains">{words.chains}</h2>
      {chains.length === 0 ? (
        <p>{words.chainsNone}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.chainColumns.name}</th>
              <th scope="col">{words.chainColumns.verdict}</th>
              <th scope="col" className={styles.number}>
                {words.chainColumns.blocks}
              </th>
              <th scope="col">{words.chainColumns.when}</th>
            </tr>
          </thead>
          <tbody>
            {chains.map((chain) => {
              const { name, genesis } = chain;
              const last = genesis === undefined ? undefined : verdicts[genesis];
              return (
                <tr key={name}>
                  <th scope="row">
                    <span className={styles.chainName}>
                      {genesis && <Seal digest={genesis} size={40} />}
                      <a href={`#/chain/${encodeURIComponent(name)}`}>{name}</a>
                      <ChainLabels chain={chain} brief />
                    </span>
                  </th>
                  <td>
                    {last ? (
                      <>
                        <StatusMark of={last.verdict} size={18} /> {verdictWords[last.verdict]}
                      </>
                    ) : (
                      words.never
                    )}
                  </td>
                  <td className={styles.number} data-name={last && words.chainColumns.blocks}>
                    {last ? number(last.blocks) : ''}
                  </td>
                  <td>{last ? ago(last.at, now) : ''}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
