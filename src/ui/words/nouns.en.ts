import { words } from './words.ts';

/** What is counted, by the forms that a language has for numbers (`Intl.PluralRules`): `count(2, 'block')`. */
export const nouns = words('nouns', {
  anchor: { one: 'anchor', other: 'anchors' },
  block: { one: 'block', other: 'blocks' },
  byte: { one: 'byte', other: 'bytes' },
  check: { one: 'check', other: 'checks' },
  day: { one: 'day', other: 'days' },
  earlierChain: { one: 'earlier chain', other: 'earlier chains' },
  event: { one: 'event', other: 'events' },
  fact: { one: 'fact', other: 'facts' },
  factIs: { one: 'fact is', other: 'facts are' },
  function: { one: 'function', other: 'functions' },
  hash: { one: 'hash', other: 'hashes' },
  hour: { one: 'hour', other: 'hours' },
  leaf: { one: 'leaf', other: 'leaves' },
  mark: { one: 'mark', other: 'marks' },
  minute: { one: 'minute', other: 'minutes' },
  more: { one: 'more', other: 'more' },
  node: { one: 'node', other: 'nodes' },
  offer: { one: 'offer', other: 'offers' },
  pair: { one: 'pair', other: 'pairs' },
  processor: { one: 'processor', other: 'processors' },
  record: { one: 'record', other: 'records' },
  request: { one: 'request', other: 'requests' },
  seal: { one: 'seal', other: 'seals' },
  second: { one: 'second', other: 'seconds' },
  signature: { one: 'signature', other: 'signatures' },
  step: { one: 'step', other: 'steps' },
  task: { one: 'task', other: 'tasks' },
  time: { one: 'time', other: 'times' },
  trace: { one: 'trace', other: 'traces' },
} as const);

export type Noun = keyof typeof nouns;
