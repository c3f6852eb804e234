import { getRouteApi } from '@tanstack/react-router';
import { HostScreen } from '../host/HostScreen.tsx';

const route = getRouteApi('/host/$did');

/** The page of a host at its address. */
export function HostRoute() {
  const { did } = route.useParams();
  return <HostScreen key={did} did={did} />;
}
