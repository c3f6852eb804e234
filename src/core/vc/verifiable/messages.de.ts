import type { Messages } from '../../verdict/messages.ts';
import { hostMessages } from '../../host/messages.de.ts';
import { attestationMessages } from '../../task/attestationMessages.de.ts';
import { certificateMessages } from '../messages.de.ts';

/** The words of credentials that are signed: those of certificates, and where a signature says it otherwise than a hash. */
export const verifiableMessages: Messages = {
  ...attestationMessages,
  ...certificateMessages,
  ...hostMessages,
  CERT_FORM: {
    title: 'Es ist ein lesbarer Nachweis',
    pass: 'Der Nachweis und seine Beweise haben die Form, die sie haben müssen.',
    fail: 'Der Nachweis lässt sich nicht lesen. {reason}',
    action: 'Den Nachweis noch einmal von dem holen, von dem er stammt, als die JSON-Datei, die ausgestellt wurde.',
  },
  CERT_UNSIGNED: {
    title: 'Jemand hat ihn unterschrieben',
    unknown: 'Er hat keinen Beweis: Jeder kann ihn geschrieben haben.',
  },
  CERT_CONTEXT: {
    ...certificateMessages['CERT_CONTEXT'],
    title: 'Seine Worte bedeuten, wofür Leser sie nehmen',
    unknown: 'Der Kontext {address} ist nicht zur Hand; seine Worte lassen sich also nicht bestimmen.',
  },
  CERT_COVERAGE: {
    title: 'Die Unterschrift deckt alles',
    pass: 'Jedes Mitglied des Nachweises ist unterschrieben; jede Änderung würde die Unterschrift brechen.',
    unknown: 'Ob die Unterschrift alles deckt, lässt sich nicht sagen. {reason}',
    action: 'Auf nichts darin verlassen.',
  },
  CERT_ISSUER: {
    title: 'Seinem Aussteller wird vertraut',
    pass: 'Das festgelegte Dokument von {issuer} führt einen Schlüssel auf, der ihn unterschrieb.',
    fail: 'Er stammt nicht von dem, den er nennt. {reason}',
    unknown: 'Wer ihn ausgestellt hat, lässt sich nicht sagen. {reason}',
    action:
      'Das Dokument von {issuer} vom Aussteller selbst holen, mit einer zweiten Quelle vergleichen und in der Vertrauensdatei festlegen: unter „dids“, wenn es eine DID ist, sonst unter „contexts“.',
  },
  CERT_REVOCATION: {
    title: 'Sein Aussteller hat ihn nicht zurückgenommen',
    pass: 'Platz {place} der unterschriebenen Liste {list} des Ausstellers ist nicht markiert ({purpose}).',
    fail: 'Der Aussteller hat ihn zurückgenommen ({purpose}): Platz {place} ist in {list} markiert.',
    unknown: 'Ob er zurückgenommen wurde, lässt sich nicht sagen. {reason}',
    action: 'Die Liste {list} heute holen und mit --with angeben oder dazulegen.',
  },
};
