import { urlIn } from '../../core/kinds/look.ts';
import { decodeText } from '../../core/bytes/unwrap.ts';
import { kindAtSight } from '../judging/kindAtSight.ts';
import { openChosen } from './openChosen.ts';
import { isReadFile, readFile, type ReadFault, type ReadFile } from './readFiles.ts';

/** What a screen of its own does with files. */
export interface Takes {
  /** Whether a file is for this screen; `kind` is `unknown` for what no kind of evidence is, which may go beside evidence. */
  readonly takes: (file: ReadFile, kind: string) => boolean;
  /** Whether a file is meant as it is, archive or not: where its digest is named. Asked before anything is opened. */
  readonly asIs?: (file: ReadFile) => Promise<boolean>;
}

/** Files opened and told apart. */
export interface Sorted {
  readonly taken: readonly ReadFile[];
  /** What the check page judges, or fetches where it is an address. */
  readonly others: readonly ReadFile[];
  readonly faults: readonly ReadFault[];
}

/** Kinds that are judged by themselves and go beside nothing that a screen shows. */
const alone: ReadonlySet<string> = new Set([
  'certificate',
  'trust',
  'report',
  'equivocation',
  'trace',
  'trace-proof',
  'blockcerts',
  'bloxberg',
  'pox',
]);

/** What may go beside evidence: everything but what is judged by itself and but an address. */
export function mayGoBeside(kind: string): boolean {
  return !alone.has(kind);
}

/** What was dropped, pasted or picked on a screen of its own: opened as on the check page (archives, folders, PDFs, texts around a document), and sorted. */
export async function sortChosen(chosen: readonly File[], { takes, asIs }: Takes): Promise<Sorted> {
  const taken: ReadFile[] = [];
  const others: ReadFile[] = [];
  const faults: ReadFault[] = [];
  const toOpen: File[] = [];
  for (const file of chosen) {
    const whole = asIs && (await readFile(file, false));
    if (whole && isReadFile(whole) && (await asIs(whole))) taken.push(whole);
    else toOpen.push(file);
  }
  for await (const outcome of openChosen(toOpen, { pieces: false })) {
    if (!isReadFile(outcome)) faults.push(outcome);
    else if (addressIn(outcome)) others.push(outcome);
    else if (takes(outcome, kindAtSight(outcome.name, outcome.bytes)?.name ?? 'unknown')) taken.push(outcome);
    else others.push(outcome);
  }
  return { taken, others, faults };
}

/** The web address that a text as a whole is. */
export function addressIn({ bytes }: Pick<ReadFile, 'bytes'>): URL | undefined {
  return bytes.length > 4096 ? undefined : urlIn(decodeText(bytes) ?? '');
}
