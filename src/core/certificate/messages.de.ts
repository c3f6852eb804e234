import type { Messages } from '../verdict/messages.ts';

export const certificateMessages = {
  CERTIFICATE_FORM: {
    title: 'Die Datei ist eine ganze Bescheinigung',
    pass: 'Die Datei ist eine Bescheinigung in ihrer einen kanonischen Form.',
    fail: 'Die Datei ist keine ganze Bescheinigung: {reason}',
    action:
      'Die Datei noch einmal erbitten: Sie kann abgeschnitten, bearbeitet oder von einem Programm gespeichert sein, das sie veränderte.',
  },
  CERTIFICATE_VERSION: {
    title: 'Diese Version kann sie lesen',
    unknown: 'Die Datei ist nach eigener Angabe „{version}“; diese Version von Affidavit liest „{known}“.',
    action:
      'Eine neuere Version von Affidavit verwenden. Sollte die Datei von der bekannten Version sein, wurde sie verändert: das Original erbitten.',
  },
  CERTIFICATE_DIGEST: {
    title: 'Nichts in der Datei wurde verändert',
    pass: 'Der Digest in der Datei ist der aller ihrer anderen Felder.',
    fail: 'Die Datei nennt ihren Digest {digest}, ihre Felder ergeben aber {found}: Nach ihrer Entstehung wurde etwas verändert.',
    action: 'Die Originaldatei erbitten.',
  },
  CERTIFICATE_SYSTEM: {
    title: 'Diese Version kann solche Bescheinigungen beurteilen',
    unknown: 'Bescheinigungen des Systems „{system}“ kann diese Version nicht beurteilen.',
    action: 'Eine neuere Version von Affidavit verwenden.',
  },
  CERTIFICATE_CLAIM: {
    title: 'Was behauptet wird, lässt sich lesen',
    pass: 'Behauptung, Beweis und Anker haben die Form, die sie haben müssen.',
    fail: 'Behauptung, Beweis oder Anker haben nicht die Form, die sie haben müssen: {reason}',
    action: 'Die Datei noch einmal erbitten.',
  },
  CERTIFICATE_IDENTITY: {
    title: 'Sie handelt von der festgelegten Kette',
    pass: 'Block null und Schlüssel des Sequenzers sind die in der Vertrauensdatei für „{chain}“ festgelegten.',
    fail: 'Die Bescheinigung nennt etwas anderes ({part}), als in der Vertrauensdatei für „{chain}“ festgelegt ist.',
    unknown: 'In der Vertrauensdatei ist die Kette mit Block null {genesis} nicht festgelegt.',
    action:
      'Die Identität dieser Kette aus einer vertrauenswürdigen Quelle holen, nicht aus der Bescheinigung, und sie festlegen.',
  },
  CERTIFICATE_TRANSCRIPT: {
    title: 'Jeder Block und jede Attestierung darin ist echt',
    pass: 'Alle Blöcke ({count}) mit ihren Zeitstempeln und Nummern sind mit den festgelegten Schlüsseln unterschrieben.',
    fail: 'Nummer {k} hält nicht stand: {reason}',
    unknown: 'Kein Block darin wurde beurteilt.',
    action:
      'Zuerst die Kette festlegen. Ist sie festgelegt, die Originaldatei erbitten: Eine echte Bescheinigung enthält gültige Blöcke und nichts sonst.',
  },
  CERTIFICATE_BLOCK: {
    title: 'Der Block ist auf der Hauptkette',
    pass: 'Der Block steht in Höhe {height} der Hauptkette, Nummer {k}.',
    fail: 'Der Block, den die Bescheinigung nennt, steht nicht in Höhe {height} der Hauptkette.',
    unknown: 'Die Hauptkette ließ sich nicht bis zu dem Block verfolgen, den die Bescheinigung nennt.',
    action: 'Der Block kann auf einer Gabelung sein, die unterlag. Das zeigt ein Audit der Kette.',
  },
  CERTIFICATE_INCLUSION: {
    title: 'Der Eintrag ist im Block',
    pass: 'Der Eintrag ist Blatt {leaf} von {leaves} im Baum des Blocks.',
    fail: 'Der Eintrag ist nicht Blatt {leaf} von {leaves} im Baum des Blocks.',
    action: 'Der Beweis wurde für etwas anderes gemacht. Die Originaldatei erbitten.',
  },
  CERTIFICATE_TIMES: {
    title: 'Die beiden Zeiten sind die der Zeitstempel darum',
    pass: 'Die Zeiten sind die des Zeitstempels vor dem Block und seines eigenen; die Uhr darf, wie selbst erlaubt, um {skew} s abweichen.',
    fail: 'Die Bescheinigung sagt {after} und {before}, die Zeitstempel aber {signedAfter} und {signedBefore}.',
    unknown: 'Die Zeitstempel um den Block ließen sich nicht lesen.',
    action: 'Auf die Zeiten, die die Datei nennt, ist kein Verlass.',
  },
  CERTIFICATE_ANCHORS: {
    title: 'Sie führt auf, was festgelegt sein muss',
    pass: 'Die Anker, die sie aufführt, sind die, nach denen sie beurteilt wurde.',
    fail: 'Die Anker, die sie aufführt, sind nicht die, nach denen sie beurteilt wurde: {part}.',
    unknown: 'Ob genügt, was sie aufführt, lässt sich nicht sagen: {part}.',
    action: 'Die Liste wurde nach Entstehung der Bescheinigung verändert. Die Originaldatei erbitten.',
  },
  CERTIFICATE_LABELS: {
    title: 'Sie sagt, was zu ihrem Beleg gesagt werden muss',
    pass: 'Die Kennzeichen, die sie trägt, sind die, die ihr Beleg verlangt.',
    fail: 'Sie sollte die Kennzeichen „{expected}“ tragen, trägt aber „{found}“.',
    action: 'Jemand hat eine Warnung entfernt oder hinzugefügt. Die Originaldatei erbitten.',
  },
  CERTIFICATE_FILE: {
    title: 'Die Datei daneben ist die eingetragene',
    pass: '{name} ist die eingetragene Datei{how}.',
    fail: 'Keine der Dateien neben der Bescheinigung ist die eingetragene.',
    action: 'Prüfen, ob es genau dieselbe Datei ist: Schon ein geändertes Byte macht sie zu einer anderen.',
  },
  CERTIFICATE_RECORDED: {
    title: 'Die Bescheinigung wurde selbst eingetragen',
    pass: 'Genau diese Datei wurde ihrerseits eingetragen, wie {name} zeigt, zwischen {after} und {before}. Wer sich allein auf jene Kette verlässt, weiß, dass die Datei und damit der Eintrag um {before} da war; nach allen weiteren Bescheinigungen ({links}) zusammen war er um {bound} da.',
    fail: '{name} sagt, dass genau diese Datei ihrerseits eingetragen wurde, hält aber nicht stand.',
    unknown:
      '{name} sagt, dass genau diese Datei ihrerseits eingetragen wurde, zwischen {after} und {before}, aber das ließ sich nicht entscheiden.',
    action: 'Die Prüfungen der zweiten Bescheinigung unten ansehen. Sie weglassen, um die erste allein zu beurteilen.',
  },
  CERTIFICATE_RECORD_WEAKER: {
    title:
      '{name} sagt auch, dass diese Datei eingetragen wurde, hält aber nicht stand oder ließ sich nicht entscheiden; eine andere zählt.',
  },
  CERTIFICATE_COMPANION_OTHER: {
    title: 'Die dazugegebene Bescheinigung {name} betrifft nicht diese Datei und entscheidet nichts.',
  },
  CERTIFICATE_COMPANION_FORM: {
    title: 'Die dazugegebene Datei {name} ist keine ganze Bescheinigung und entscheidet nichts.',
  },
  CERTIFICATE_WRAPPER: {
    title: 'Die Bescheinigung lässt sich aus dem lösen, was um sie steht',
    fail: 'Das ist eine Bescheinigung in der Form eines anderen Werkzeugs, aber nicht wie ein Export von ihr: {reason}',
    unknown: 'Was um die Bescheinigung steht, ließ sich nicht beurteilen: {reason}',
    action: 'Erneut um den Export bitten oder um die eigene Datei der Bescheinigung.',
  },
  CERTIFICATE_CREDENTIAL: {
    title: 'Der Nachweis um die Bescheinigung wurde unterschrieben, wie er sagt',
    pass: 'Der Nachweis um die Bescheinigung hält: {signer} hat ihn unterschrieben.',
    fail: 'Die Unterschrift des Nachweises um die Bescheinigung hält nicht: {reason}',
    unknown: 'Die Unterschrift des Nachweises um die Bescheinigung ließ sich nicht prüfen: {reason}',
    action:
      'Erneut um den Export bitten oder um die eigene Datei der Bescheinigung, die keine Unterschrift des Absenders braucht.',
  },
  CERTIFICATE_ENVELOPE: {
    title: 'Der Umschlag um die Bescheinigung wurde unterschrieben, wie er sagt',
    pass: 'Der Umschlag um die Bescheinigung hält: {signer} hat ihn unterschrieben.',
    fail: 'Die Unterschrift des Umschlags um die Bescheinigung hält nicht: {reason}',
    unknown: 'Die Unterschrift des Umschlags um die Bescheinigung ließ sich nicht prüfen: {reason}',
    action:
      'Erneut um den Export bitten oder um die eigene Datei der Bescheinigung, die keine Unterschrift des Absenders braucht.',
  },
  CERTIFICATE_EXPORTER: {
    title:
      'Wer {signer} ist, sagt die Vertrauensdatei nicht: Jeder kann einen solchen Schlüssel machen. Die Bescheinigung steht für sich und braucht niemandes Wort.',
  },
} as const satisfies Messages;
