import type { lookWords as english } from './lookWords.en.ts';

type Same<T> = { readonly [K in keyof T]: { readonly is: string; readonly todo: string } };

/** What a file of no known kind looks like, to stand behind its name, and what to do about it. */
export const lookWords: Same<typeof english> = {
  empty: { is: 'ist leer (0 Bytes).', todo: 'Noch einmal holen: Vielleicht ist das Herunterladen misslungen.' },
  privateKey: {
    is: 'ist ein PRIVATER SCHLÜSSEL ({form}).',
    todo: 'Wer ihn hat, kann im Namen seines Inhabers unterschreiben. Er wurde hier weder aufbewahrt noch gesendet noch gezeigt. Niemals weitergeben; stammt er von jemand anderem, dem Inhaber sagen, dass er ihn ersetzen muss. Geprüft werden hier Unterschriften und Zertifikate, nie solche Schlüssel.',
  },
  zip: { is: 'ist ein ZIP-Archiv ohne Datei darin.', todo: 'Neu packen oder die Dateien ablegen, die hineingehören.' },
  gzip: { is: 'ist mit gzip gepackt.', todo: 'Entpacken und den Inhalt ablegen.' },
  tar: { is: 'ist ein tar-Archiv ohne Datei darin.', todo: 'Neu packen oder die Dateien ablegen, die hineingehören.' },
  pdf: {
    is: 'ist ein PDF, an das keine Datei angehängt ist.',
    todo: 'Eine gezeichnete Seite beweist nichts, was sich hier prüfen ließe. Die Belegdatei ablegen, die dazugehört, oder das PDF, an dem sie hängt.',
  },
  zstandard: {
    is: 'ist mit Zstandard gepackt.',
    todo: 'Entpacken oder als ZIP oder gzip packen, die hier geöffnet werden.',
  },
  packed: {
    is: 'ist ein Archiv einer Form, die hier nicht geöffnet wird.',
    todo: 'Entpacken oder als ZIP, tar oder gzip packen.',
  },
  picture: {
    is: 'ist ein Bild.',
    todo: 'Das Bild eines Belegs beweist nichts: Die Datei selbst ablegen. Ist es der QR-Code einer gedruckten Bescheinigung, ihn scannen: Er führt zur Prüfseite.',
  },
  utf16: { is: 'sieht aus wie Text in UTF-16.', todo: 'Als UTF-8 speichern.' },
  program: {
    is: 'ist ein Programm oder eine Bibliothek aus Maschinencode.',
    todo: 'Es wird nicht ausgeführt und nicht für sich beurteilt. Zusammen mit einer Bescheinigung oder Attestierung ablegen, die seinen Digest nennt.',
  },
  database: {
    is: 'ist eine SQLite-Datenbank.',
    todo: 'Nennt eine Bescheinigung ihren Digest, beide zusammen ablegen.',
  },
  brokenPage: {
    is: 'ist eine Seite, die sich selbst prüft; ihre Bescheinigung lässt sich aber nicht herausnehmen: an Stelle {offset}, {reason}.',
    todo: 'Die Seite noch einmal anfordern.',
  },
  web: {
    is: 'ist eine Webseite oder ein XML-Dokument.',
    todo: 'Vielleicht hat ein Server das an Stelle der Datei gesendet. Die Datei selbst holen.',
  },
  request: {
    is: 'ist ein Antrag auf ein Zertifikat (CSR).',
    todo: 'Er sagt, was jemand beglaubigt haben will. Das ausgestellte Zertifikat ablegen, zusammen mit dem Beleg, zu dem es gehört.',
  },
  publicKey: {
    is: 'ist ein öffentlicher Schlüssel.',
    todo: 'Für sich allein beweist er nichts. Schlüssel werden in einer Vertrauensdatei festgelegt; die Seite der Anker sagt, wofür jeder da ist.',
  },
  certificate: {
    is: 'ist ein X.509-Zertifikat für {subject}.',
    todo: 'Es gehört zu einem Beleg, der mit seinem Schlüssel unterschrieben ist: beide zusammen ablegen.',
  },
  revocationList: {
    is: 'ist eine Liste widerrufener Zertifikate.',
    todo: 'Sie gehört zu einem Beleg: beide zusammen ablegen.',
  },
  sshKey: {
    is: 'ist ein öffentlicher SSH-Schlüssel.',
    todo: 'Kein Beleg, der hier geprüft wird, ist mit solchen Schlüsseln unterschrieben.',
  },
  pem: { is: 'ist eine PEM-Datei der Art „{label}“.', todo: 'Kein Beleg, der hier geprüft wird, hat diese Form.' },
  der: {
    is: 'ist ASN.1 in DER, aber weder ein Zertifikat noch ein Antrag noch eine Sperrliste.',
    todo: 'Ist es eine Unterschrift oder ein Zeitstempel, das Dokument ablegen, zu dem sie gehören.',
  },
  url: {
    is: 'ist die Adresse {url}, nicht das Dokument dort.',
    todo: 'Ungefragt wird nichts geholt. Es holen und die Datei ablegen, oder es von der Übersicht holen lassen.',
  },
  did: {
    is: 'ist der Name von jemandem (eine DID), kein Dokument.',
    todo: 'Den Nachweis ablegen, den dieser Aussteller unterschrieben hat; einen Host auf der Seite der Hosts suchen.',
  },
  digest: {
    is: 'sind 32 Bytes: ein Digest oder ein Schlüssel.',
    todo: 'Ist es der Digest eines Eintrags, ihn auf der Übersicht suchen. Ist es ein geheimer Schlüssel, ihn niemandem sagen.',
  },
  address: {
    is: 'ist die Adresse eines Kontos oder eines Vertrags.',
    todo: 'Einen Vertrag auf der Übersicht suchen, unter dem Ledger, auf dem er liegt.',
  },
  token: {
    is: 'sieht aus wie ein unterschriebenes Token, aber nicht wie eines, das sich lesen lässt.',
    todo: 'Ganz ablegen: drei Teile mit Punkten dazwischen, ohne Anführungszeichen und Zeilenenden.',
  },
  otherDocument: {
    is: 'nennt sich ein Dokument von Affidavit der Form „{type}“, die diese Fassung nicht beurteilt.',
    todo: 'Vielleicht gehört es zu einem anderen Beleg oder zu einer späteren Fassung.',
  },
  json: {
    is: 'ist JSON mit den Feldern {members}.',
    todo: 'Keine Art von Beleg sieht so aus. Nachsehen, ob es das ganze Dokument ist und nicht ein Teil davon.',
  },
  jsonList: {
    is: 'ist eine Liste in JSON; Zahl der Einträge: {count}.',
    todo: 'Die Einträge einzeln ablegen: jeden als eigene Datei.',
  },
  jsonLines: {
    is: 'ist JSON, ein Dokument je Zeile.',
    todo: 'Die Zeilen einzeln ablegen: jede als eigene Datei.',
  },
  brokenJson: {
    is: 'beginnt wie JSON, ist aber keines: {reason}',
    todo: 'Vielleicht ist es abgeschnitten. Noch einmal holen.',
  },
  cborList: { is: 'ist CBOR: eine Liste der Länge {count}.', todo: 'Keine Art von Beleg sieht so aus.' },
  cborMap: { is: 'ist CBOR: eine Zuordnung der Größe {count}.', todo: 'Keine Art von Beleg sieht so aus.' },
  cborTagList: {
    is: 'ist CBOR: eine Liste der Länge {count} mit der Marke {tag}.',
    todo: 'Keine Art von Beleg sieht so aus.',
  },
  cborTagMap: {
    is: 'ist CBOR: eine Zuordnung der Größe {count} mit der Marke {tag}.',
    todo: 'Keine Art von Beleg sieht so aus.',
  },
  wrapped: {
    is: 'ist {encoding}; darin sind {length} Bytes, die mit {start} beginnen (Hex).',
    todo: 'Keine Art von Beleg beginnt so. Nachsehen, ob es die ganze und die richtige Datei ist.',
  },
  bytes: {
    is: 'ist von keiner hier bekannten Art: {length} Bytes, die mit {start} beginnen (Hex).',
    todo: 'Nachsehen, ob es die ganze und die richtige Datei ist. Ist es eine Datendatei, sie zusammen mit ihrer Bescheinigung ablegen.',
  },
  text: {
    is: 'ist von keiner hier bekannten Art: {length} Bytes Text, der mit „{start}“ beginnt.',
    todo: 'Nachsehen, ob es die ganze und die richtige Datei ist. Ist es eine Datendatei, sie zusammen mit ihrer Bescheinigung ablegen.',
  },
};
