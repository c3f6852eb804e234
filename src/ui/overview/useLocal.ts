import { queryOptions, useQuery } from '@tanstack/react-query';
import { readLocal, type Local } from '../../audit/local/readLocal.ts';

/** What the services on this machine announce beside the page; asked again now and then, since they may be started anew. */
const localOptions = queryOptions({
  queryKey: ['local'],
  queryFn: ({ signal }): Promise<Local | null> => readLocal(document.baseURI, signal),
  refetchInterval: (query) => (query.state.data ? 10_000 : false),
  staleTime: 5_000,
});

export interface LocalNews {
  readonly local: Local | null;
  readonly fault: Error | null;
  /** Whether the first answer is in, be it that there is nothing. */
  readonly settled: boolean;
}

export function useLocal(): LocalNews {
  const { data, error, isPending } = useQuery(localOptions);
  // A host without local.json, or no host at all, is no fault: there is just no chain being written here.
  const fault = error && 'code' in error ? error : null;
  return { local: data ?? null, fault, settled: !isPending };
}
