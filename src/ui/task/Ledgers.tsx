import { useState, type FormEvent } from 'react';
import { sameFact } from '../../core/trust/shape.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { entryKey } from '../anchors/pins.ts';
import { pinHere, usePins } from '../anchors/usePins.ts';
import { useLocal } from '../overview/useLocal.ts';
import { Button, ButtonLink } from '../parts/Button.tsx';
import { Labels } from '../parts/Labels.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { networkWords } from '../words/network.en.ts';
import { taskWords } from '../words/task.en.ts';
import { isNetworkName } from '../network/networksOf.ts';
import { isAddress } from './isAddress.ts';
import { ledgerLabels } from './ledgerLabels.ts';
import styles from './Task.module.css';

const { overview: words } = taskWords;
const noPins: readonly EvmPin[] = [];

/** On the overview: the contracts that are pinned, any other by its address, and the ledger of this machine to be pinned. */
export function Ledgers() {
  const { trust } = usePins();
  const { local } = useLocal();
  const pins = trust.evm ?? noPins;
  const offered = (local?.trust.evm ?? noPins).filter((pin) => !isPinned(pin, trust));
  if (pins.length === 0 && offered.length === 0) return null;
  const contracts = pins.flatMap((pin) =>
    taskContracts(pin).map(([name, address]) => ({ pin, name, address: address.toLowerCase() })),
  );
  return (
    <section className={lists.section} aria-labelledby="ledgers">
      <h2 id="ledgers">{words.title}</h2>
      <p>{words.text}</p>
      {offered.map((pin) => (
        <LocalLedger key={pin.chainId} pin={pin} />
      ))}
      {contracts.length > 0 && (
        <table className={`${lists.facts} ${lists.rows}`}>
          <thead>
            <tr>
              <th scope="col">{words.columns.name}</th>
              <th scope="col">{words.columns.address}</th>
              <th scope="col">{words.columns.ledger}</th>
            </tr>
          </thead>
          <tbody>
            {contracts.map(({ pin, name, address }) => (
              <tr key={`${pin.chainId} ${address}`}>
                <th scope="row">
                  <a href={`#/${isNetworkName(name) ? 'network' : 'task'}/${pin.chainId}/${address}`}>{name}</a>
                </th>
                <td data-name={words.columns.address}>
                  <code>{address}</code>
                </td>
                <td data-name={words.columns.ledger}>
                  {pin.chainId} <Labels labels={ledgerLabels(pin)} brief />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {pins.length > 0 && <OpenContract pins={pins} />}
      <p>
        <ButtonLink href="#/network">{networkWords.title}</ButtonLink>
      </p>
    </section>
  );
}

/** Pinned contracts that have a page at their address alone; anchors of traces have theirs at a program's. */
function taskContracts(pin: EvmPin): [name: string, address: string][] {
  return Object.entries(pin.contracts ?? {}).filter(([name]) => name !== 'TraceAnchor');
}

/** Whether every fact of it is pinned already. */
function isPinned(pin: EvmPin, trust: Trust): boolean {
  const pinned = new Map(trustEntries(trust).map(({ path, value }) => [entryKey(path), value]));
  return trustEntries({ evm: [pin] }).every(
    ({ path, value }) => pinned.has(entryKey(path)) && sameFact(pinned.get(entryKey(path)), value),
  );
}

function LocalLedger({ pin }: { readonly pin: EvmPin }) {
  const [clash, setClash] = useState<string>();
  const [, contract] = taskContracts(pin).find(([name]) => !isNetworkName(name)) ?? [];
  const take = (): void => {
    try {
      pinHere({ evm: [pin] }, { how: 'local', name: new URL('local.json', document.baseURI).href, at: Date.now() });
      if (contract !== undefined) window.location.hash = `#/task/${pin.chainId}/${contract.toLowerCase()}`;
    } catch (error) {
      setClash(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className={lists.card}>
      <h3>{words.local.title}</h3>
      <p>{fill(words.local.text, { chainId: pin.chainId, count: pin.validators?.length ?? 0 })}</p>
      <Labels labels={ledgerLabels(pin)} brief />
      {clash && <Notice urgent title={fill(words.local.clash, { reason: clash })} />}
      <p>
        <Button onClick={take}>{words.local.action}</Button>
      </p>
    </div>
  );
}

function OpenContract({ pins }: { readonly pins: readonly EvmPin[] }) {
  const [text, setText] = useState('');
  const [chainId, setChainId] = useState(String(pins[0]?.chainId ?? ''));
  const [bad, setBad] = useState<string>();
  const open = (event: FormEvent): void => {
    event.preventDefault();
    const address = text.trim();
    setBad(isAddress(address) ? undefined : address);
    if (isAddress(address)) window.location.hash = `#/task/${chainId}/${address.toLowerCase()}`;
  };
  return (
    <form className={styles.form} onSubmit={open}>
      <label>
        {words.address}
        <input value={text} spellCheck={false} autoComplete="off" onChange={(event) => setText(event.target.value)} />
      </label>
      {pins.length > 1 && (
        <label>
          {words.ledger}
          <select value={chainId} onChange={(event) => setChainId(event.target.value)}>
            {pins.map((pin) => (
              <option key={pin.chainId} value={pin.chainId}>
                {pin.chainId}
              </option>
            ))}
          </select>
        </label>
      )}
      <Button type="submit">{words.open}</Button>
      {bad !== undefined && <p role="alert">{fill(words.bad, { text: bad })}</p>}
    </form>
  );
}
