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
  exports: {
    vc: 'Als W3C-Nachweis herunterladen',
    dsse: 'Als in-toto-Aussage herunterladen',
    hint: 'Für Werkzeuge, die solche Dokumente aufbewahren: Die Bescheinigung steht Byte für Byte darin, und diese Seite und die Befehlszeile lösen sie wieder heraus. Unterschrieben wird mit einem Schlüssel, den dieser Browser macht und nie hergibt; das sagt, durch wessen Hände sie ging, nicht, dass sie hält.',
    noStatement:
      'Eine in-toto-Aussage handelt von einer Datei; diese Bescheinigung handelt von keiner, darum gibt es keine davon.',
    signedBy: 'Unterschrieben von',
    failed: 'Der Export konnte nicht erstellt werden.',
  },
};
