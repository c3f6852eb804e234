import { getRouteApi } from '@tanstack/react-router';
import { ContractScreen } from '../task/ContractScreen.tsx';

const route = getRouteApi('/task/$chain/$contract');

/** The page of a contract at its address. */
export function ContractRoute() {
  return <ContractScreen {...route.useParams()} />;
}
