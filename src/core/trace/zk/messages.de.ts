import type { Messages } from '../../verdict/messages.ts';

export const zkMessages: Messages = {
  ZK_FORM: {
    title: 'Der Zero-Knowledge-Beweis hat seine Form',
    pass: 'Der Beweis besteht aus {bytes} Bytes gültiger Punkte der Kurve, jeder auf die eine Weise geschrieben, die es gibt.',
    fail: 'Der Zero-Knowledge-Beweis hat nicht seine Form. {reason}',
    unknown: 'Der Zero-Knowledge-Beweis wurde nicht gelesen.',
    action:
      'Den Beweis noch einmal von dem holen, der ihn machte: Er kann unterwegs abgeschnitten oder verändert worden sein.',
  },
  ZK_STATEMENT: {
    title: 'Die Aussage betrifft diese Spur und ist die erfragte',
    pass: 'Sie besagt: {what}, von {lo} bis {hi}, ist unter den Werten, auf die sich die unterschriebene Auswahl festlegt.',
    fail: 'Die Aussage ist keine über diese Spur, die erfragt wurde. {reason}',
    unknown: 'Was besagt wird, ließ sich nicht lesen.',
    action: 'Um einen eigenen Beweis bitten: der gewünschten Aussage, für eine selbst gewählte Nonce.',
  },
  ZK_SETUP: {
    title: 'Dem Setup des Beweissystems wird vertraut',
    pass: 'Der Prüfschlüssel {key} ist ein festgelegter.',
    fail: 'Dem Setup wird nicht vertraut.',
    unknown: 'Der Prüfschlüssel ist kein festgelegter. {reason}',
    action:
      'Solche Beweise überzeugen nur, wer dem Setup vertraut: dass mindestens einer der Beteiligten nichts davon behielt. Wenn ja, den Schlüssel ({key}) in der Vertrauensdatei unter zk.keys festlegen.',
  },
  ZK_PROOF: {
    title: 'Der Beweis hält für die unterschriebene Auswahl stand',
    pass: 'Der Beweis hält stand: Die unterschriebene Auswahl enthält einen solchen Wert. Welchen, von welchem Ereignis, bleibt verborgen. Ob der Lauf richtig war, sagt er nicht: Das zeigt nur, das Programm noch einmal auszuführen.',
    fail: 'Der Beweis hält für diese Auswahl, diese Aussage und diesen Anker nicht stand. {reason}',
    unknown: 'Ob der Beweis standhält, ließ sich nicht prüfen.',
    action:
      'Ein Beweis gilt für eine unterschriebene Spur, eine Aussage und eine Nonce: um einen bitten, der für diese gemacht ist.',
  },
  ZK_NONCE_NOT_ASKED: {
    title:
      'Zum Vergleich wurde keine eigene Nonce angegeben: Der Beweis ist an {nonce} gebunden und kann für jemand anderen gemacht sein.',
  },
  ZK_WHOLE_RANGE: {
    title:
      'Der Bereich ist alles, was der Typ fassen kann: Bewiesen ist, dass die Funktion aufgerufen wurde, und nichts über den Wert.',
  },
  ZK_DEVELOPMENT_SETUP: {
    title: 'Das Setup ist eines zum Entwickeln: Wer es ausführte, kann Beweise für etwas machen, was nicht so ist.',
  },
};
