import { makeCertificateChecker } from '../check.ts';
import { poxFlavour } from './flavour.ts';

export const poxChecker = makeCertificateChecker(poxFlavour);
