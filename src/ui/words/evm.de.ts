import type { evm as evmEnglish } from './evm.en.ts';
import type { Translated } from './words.ts';

/** Words of the view of blocks of a ledger. */
export const evm: Translated<typeof evmEnglish> = {
  headline: {
    verified: '{blocks} des Ledgers {chain}, besiegelt von den festgelegten Validatoren.',
    rejected: 'Nach eigener Angabe: {blocks} des Ledgers {chain}.',
    undetermined: '{blocks} des Ledgers {chain}.',
  },
  unread: 'Das ist nach eigener Angabe eine Datei mit Blöcken.',
  ledger: 'Das Ledger',
  chain: 'Nummer',
  consensus: 'Einigt sich durch',
  consensuses: {
    qbft: 'QBFT: Zwei Drittel der Validatoren besiegeln jeden Block',
    ibft2: 'IBFT 2.0: Zwei Drittel der Validatoren besiegeln jeden Block',
    ibft1: 'IBFT 1: Zwei Drittel der Validatoren besiegeln jeden Block',
    clique: 'Clique: Einer besiegelt einen Block, mehr als die Hälfte muss darauf aufbauen',
    aura: 'Authority Round: Ein Validator besiegelt einen Block, mehr als die Hälfte muss darauf aufbauen',
  } as Readonly<Record<string, string>>,
  range: 'Blöcke',
  rangeText: '{first} bis {last}',
  validators: 'Validatoren nach dem letzten Block',
  noValidators: 'keine sind für diese Blöcke festgelegt',
  blocks: 'Die Blöcke',
  blocksHint:
    'Jeder nennt den vor ihm mit seinem Hash. Der Balken hat einen Teil für jeden Validator; die Marke steht, wo genug besiegelt haben.',
  blocksHintSingle:
    'Jeder nennt den vor ihm mit seinem Hash. Der Balken hat einen Teil für jeden Validator; er füllt sich mit denen, die den Block besiegelten oder auf ihm aufbauten, bis zur Marke, an der er endgültig ist.',
  blocksHintUnpinned:
    'Jeder nennt den vor ihm mit seinem Hash. Wer sie besiegeln darf, ist nicht festgelegt; Siegel zählen also nichts.',
  omitted: '{blocks} dazwischen sind nicht gezeichnet.',
  block: 'Block {number}',
  standing: '{known} von {validators} haben ihn besiegelt, {needed} sind nötig',
  standingSingle: '{known} von {validators} stehen hinter ihm, {needed} machen ihn endgültig',
  unpinned: '{seals}, von niemandem, der festgelegt ist',
  pinned: 'braucht kein Siegel: Er ist festgelegt',
  unsealed: 'trägt keine Siegel',
  sealedBy: 'Besiegelt von',
  noSeal: 'keine Unterschrift',
  unlinked: 'nennt den Block vor ihm nicht',
  logs: 'Ereignisse im letzten Block',
  logsHint: 'Was Verträge sagten, wie es in den Quittungen steht. Ob diese die des Blocks sind, sagen die Prüfungen.',
  moreLogs: 'und weitere {events}',
  columns: { transaction: 'Transaktion', address: 'Vertrag', topics: 'Topics', data: 'Daten' },
  noData: 'keine',
  account: 'Das Konto im letzten Block',
  address: 'Adresse',
  exists: 'Es gibt',
  existsText: { yes: 'ein Konto', no: 'kein solches Konto' },
  codeHash: 'Hash seines Codes',
  slot: 'Platz',
  value: 'Wert',
  zero: '0 (leer)',
};
