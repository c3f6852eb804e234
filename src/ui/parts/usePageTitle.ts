import { useEffect } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { common } from '../words/common.en.ts';
import type { Place } from './Shell.tsx';

/** The name of the page in the browser's tab and its description, in the language of the page: the document itself comes in English. */
export function usePageTitle(place: Place | undefined): void {
  const { page, product, navigation } = common;
  const isPart = place !== undefined && place !== 'overview';
  const title = place === 'check' ? page.check : isPart ? fill(page.part, { part: navigation[place] }) : product;
  const description = place === 'check' ? page.checkDescription : page.description;
  useEffect(() => {
    document.title = title;
    document.querySelector('meta[name="description"]')?.setAttribute('content', description);
  }, [title, description]);
}
