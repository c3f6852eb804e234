import type { Messages } from '../verdict/messages.ts';

export const reportMessages: Messages = {
  REPORT_FORM: {
    title: 'Die Datei ist ein Bericht in der einen Form, die Berichte haben',
    pass: 'Die Datei ist kanonisches JSON mit den Feldern eines Berichts und keinen anderen; Berichte darin: {reports}.',
    fail: 'Die Datei lässt sich nicht als Bericht lesen. {reason}',
    action: 'Den Absender um die Datei bitten, wie sie gespeichert wurde: Ein geändertes Byte genügt.',
  },
  REPORT_DIGEST: {
    title: 'Der Digest gehört zu dem, was in der Datei steht',
    pass: 'Der Digest {digest} gehört zu allem, was darin steht.',
    fail: 'Die Datei nennt den Digest {digest}, ihr Inhalt hat aber {found}: Sie wurde geändert.',
  },
  REPORT_COHERENT: {
    title: 'Der Bericht widerspricht sich nicht',
    pass: 'Sein Urteil folgt aus seinen eigenen Prüfungen ({checks}), und was nicht hält, ist genannt ({findings}).',
    fail: 'Der Bericht widerspricht sich. {reason}',
  },
  REPORT_TIME: {
    title: 'Der Bericht ist aus einer möglichen Zeit',
    pass: 'Er ist nicht aus der Zukunft, und nichts, was er abdeckt, ist jünger als er.',
    fail: 'Seine Zeit kann nicht stimmen. {reason}',
    action: 'Die Uhr dieses Rechners prüfen, oder die mit --at angegebene Zeit.',
  },
  REPORT_SIGNATURE: {
    title: 'Der Prüfer hat ihn unterschrieben',
    pass: '{auditor} hat genau diesen Bericht unterschrieben.',
    fail: 'Die Unterschrift ist nicht von {auditor}. {reason}',
    unknown: 'Niemand hat ihn unterschrieben: Jeder könnte ihn im Namen von {auditor} geschrieben haben.',
    action: 'Den Prüfer um die unterschriebene Datei bitten, oder sie als Prüfer selbst unterschreiben.',
  },
  REPORT_AUDITOR: {
    title: 'Dem Prüfer wird vertraut',
    pass: 'Die Vertrauensdatei nennt {auditor} unter den Prüfern.',
    unknown: 'Die Vertrauensdatei nennt {auditor} nicht unter den Prüfern.',
    action:
      'Wer anderswoher weiß, wessen Adresse {auditor} ist, und dieser Arbeit traut, heftet sie an: „auditors“ in einer Vertrauensdatei.',
  },
  REPORT_ANCHORED: {
    title: 'Ein Ledger zeigt, seit wann der Bericht da war',
    pass: 'Ledger {chainId} zeigt, dass der Prüfer ihn in Block {block} verankert hat, als Nummer {number} des Vertrags.',
    fail: 'Das Beigelegte zeigt nicht, dass der Bericht verankert ist. {reason}',
    unknown: 'Ob der Bericht verankert ist, lässt sich nicht sagen. {reason}',
    action: 'Die Validatoren des Ledgers anheften und die Blöcke mit „npm run -s report -- anchor“ neu holen.',
  },
  REPORT_SAYS: {
    title: 'Der Prüfer sagt, dass das Geprüfte hält',
    pass: 'Der Prüfer sagt: {subject} hält, {unit} {from} bis {to}.',
    fail: 'Der Prüfer sagt: {subject} hält nicht, {unit} {from} bis {to}. Erster von {findings} Befunden: {first}.',
    unknown:
      'Der Prüfer sagt: Ob {subject} hält, lässt sich nicht sagen, {unit} {from} bis {to}. Erster von {findings} Befunden: {first}.',
    action: 'Selbst prüfen: Ein Bericht ersetzt die Belege nie.',
  },
  REPORT_STATEMENT: {
    title:
      'Ein Bericht ist, was jemand sagt, und für sich nie ein Beleg. Eine eigene Prüfung kann zeigen, ob es stimmt.',
  },
  REPORT_SAME_TRUST: { title: 'Der Prüfer benutzte eine Vertrauensdatei, die genau dasselbe anheftet wie diese.' },
  REPORT_OTHER_TRUST: {
    title:
      'Der Prüfer benutzte eine andere Vertrauensdatei, mit dem Digest {digest}: danach fragen und vergleichen, was sie anheftet.',
  },
  REPORT_NO_ANCHOR: {
    title: 'Seit wann er da war, sagt nur der Prüfer: Blöcke eines Ledgers, die ihn verankern, wurden nicht gegeben.',
  },
  REPORT_ONE: {
    title: 'Ein Bericht von {auditor}',
    pass: '{auditor}, dem vertraut wird, sagt, dass es hält.',
    fail: 'Der Bericht von {auditor} hält nicht, oder er sagt, dass das Geprüfte nicht hält.',
    unknown: 'Der Bericht von {auditor} zählt nicht, oder er lässt die Antwort offen.',
  },
  REPORTS_SUBJECT: {
    title: 'Alle Berichte handeln vom selben',
    pass: 'Alle handeln von {subject}.',
    fail: 'Sie handeln von Verschiedenem: {subject} und {other}.',
    unknown: 'Keiner ist die Aussage eines Prüfers, dem vertraut wird.',
    action: 'Nur Berichte über dasselbe zusammenführen, von Prüfern, die angeheftet sind.',
  },
  REPORTS_RANGE: {
    title: 'Es gibt etwas, das alle abgedeckt haben',
    pass: 'Alle haben {unit} {from} bis {to} abgedeckt.',
    unknown: 'Es gibt nichts, was alle abgedeckt haben.',
    action: 'Um Berichte über denselben Bereich bitten.',
  },
  REPORTS_AGREE: {
    title: 'Die Prüfer sind sich einig',
    pass: 'Keine Aussage widerspricht einer anderen; Prüfer: {auditors}.',
    fail: '{one} und {other} widersprechen einander. {reason}',
    unknown: '{one} und {other} sagen nicht dasselbe. {reason}',
    action: 'Selbst prüfen und herausfinden, wer recht hat; bis dahin keinem glauben.',
  },
  REPORTS_THRESHOLD: {
    title: 'Genug Prüfer sagen, dass es hält',
    pass: '{have} Prüfer, denen vertraut wird, sagen, dass es hält; {need} waren verlangt.',
    fail: '{have} Prüfer, denen vertraut wird, sagen, dass es hält; {need} waren verlangt, und die übrigen Berichte können das nicht ändern.',
    unknown:
      '{have} Prüfer, denen vertraut wird, sagen, dass es hält; {need} waren verlangt. Mehr würden zählen, wenn sie angeheftet wären.',
    action: 'Um Berichte weiterer Prüfer bitten, oder die anheften, die man kennt.',
  },
};
