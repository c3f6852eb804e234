/** A file of evidence that the host offers for trying things out. */
export interface Sample {
  /** Its name below `samples/`. */
  readonly file: string;
  readonly title: string;
  /** The trust file that goes with it, below `samples/` too. */
  readonly trust?: string;
}

/** What `samples.json` lists: beside the folder, in which everything can be judged; nothing where there is none or it has another form. */
export async function readSamples(base: string, signal?: AbortSignal): Promise<readonly Sample[]> {
  try {
    const answer = await fetch(new URL('samples.json', base), signal ? { signal } : {});
    if (!answer.ok || !/\bjson\b/.test(answer.headers.get('content-type') ?? '')) return [];
    const value: unknown = await answer.json();
    return Array.isArray(value) ? value.filter(isSample) : [];
  } catch {
    return [];
  }
}

const name = /^[\w.-]+(\/[\w.-]+)*$/;

function isSample(value: unknown): value is Sample {
  if (typeof value !== 'object' || value === null || !('file' in value) || !('title' in value)) return false;
  const { file, title } = value;
  const trust = 'trust' in value ? value.trust : undefined;
  const isName = (text: unknown): boolean => typeof text === 'string' && name.test(text) && !text.includes('..');
  return isName(file) && typeof title === 'string' && (trust === undefined || isName(trust));
}
