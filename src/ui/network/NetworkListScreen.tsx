import { useState, type FormEvent } from 'react';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { pinHere, usePins } from '../anchors/usePins.ts';
import { useLocal } from '../overview/useLocal.ts';
import { Button, ButtonLink } from '../parts/Button.tsx';
import { Labels } from '../parts/Labels.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { isAddress } from '../task/isAddress.ts';
import { ledgerLabels } from '../task/ledgerLabels.ts';
import styles from '../task/Task.module.css';
import { networkWords } from '../words/network.en.ts';
import { networkAddress, networksOf } from './networksOf.ts';

const { list: words } = networkWords;

/** The networks that are pinned, the one of this machine to be pinned, and what to do where there is none. */
export function NetworkListScreen() {
  const { trust } = usePins();
  const { local, settled } = useLocal();
  const networks = networksOf(trust);
  const offered = networksOf(local?.trust ?? {}).filter(
    ({ pin, address }) => !networks.some((each) => each.address === address && each.pin.chainId === pin.chainId),
  );
  return (
    <>
      <header className={lists.section}>
        <h1>{networkWords.title}</h1>
        <p>{networkWords.lead}</p>
      </header>
      {!settled && <span hidden data-waits />}
      {offered.map(({ pin, address }) => (
        <LocalNetwork key={`${pin.chainId} ${address}`} pin={pin} address={address} />
      ))}
      {networks.length > 0 ? (
        <section className={lists.section} aria-labelledby="pinned">
          <h2 id="pinned">{words.caption}</h2>
          <table className={`${lists.facts} ${lists.rows}`}>
            <thead>
              <tr>
                <th scope="col">{words.columns.name}</th>
                <th scope="col">{words.columns.ledger}</th>
                <th scope="col">{words.columns.validators}</th>
              </tr>
            </thead>
            <tbody>
              {networks.map(({ pin, address }) => (
                <tr key={`${pin.chainId} ${address}`}>
                  <th scope="row">
                    <a href={networkAddress(pin, address)}>{networkWords.eyebrow}</a> <code>{address}</code>
                  </th>
                  <td data-name={words.columns.ledger}>
                    {pin.chainId} <Labels labels={ledgerLabels(pin)} brief />
                  </td>
                  <td data-name={words.columns.validators}>{pin.validators?.length ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <Notice title={words.none} next={words.noneNext}>
          <p>
            <ButtonLink href="#/anchors">{words.importTrust}</ButtonLink>
          </p>
          {offered.length === 0 && (
            <>
              <p>{words.start}</p>
              <p>
                <code>npm start</code>
              </p>
            </>
          )}
        </Notice>
      )}
      <OpenNetwork pins={trust.evm ?? []} />
    </>
  );
}

function LocalNetwork({ pin, address }: { readonly pin: EvmPin; readonly address: string }) {
  const [clash, setClash] = useState<string>();
  const take = (): void => {
    const added: Trust = { evm: [pin] };
    try {
      pinHere(added, { how: 'local', name: new URL('local.json', document.baseURI).href, at: Date.now() });
      window.location.hash = networkAddress(pin, address);
    } catch (error) {
      setClash(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className={lists.card} aria-labelledby="local">
      <h2 id="local">{words.local.title}</h2>
      <p>{fill(words.local.text, { chainId: pin.chainId, count: pin.validators?.length ?? 0 })}</p>
      <Labels labels={ledgerLabels(pin)} brief />
      {clash !== undefined && <Notice urgent title={fill(words.local.clash, { reason: clash })} />}
      <p>
        <Button look="primary" onClick={take}>
          {words.local.action}
        </Button>
      </p>
    </section>
  );
}

/** A network whose ledger is pinned, though not its contract. */
function OpenNetwork({ pins }: { readonly pins: readonly EvmPin[] }) {
  const [text, setText] = useState('');
  const [chainId, setChainId] = useState<string>();
  const [bad, setBad] = useState<string>();
  const [first] = pins;
  if (!first) return null;
  const open = (event: FormEvent): void => {
    event.preventDefault();
    const address = text.trim();
    setBad(isAddress(address) ? undefined : address);
    const pin = pins.find((each) => String(each.chainId) === chainId) ?? first;
    if (isAddress(address)) window.location.hash = networkAddress(pin, address.toLowerCase());
  };
  return (
    <form className={styles.form} onSubmit={open}>
      <label>
        {words.other}
        <input value={text} spellCheck={false} autoComplete="off" onChange={(event) => setText(event.target.value)} />
      </label>
      {pins.length > 1 && (
        <label>
          {words.ledger}
          <select value={chainId ?? String(first.chainId)} onChange={(event) => setChainId(event.target.value)}>
            {[...new Set(pins.map((pin) => pin.chainId))].map((each) => (
              <option key={each} value={each}>
                {each}
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
