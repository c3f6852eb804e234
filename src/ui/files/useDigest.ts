import { useQuery } from '@tanstack/react-query';
import { digestInWorker } from '../../audit/local/hashInWorker.ts';
import type { ReadFile } from './readFiles.ts';

/** H of a file, hex, taken in a worker; undefined until it is there, and for a file that is read piece by piece. */
export function useDigest(file: ReadFile): string | undefined {
  const { data } = useQuery({
    // Never the bytes themselves: the key is turned into text.
    queryKey: ['digest', file.id],
    queryFn: ({ signal }) => digestInWorker(file.bytes, signal),
    enabled: file.blob === undefined,
    staleTime: Infinity,
  });
  return data;
}
