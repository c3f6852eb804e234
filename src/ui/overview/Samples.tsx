import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { handOver } from '../files/handoff.ts';
import { Notice } from '../parts/Notice.tsx';
import { overview } from '../words/overview.en.ts';
import { readSamples, type Sample } from './readSamples.ts';
import lists from '../parts/lists.module.css';
import styles from './OverviewScreen.module.css';

const { samples: words } = overview;

/** Evidence to try things with, where the host has some. */
export function Samples() {
  const [failed, setFailed] = useState(false);
  const { data: samples = [] } = useQuery({
    queryKey: ['samples'],
    queryFn: ({ signal }) => readSamples(document.baseURI, signal),
    staleTime: Infinity,
  });
  if (samples.length === 0) return null;
  const open = async ({ file, trust }: Sample): Promise<void> => {
    try {
      const fetched = await fetchBytes(file);
      const trustText = trust === undefined ? undefined : new TextDecoder().decode(await fetchBytes(trust));
      await handOver({
        files: [{ name: baseName(file), bytes: fetched }],
        ...(trust === undefined || trustText === undefined
          ? {}
          : { trust: { name: baseName(trust), text: trustText } }),
      });
    } catch {
      setFailed(true);
    }
  };
  return (
    <section className={lists.section} aria-labelledby="samples">
      <h2 id="samples">{words.title}</h2>
      <p>{words.text}</p>
      {failed && <Notice urgent title={words.fault} />}
      <ul role="list" className={`${lists.lines} ${styles.samples}`}>
        {samples.map((sample) => (
          <li key={sample.file}>
            <button type="button" onClick={() => void open(sample)}>
              {words.titles[sample.file] ?? sample.title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function fetchBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(new URL(`samples/${file}`, document.baseURI));
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

function baseName(path: string): string {
  return path.split('/').at(-1) ?? path;
}
