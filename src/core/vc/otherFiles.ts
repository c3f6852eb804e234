import { affidavitType, type Content } from '../kinds/content.ts';
import {
  looksLikeBitcoinTransaction,
  looksLikeContext,
  looksLikeIssuerProfile,
  looksLikeRevocationList,
  looksLikeStatusList,
  looksLikeTransactions,
} from './companionForms.ts';

const documents = [
  looksLikeBitcoinTransaction,
  looksLikeTransactions,
  looksLikeContext,
  looksLikeIssuerProfile,
  looksLikeRevocationList,
  looksLikeStatusList,
];

/** Files beside a certificate that say nothing about it, so that they can only be what it is about: data, a picture, a result. */
export function otherFiles(companions: readonly Content[]): readonly Content[] {
  return companions.filter(
    (companion) => affidavitType(companion) === undefined && !documents.some((isOne) => isOne(companion)),
  );
}
