import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { Notice } from '../parts/Notice.tsx';
import lists from '../parts/lists.module.css';
import { link as words } from '../words/link.en.ts';
import { maximumLinkLength } from './certificateLink.ts';
import type { Came } from './useArrivals.ts';

/** How what is shown came here, and who learned of it; or why nothing came. */
export function CameFrom({ arrival }: { readonly arrival: Came | undefined }) {
  if (!arrival) return null;
  if (arrival.by === 'fault') {
    const { faults } = words;
    const why = fill(faults[arrival.fault], { limit: number(maximumLinkLength), reason: arrival.reason ?? '' });
    return (
      <Notice urgent title={faults.title} next={faults.next}>
        <p>{why}</p>
      </Notice>
    );
  }
  const how = arrival.by === 'link' ? words.came.byLink : fill(words.came.fetched, { address: arrival.from });
  return (
    <p className={lists.hint} role="note">
      {how} {words.came.trust}
    </p>
  );
}
