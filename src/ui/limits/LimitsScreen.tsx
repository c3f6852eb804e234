import { limits as words } from '../words/limits.en.ts';
import styles from './LimitsScreen.module.css';

/** Against whom a verdict protects, and where that ends: a table where there is room for it, cards where there is not. */
export function LimitsScreen() {
  const { threats } = words;
  return (
    <div className={styles.limits}>
      <h1>{words.title}</h1>
      <p className={styles.lead}>{words.lead}</p>
      <section aria-labelledby="threats">
        <h2 id="threats">{threats.title}</h2>
        <table className={styles.threats} aria-labelledby="threats">
          <thead>
            <tr>
              {threats.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {threats.rows.map(([who, ...cells]) => (
              <tr key={who}>
                <th scope="row">{who}</th>
                {cells.map((cell, index) => (
                  <td key={threats.columns[index + 1]}>
                    <span className={styles.column}>{threats.columns[index + 1]}</span>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section aria-labelledby="limits">
        <h2 id="limits">{words.limits.title}</h2>
        <dl className={styles.items}>
          {words.limits.items.map(([statement, meaning]) => (
            <div key={statement}>
              <dt>{statement}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p>
          <a href="#/about">{words.more}</a>
        </p>
      </section>
    </div>
  );
}
