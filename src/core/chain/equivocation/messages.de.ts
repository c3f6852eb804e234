import type { Messages } from '../../verdict/messages.ts';

export const equivocationMessages = {
  EQUIVOCATION_FORM: {
    title: 'Die Datei enthält zwei Dokumente einer Kette',
    pass: 'Die Datei nennt eine Kette und enthält zwei Dokumente.',
    fail: 'Die Datei ist kein ganzer Beweis: {reason}',
    action: 'Die Datei noch einmal erbitten.',
  },
  EQUIVOCATION_PINNED: {
    title: 'Die Kette ist in der Vertrauensdatei festgelegt',
    pass: 'Die Kette „{chain}“ ist in der Vertrauensdatei festgelegt.',
    unknown:
      'In der Vertrauensdatei ist die Kette mit Block null {genesis} nicht mit allen ihren Schlüsseln festgelegt.',
    action: 'Die Kette aus einer vertrauenswürdigen Quelle festlegen.',
  },
  EQUIVOCATION_DOCUMENT: {
    title: 'Dokument {number} ist eine echte Attestierung des Sequenzers der Kette',
    pass: 'Dokument {number} ist eine echte Attestierung der Nummer {k} durch den Sequenzer der Kette.',
    fail: 'Dokument {number} ist keine echte Attestierung des Sequenzers der Kette: {reason}',
    action: 'Ohne zwei echte Dokumente ist gegen den Sequenzer nichts gezeigt.',
  },
  EQUIVOCATION_CONTRADICTION: {
    title: 'Die beiden widersprechen sich',
    pass: 'Die beiden widersprechen sich: {how}. Dem Sequenzer ist nicht zu trauen.',
    fail: 'Die beiden widersprechen sich nicht: Sie betreffen {how}.',
    unknown: 'Ob sich die beiden widersprechen, lässt sich erst sagen, wenn beide als echt bekannt sind.',
  },
} as const satisfies Messages;
