import type { durability as durabilityEnglish } from './durability.en.ts';
import type { Translated } from './words.ts';

/** The words of the durability panel of a chain. */
export const durability: Translated<typeof durabilityEnglish> = {
  title: 'Haltbarkeit',
  hint: 'Nach der Methode von Backblaze berechnet, nicht beobachtet: die Wahrscheinlichkeit, dass während einer Reparatur mehr Scherben ausfallen, als der Code entbehren kann. Angenommen ist, dass Scherben unabhängig ausfallen.',
  inputs: {
    shards: 'Scherben',
    needed: 'Nötig',
    annualFailureRate: 'Ausfälle im Jahr',
    repairDays: 'Tage bis zur Reparatur',
    years: 'Jahre',
  },
  result: '{nines} Neunen über {years} Jahre: Ein Objekt geht mit der Wahrscheinlichkeit {loss} verloren.',
  never: 'Kein Verlust, den eine Zahl ausdrücken könnte.',
  source: 'Die Raten sind die von {source}; eigene lassen sich eintragen.',
  yours: 'Mit den eigenen Angaben.',
};
