import type { Messages } from '../verdict/messages.ts';

/** The words of the checks over a chain, whether read from buckets or from a certificate's transcript. */
export const chainMessages = {
  CHAIN_IDENTITY: {
    title: 'Die Kette ist in der eigenen Vertrauensdatei festgelegt',
    pass: 'Block null, Schlüssel des Sequenzers, Wurzeln der Enklave und Schlüssel der Zeitstempel von „{chain}“ sind in der Vertrauensdatei festgelegt.',
    unknown: 'In der Vertrauensdatei ist {part} dieser Kette nicht festgelegt; über sie lässt sich also nichts sagen.',
    action:
      'Den fehlenden Teil auf der Seite der Anker festlegen, aus einer vertrauenswürdigen Quelle und nicht aus dem Beleg selbst.',
  },
  CHAIN_CHECKPOINT: {
    title: 'Die Kette führt durch den festgelegten Kontrollpunkt',
    pass: 'Nummer {k} in Höhe {height} ist der Block, den der Kontrollpunkt nennt. Nichts davor wurde beurteilt.',
    fail: 'Nummer {k} ist ein anderer Block, als der Kontrollpunkt nennt.',
    unknown: 'Kein gültiger Block mit der Nummer {k} wurde gezeigt; der Kontrollpunkt ließ sich also nicht erreichen.',
    action:
      'Fragen, woher der Kontrollpunkt kam; zwei verschiedene Blöcke unter einer Nummer heißen, dass jemand einem von beiden die Unwahrheit sagte.',
  },
  CHAIN_SEQUENCE: {
    title: 'Die Hauptkette lässt sich lückenlos verfolgen',
    pass: 'Jede Nummer von Block null bis {through} ist da, gültig und in der richtigen Reihenfolge.',
    fail: 'Die Nummernfolge widerspricht sich.',
    unknown: 'Die Kette lässt sich bis Nummer {through} verfolgen und nicht weiter: {reason}.',
    action:
      'Was vor dieser Nummer steht, ist geprüft; noch einmal versuchen, wenn der Speicher antwortet, oder den Betreiber nach dem fehlenden Teil fragen.',
  },
  CHAIN_GENESIS: {
    title: 'Sie beginnt mit dem festgelegten Block null',
    pass: 'Nummer 0 ist der Block null, den die Vertrauensdatei nennt.',
    unknown: 'Block null {genesis} mit seinem Zeitstempel und seiner Nummer wurde nicht gezeigt.',
    action: 'Prüfen, ob die Buckets in der Vertrauensdatei die dieser Kette sind.',
  },
  CHAIN_SEQUENCE_GAP: {
    title: 'Keine Nummer fehlt',
    pass: 'Bis {through} fehlt keine Nummer.',
    unknown:
      'Nummer {k} fehlt, obwohl eine spätere gezeigt wurde. Was auch immer es war, kann über die Hauptkette entschieden haben.',
    action:
      'Eine Attestierung ging verloren oder wird zurückgehalten. Bei den Befunden zum Speicher steht, welche Buckets sie haben sollten.',
  },
  CHAIN_SEQUENCE_INVALID: {
    title: 'Keine Nummer ist von Unbrauchbarem belegt',
    pass: 'Jede Nummer bis {through} hat eine gültige Attestierung.',
    unknown: 'Für Nummer {k} gibt es nur Unbrauchbares: Dokumente, die eine Prüfung nicht bestehen.',
    action: 'Die Liste des Unbrauchbaren nennt jedes Dokument und die Prüfung, die es nicht besteht.',
  },
  CHAIN_SEQUENCE_BLOCK: {
    title: 'Jede Nummer hat ihren Block',
    pass: 'Jede Nummer bis {through} hat ihren Block und ihren Zeitstempel.',
    unknown: 'Nummer {k} ist attestiert, aber ihr Block oder ihr Zeitstempel fehlt oder ist ungültig.',
    action: 'Ohne den Block kann niemand sagen, wohin sie gehört. Die Befunde zum Speicher ansehen.',
  },
  CHAIN_ORDER: {
    title: 'Kein Block hat eine kleinere Nummer als der vor ihm',
    pass: 'Jeder Block wurde nach dem Block nummeriert, dem er folgt.',
    fail: 'Der Block mit der Nummer {k} wurde vor dem Block nummeriert, dem er folgt: Der Sequenzer hat seine eigene Regel gebrochen.',
    unknown: 'Es gibt nichts zu vergleichen.',
    action: 'Ein korrekter Sequenzer verweigert das. Auf diese Kette ist kein Verlass.',
  },
  CHAIN_EQUIVOCATION: {
    title: 'Der Sequenzer widerspricht sich nie',
    pass: 'Keine zwei Attestierungen dieses Sequenzers widersprechen sich.',
    fail: 'Der Sequenzer hat zwei Attestierungen unterschrieben, die sich widersprechen, die erste bei Nummer {k}. Die Kette endet davor.',
    unknown: 'Keine Attestierung wurde gelesen.',
    action: 'Beide Dokumente aufbewahren: Zusammen beweisen sie, dass diesem Sequenzer nicht zu trauen ist.',
  },
  CHAIN_TIMESTAMP: {
    title: 'Jeder Block lag dem Zeitstempeldienst vor',
    pass: 'Der festgelegte Zeitstempeldienst hat den Hash jedes Blocks mit der Zeit unterschrieben (Blöcke: {count}).',
    unknown: 'Auf der Hauptkette ist noch kein Block.',
  },
  CHAIN_ATTESTATION: {
    title: 'Jede Nummer wurde in einer echten Enklave vergeben',
    pass: 'Jede Nummer steht in einem eigenen Dokument einer Enklave, unterschrieben unter den festgelegten Wurzeln und mit dem Schlüssel des Sequenzers (Nummern: {count}).',
    unknown: 'Auf der Hauptkette ist noch kein Block.',
  },
  CHAIN_MEASUREMENT: {
    title: 'In der Enklave lief der festgelegte Sequenzer',
    pass: 'Jede Nummer bis zur Spitze wurde von einem festgelegten Abbild attestiert.',
    fail: 'Nummer {numbers}: kein Dokument eines festgelegten Abbilds. Stattdessen gefunden: {found}.',
    unknown:
      'Kein Abbild des Sequenzers ist festgelegt; in einer echten Enklave kann also irgendein Programm gelaufen sein: {found}.',
    action:
      'Das Abbild des Sequenzers selbst bauen oder seine Messwerte von jemandem holen, der es tat, und sie festlegen.',
  },
  CHAIN_TIME_ORDER: {
    title: 'Die Zeit läuft nie rückwärts',
    pass: 'Kein Block wurde früher gestempelt als einer vor ihm, bis auf die erlaubten {skew} s.',
    fail: 'Nummer {numbers} wurde bis zu {seconds} s vor einem früheren Block gestempelt; erlaubt sind {skew} s.',
    unknown: 'Auf der Hauptkette ist noch kein Block.',
    action: 'Die Uhr des Zeitstempeldienstes kann zurückgestellt worden sein. Die Zeiten um diese Nummern ansehen.',
  },
  CHAIN_TIME_ATTESTED: {
    title: 'Keine Nummer wurde vergeben, bevor ihr Block gestempelt war',
    pass: 'Jedes Dokument der Enklave ist mindestens so spät wie der Zeitstempel, dem es folgt, bis auf die erlaubten {skew} s.',
    fail: 'Nummer {numbers}: Das Dokument der Enklave ist älter als der Zeitstempel, den es nummeriert.',
    unknown: 'Auf der Hauptkette ist noch kein Block.',
    action: 'Eine der beiden Uhren geht falsch. Einen größeren Spielraum nur erlauben, wenn bekannt ist, warum.',
  },
  CHAIN_TREE: {
    title: 'Der Inhalt jedes Blocks wurde gelesen',
    pass: 'Der Baum jedes Blocks ist da und ergibt die Wurzel, die sein Block nennt (Blöcke: {count}).',
    unknown:
      'Nicht jeder Baum ließ sich lesen (es fehlen {count}, Nummer {numbers}); dass etwas nicht da sei, lässt sich also nicht sagen.',
    action: 'Die Blöcke selbst stehen. Noch einmal versuchen, wenn mehr vom Speicher antwortet.',
  },
  CHAIN_STORAGE: {
    title: 'Alles steht auf mindestens drei guten Scherben',
    pass: 'Jedes Objekt wurde aus drei guten Scherben zusammengesetzt; {up} von {count} Buckets antworten.',
    unknown:
      'Für {unreadable} Objekte fanden sich weniger als drei gute Scherben; {up} von {count} Buckets antworten. {names}',
    action: 'Die Liste darunter nennt jeden Bucket und was mit ihm nicht stimmte.',
  },
  CHAIN_BUCKET: {
    title: 'Bucket {bucket}',
    pass: '{url} hat von allem eine gute Scherbe.',
    fail: '{url} gab Scherben, die nicht sind, was sie sein sollten: {wrong} falsch, {copied} kopiert, {zero} null, {dependent} abhängig, {malformed} fehlgeformt.',
    unknown: '{url}: {state}, {missing} Scherben fehlen.',
  },
  CHAIN_SUCCESSOR: {
    title: 'Sie steht in einer Linie mit der Kette vor ihr',
    pass: 'Sie folgt auf „{predecessor}“, die bei Nummer {k} endete, so weit gezeigt: Niemand zeigt etwas Späteres von ihr.',
    fail: 'Was sie und „{predecessor}“ über den Übergang von der einen Kette zur anderen sagen, passt nicht zusammen.',
    unknown: 'Sie folgt auf „{predecessor}“, deren Ende bei Nummer {k} sich nicht ganz sehen ließ.',
    action:
      'Auf nichts, was auf einer der beiden Ketten nach dem Übergang steht, ist Verlass, bevor der Betreiber das erklärt hat.',
  },
  CHAIN_SUCCESSOR_KEY: {
    title: 'Die Kette vor ihr ist die festgelegte',
    pass: 'Der eingetragene Schlüssel des Sequenzers ist der für „{chain}“ festgelegte.',
    fail: 'Der eingetragene Schlüssel des Sequenzers ist nicht der für „{chain}“ festgelegte.',
    action: 'Beide Festlegungen mit einer vertrauenswürdigen Quelle vergleichen.',
  },
  CHAIN_SUCCESSOR_LATER: {
    title: 'Die Kette vor ihr ging nicht weiter',
    pass: 'Niemand zeigt eine Attestierung von „{chain}“ nach Nummer {k}. Das gilt, so weit gezeigt, und beweist nicht, dass es keine gibt.',
    fail: '„{chain}“ hat eine gültige Attestierung mit der Nummer {highest}, nach Nummer {k}, bei der sie laut Eintrag endete.',
    unknown: 'Nummer {k} von „{chain}“, bei der sie laut Eintrag endete, wird nicht gezeigt.',
    action:
      'Entweder wurde der Eintrag zu früh gemacht, mit Absicht oder nicht, oder der verloren gesagte Sequenzer lief weiter.',
  },
  CHAIN_SUCCESSOR_TAIL: {
    title: 'Das eingetragene Ende ist das Ende der Kette vor ihr',
    pass: 'Das eingetragene Ende, in Höhe {height}, ist der letzte Block der Hauptkette von „{chain}“.',
    fail: 'Das eingetragene Ende, in Höhe {height}, ist nicht der letzte Block der Hauptkette von „{chain}“; dieser liegt in Höhe {found}.',
    unknown:
      '„{chain}“ ließ sich nicht bis zu ihrem Ende verfolgen; das eingetragene, in Höhe {height}, lässt sich also nicht vergleichen.',
    action: 'Das Audit der Kette vor ihr ansehen: Vielleicht werden Blöcke zurückgehalten.',
  },
  CHAIN_SUCCESSOR_SINGLE: {
    title: 'Keine andere Kette gibt sich als Nachfolgerin aus',
    pass: 'Unter den geprüften Ketten beansprucht keine andere denselben Platz.',
    fail: '{count} Ketten wollen auf dieselbe folgen: {names}.',
    action: 'Den Betreiber fragen, welche davon die Nachfolgerin ist, und die Festlegung der anderen aufheben.',
  },
  CHAIN_SUCCESSOR_UNPINNED: {
    title:
      'Sie folgt nach eigener Angabe auf die Kette mit Block null {genesis}, die bei Nummer {k} und Höhe {height} endete. Jene Kette ist nicht festgelegt; das wurde also nicht verglichen.',
  },
  CHAIN_SUCCESSOR_UNREAD: {
    title:
      'Sie folgt nach eigener Angabe auf „{chain}“, die bei Nummer {k} und Höhe {height} endete. Jene Kette wurde nicht mit ihr zusammen geprüft; das wurde also nicht verglichen.',
  },
  CHAIN_HOLD: {
    title: 'Niemand kann das Gespeicherte löschen',
    pass: 'Für jeden Bucket ({buckets}) attestiert eine festgelegte Enklave, dass Objekte im Compliance-Modus gesperrt sind: {covered} von {total} Objekten der Kette, eine Stichprobe.',
    fail: 'Eine Attestierung sagt, dass ein Bucket seine Objekte nicht so sperrt, wie er soll.',
    unknown:
      'Nicht für jeden Bucket liegt eine Attestierung vor, dass seine Objekte gesperrt sind; das lässt sich also nicht sagen: {covered} von {total} Objekten sind gedeckt.',
    action:
      'Den Betreiber bitten, Attestierungen der Sperren neben die Objekte zu legen, oder sie der Befehlszeile mit --with geben.',
  },
  CHAIN_HOLD_BUCKET: {
    title: 'Bucket {bucket} sperrt seine Objekte',
    pass: '{url}: {covered} von {total} Objekten sind laut Attestierung mindestens bis {until} im Compliance-Modus gesperrt.',
    fail: '{url}: {problem}.',
    unknown: '{url}: Keine gültige Attestierung einer Sperre liegt vor.',
    action:
      'Nötig ist eine Attestierung für diesen Bucket, von einer Enklave, deren Abbild dafür festgelegt ist, über Objekte dieser Kette.',
  },
  CHAIN_HOLD_FORM: { title: 'Das Dokument trägt genau eine Aussage über Sperren' },
  CHAIN_HOLD_MEASUREMENT: { title: 'Das Abbild ist für Attestierungen von Sperren festgelegt' },
  CHAIN_HOLD_REFUSED: { title: 'Die Datei {name} ist keine Attestierung einer Sperre, die zählt: {reason}' },
  CHAIN_FOREIGN_DOCUMENT: {
    title:
      '{count} weitere Dokumente für dieselben Nummern stammen nicht von einem festgelegten Abbild; sie entscheiden nichts.',
  },
  CHAIN_ATTESTED_LATE: {
    title: 'Eine Nummer wurde bis zu {seconds} s nach dem Stempel ihres Blocks vergeben. Das ist spät und erlaubt.',
  },
  CHAIN_SEQUENCER_KEY: { title: 'Das Dokument gilt dem festgelegten Schlüssel des Sequenzers' },
  CHAIN_SEQUENCE_FORM: { title: 'Das Dokument trägt genau eine Attestierung der Nummernfolge' },
  CHAIN_SEQUENCE_SIGNATURE: {
    title: 'Die Nummernfolge ist mit dem Schlüssel des Sequenzers für diese Kette unterschrieben',
  },
  CHAIN_SEQUENCE_NUMBER: { title: 'Die Attestierung ist unter ihrer eigenen Nummer gespeichert' },
  CHAIN_SEGMENT_FORM: { title: 'Das Objekt ist ein Segment von 256 Nummern' },
  CHAIN_TUPLE_FORM: { title: 'Das Objekt ist ein Tupel aus Baum, Block und Zeitstempel' },
  CHAIN_TUPLE_KEY: { title: 'Das Tupel ist unter dem Hash seines Zeitstempels gespeichert' },
  CHAIN_TIMESTAMP_ISSUER: { title: 'Der Zeitstempel stammt vom festgelegten Aussteller' },
  CHAIN_TIMESTAMP_AUDIENCE: { title: 'Der Zeitstempel gilt dem festgelegten Empfänger' },
  CHAIN_TIMESTAMP_USE: { title: 'Der Zeitstempel ist von der festgelegten Art Token' },
  CHAIN_TIMESTAMP_SUBJECT: { title: 'Der Zeitstempel nennt seinen Block' },
  CHAIN_TIMESTAMP_TIME: { title: 'Der Zeitstempel sagt eine Zeit' },
  CHAIN_TIMESTAMP_KEY_TIME: { title: 'Der Zeitstempel entstand, solange sein Schlüssel gilt' },
} as const satisfies Messages;
