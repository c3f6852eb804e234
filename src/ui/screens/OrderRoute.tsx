import { getRouteApi } from '@tanstack/react-router';
import { OrderScreen } from '../task/ethernity/OrderScreen.tsx';

const route = getRouteApi('/order/$chain/$contract/$id');

/** The page of an order of Ethernity at its address. */
export function OrderRoute() {
  return <OrderScreen {...route.useParams()} />;
}
