import { taskWords } from '../words/task.en.ts';

const { wallet, hashes } = taskWords;

const more: Readonly<Record<string, string>> = {
  ...hashes.names,
  id: wallet.fields['id'] ?? 'id',
  owner: hashes.owner,
  processor: hashes.processor,
  by: taskWords.timeline.columns.by,
  metadata: hashes.metadata,
};

/** What people call a value of an event; its own name where they have none. */
export function fieldName(name: string): string {
  return more[name] ?? wallet.fields[name] ?? name;
}

export function isTimeField(name: string): boolean {
  return ['deadline', 'until', 'startedAt', 'endedAt'].includes(name);
}

export function isHexWord(value: string): boolean {
  return /^0x[0-9a-f]{64}$/.test(value);
}
