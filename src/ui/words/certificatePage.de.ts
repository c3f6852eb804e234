import type { Translated } from './words.ts';
import type { certificatePage as english } from './certificatePage.en.ts';

export const certificatePage: Translated<typeof english> = {
  save: 'Als Seite herunterladen, die sich selbst prüft',
  hint: 'Eine einzige HTML-Datei zum Verschicken: Wer sie öffnet, sieht alle Prüfungen neu gemacht, ohne Netz. Gegen ihren Absender beweist sie nichts, und das sagt sie auch.',
  withTrust: 'Die Anker beilegen, auf denen dieses Urteil beruht; sie werden als von Ihnen gegeben angeboten',
  failed: 'Die Seite konnte nicht erstellt werden.',
  takenOut: 'Entnommen aus',
  takenOutText: 'einer Seite, die sich selbst prüft. Ihr eigenes Programm lief nicht.',
  givenTrust: 'Sie bringt auch Anker ihres Absenders mit, die hier nichts gelten.',
};
