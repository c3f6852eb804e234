import { useState } from 'react';
import type { Report } from '../../core/kinds/judge.ts';
import type { TrustDetails } from '../../core/trust/checkTrust.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { sameFact } from '../../core/trust/shape.ts';
import { entryKey } from '../anchors/pins.ts';
import { fill } from '../../core/verdict/messages.ts';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { check } from '../words/check.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import styles from './CheckPage.module.css';

interface Props {
  readonly report: Report;
  readonly name: string;
  readonly trust: Trust;
  readonly onPin: (added: Trust, name: string) => void;
  /** Shown beside another file, for which it may be wanted. */
  readonly beside?: boolean;
}

const { trustFile: words } = check;

/** The room that the offer will take, so that the verdict beside which it is made does not move when it comes. */
export function TrustOfferToCome({ name }: { readonly name: string }) {
  return (
    <div className={styles.offer} aria-busy="true">
      <p>{fill(words.beside, { name })}</p>
      <Button look="primary" disabled>
        {words.offer}
      </Button>
      <p>{words.offerHint}</p>
    </div>
  );
}

/** A trust file that was dropped is offered, never used unasked. */
export function TrustOffer({ report, name, trust, onPin, beside = false }: Props) {
  const [fault, setFault] = useState<string>();
  const { trust: offered } = report.details as TrustDetails;
  const pinned = new Map(trustEntries(trust).map(({ path, value }) => [entryKey(path), value]));
  const isUsed = trustEntries(offered).every(
    ({ path, value }) => pinned.has(entryKey(path)) && sameFact(pinned.get(entryKey(path)), value),
  );
  if (isUsed) {
    if (beside) return null;
    return (
      <p>
        <StatusMark of="pass" /> {words.used}
      </p>
    );
  }
  const use = (): void => {
    try {
      onPin(offered, name);
      setFault(undefined);
    } catch (error) {
      setFault(fill(words.clash, { reason: error instanceof Error ? error.message : String(error) }));
    }
  };
  return (
    <div className={styles.offer}>
      {fault && <Notice urgent title={fault} />}
      {beside && <p>{fill(words.beside, { name })}</p>}
      <Button look="primary" onClick={use}>
        {words.offer}
      </Button>
      <p>{words.offerHint}</p>
    </div>
  );
}
