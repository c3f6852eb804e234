import type { Messages } from '../../verdict/messages.ts';

export const membershipMessages: Messages = {
  NET_MEMBERSHIP: {
    title: 'Der verborgene Messwert der Anfrage {request} ist ein zugelassener',
    pass: '{name}: {register} der Maschine ist einer der Werte, die die Kriterien zulassen; welcher, bleibt verborgen.',
    fail: '{name} zeigt nicht, dass der Messwert ein zugelassener ist.',
    unknown: 'Ob der Messwert ein zugelassener ist, lässt sich aus {name} nicht sagen.',
  },
  MEMBER_FORM: {
    title: 'Der Beweis der Zugehörigkeit hat seine Form',
    pass: 'Die Datei von {bytes} Bytes hat ihre Form, und ihre Punkte liegen auf der Kurve.',
    fail: 'Die Datei hat nicht ihre Form. {reason}',
    unknown: 'Die Datei wurde nicht gelesen.',
    action: 'Den Beweis noch einmal holen, wo er gemacht wurde.',
  },
  MEMBER_REQUEST: {
    title: 'Die Anfrage hat sich auf das festgelegt, worum es in dem Beweis geht',
    pass: 'Anfrage {request} hat sich verborgen auf einen Wert von {register} festgelegt, und um diesen geht es in dem Beweis.',
    fail: 'In dem Beweis geht es nicht um das, worauf sich Anfrage {request} festgelegt hat. {reason}',
    unknown: 'Worum es in dem Beweis geht, war nicht zu lesen. {reason}',
  },
  MEMBER_RECORD: {
    title: 'Das Netz hat die Anfrage für richtig befunden',
    pass: 'Die Knoten des Netzes fanden, dass sich Anfrage {request} auf das festlegt, was ihre Maschine misst.',
    fail: 'Das Netz steht nicht hinter Anfrage {request}. {reason}',
    unknown: 'Niemand steht dafür ein, dass sich die Anfrage auf das festlegt, was ihre Maschine misst. {reason}',
    action: 'Den Eintrag zu der Anfrage abwarten.',
  },
  MEMBER_SET: {
    title: 'Die zugelassenen Werte sind die der veröffentlichten Kriterien',
    pass: 'Die Kriterien {criteria} lassen so viele Werte von {register} ({kind}) zu: {values}; daraus wurde die Wurzel gebildet.',
    fail: 'Die Kriterien geben keine Menge für {register} ({kind}). {reason}',
    unknown: 'Es gibt keine Menge zugelassener Werte. {reason}',
    action: 'Die Kriterien (eine Vertrauensdatei) dazulegen.',
  },
  MEMBER_SETUP: {
    title: 'Das Setup des Beweissystems ist eines, dem vertraut wird',
    pass: 'Der Prüfschlüssel {key} ist als vertrauenswürdig festgelegt.',
    fail: 'Das Setup ist keines, dem vertraut wird.',
    unknown: 'Der Prüfschlüssel ist nicht als vertrauenswürdig festgelegt. {reason}',
    action:
      'Wer dem Setup vertraut, aus dem er stammt, trägt den Schlüssel ({key}) in der Vertrauensdatei unter zk.keys ein.',
  },
  MEMBER_PROOF: {
    title: 'Der Beweis gilt',
    pass: 'Der Beweis gilt: Worauf sich die Anfrage festgelegt hat, ist einer der zugelassenen Werte.',
    fail: 'Der Beweis gilt nicht für diese Anfrage, diese Kriterien und diese Nonce. {reason}',
    unknown: 'Ob der Beweis gilt, ließ sich nicht prüfen. {reason}',
  },
  MEMBER_ALONE: { title: 'Nur ein Wert ist zugelassen; es ist also bekannt, welchen die Maschine hat.' },
  ZK_NONCE_NOT_ASKED: {
    title:
      'Zum Vergleich wurde keine eigene Nonce angegeben: Der Beweis ist an {nonce} gebunden und kann für jemand anderen gemacht sein.',
  },
  ZK_DEVELOPMENT_SETUP: {
    title: 'Das Setup ist eines für die Entwicklung: Wer es ausgeführt hat, kann Falsches beweisen.',
  },
};
