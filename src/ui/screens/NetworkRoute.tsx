import { getRouteApi } from '@tanstack/react-router';
import { NetworkScreen } from '../network/NetworkScreen.tsx';

const route = getRouteApi('/network/$chain/$contract');

/** The page of an attestation network at its address; what is looked at stands in it, and is no step of the history. */
export function NetworkRoute() {
  const navigate = route.useNavigate();
  return (
    <NetworkScreen
      {...route.useParams()}
      place={route.useSearch()}
      onPlace={(search) => void navigate({ search, replace: true, resetScroll: false })}
    />
  );
}
