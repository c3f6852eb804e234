import type { TransactionState } from '../../audit/local/writerClient.ts';
import { words } from './words.ts';

/** Words of recording a file. */
export const record = words('record', {
  title: 'Record a file',
  lead: 'The chain that is written on this machine takes a digest of your file, 32 bytes long. The file itself stays here.',
  noWriter: 'Nobody writes a chain on this machine.',
  noWriterNext:
    'Start the services with “npm start”, and open the page at the address that they print. On another host only the operator records.',
  zoneTitle: 'Drop the file to record',
  zoneHint: 'Only its digest is sent, unless you choose otherwise below.',
  file: 'File',
  digest: 'Digest of the file',
  choice: {
    legend: 'What is recorded',
    digest: 'Its digest only',
    digestHint: 'Shows later that you had this very file, without showing the file.',
    bytes: 'All of its bytes',
    bytesHint: '{size}, which everybody will be able to read, and nobody will be able to delete.',
  },
  warning: {
    title: 'Make the whole file public for ever?',
    text: [
      '“{name}” would be copied to six storage places, where everybody can read it.',
      'It is protected from deletion. Neither you nor the operator can take it back, not even by order of a court.',
      'If it holds names, addresses, or anything about a person, recording it is very likely unlawful.',
      'Recording the digest proves the same, and shows nothing.',
    ],
    confirm: 'I have read this, and I want the bytes of “{name}” to be public',
    go: 'Record all of its bytes',
    back: 'Record the digest instead',
  },
  action: 'Record it',
  again: 'Record another file',
  sending: 'Being sent',
  failed: 'It was not recorded: {reason}',
  statesTitle: 'How far it has come',
  statesHint:
    'These are the writer’s words. Nothing is proved before the record is final and your own audit has found it.',
  states: {
    accepted: { name: 'Accepted', meaning: 'On the writer’s disk.' },
    batched: { name: 'Batched', meaning: 'In a tree with other records.' },
    stored: { name: 'Stored', meaning: 'In six places, with a timestamp.' },
    sequenced: { name: 'Sequenced', meaning: 'Numbered inside the enclave.' },
    final: { name: 'Final', meaning: 'On the main chain, and every number up to it is shown.' },
    forked: { name: 'Forked', meaning: 'Its block lost against another; it is being written again.' },
    unknown: { name: 'Unknown', meaning: 'The writer does not know of it.' },
  } satisfies Record<TransactionState, { name: string; meaning: string }>,
  show: 'Show the record',
  found: 'Your own audit has found it.',
  notPinned: 'Pin the local chain to find the record by your own audit.',
  announce: 'The record is {state}.',
} as const);
