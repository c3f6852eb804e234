import { getRouteApi } from '@tanstack/react-router';
import { TransactionScreen } from '../transaction/TransactionScreen.tsx';

const route = getRouteApi('/tx/$hash');

/** The page of a record at its address. */
export function TransactionRoute() {
  const { hash } = route.useParams();
  const { chain } = route.useSearch();
  return <TransactionScreen key={hash} hash={hash} chain={chain} />;
}
