import { getRouteApi } from '@tanstack/react-router';
import { AnchorsOfCode } from '../trace/audit/AnchorsOfCode.tsx';

const route = getRouteApi('/trace/$chain/$contract/$code');

/** The page of a program's anchored traces at its address. */
export function TraceAnchorsRoute() {
  return <AnchorsOfCode {...route.useParams()} />;
}
