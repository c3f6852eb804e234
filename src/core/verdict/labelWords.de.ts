/** What a label means (DESIGN §3.5), for whoever shows one. */
export const labelWords: Readonly<Record<string, { readonly title: string; readonly meaning: string }>> = {
  simulated: {
    title: 'Simuliert',
    meaning:
      'Die Enklave ist ein Simulator: Keine Hardware steht für sie ein. Gut zum Ausprobieren, als Beleg wertlos.',
  },
  development: {
    title: 'Entwicklungsschlüssel',
    meaning:
      'Unterschrieben mit einem Schlüssel, der zum Entwickeln veröffentlicht ist; jeder hätte es also tun können. Als Beleg wertlos.',
  },
  'development consensus': {
    title: 'Entwicklungskonsens',
    meaning:
      'Eine einzige Maschine betreibt alle Validatoren dieses Ledgers; ihre Siegel stimmen also untereinander überein und beweisen anderen nichts.',
  },
  debug: {
    title: 'Debug-Enklave',
    meaning: 'Die Enklave lief im Debug-Modus: Ihr Betreiber konnte hineinsehen und sie verändern.',
  },
  'own root': {
    title: 'Eigene Wurzel',
    meaning:
      'Beurteilt unter einer Wurzel, die für diese Kette festgelegt ist, nicht unter der eingebauten öffentlichen.',
  },
  'certifies no content': {
    title: 'Bescheinigt keinen Inhalt',
    meaning: 'Die Bescheinigung betrifft den Digest von nichts oder gar keinen: Über keine Datei sagt sie etwas.',
  },
  'recorded nowhere': {
    title: 'Nirgends eingetragen',
    meaning: 'Zum Test ausgestellt und auf kein Ledger gesetzt: Jeder hätte sie machen können.',
  },
  'test network': {
    title: 'Testnetz',
    meaning: 'Eingetragen in einem Netz für Tests, das jeder betreiben, zurücksetzen oder abschalten darf.',
  },
  'from checkpoint': {
    title: 'Ab Kontrollpunkt',
    meaning: 'Das Audit begann an einem festgelegten Kontrollpunkt: Nichts davor wurde beurteilt.',
  },
  'earlier trees unread': {
    title: 'Frühere Bäume ungelesen',
    meaning:
      'Der Inhalt mancher früherer Blöcke wurde nicht gelesen; dasselbe kann also auch früher eingetragen worden sein.',
  },
};
