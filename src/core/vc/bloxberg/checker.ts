import { makeCertificateChecker } from '../check.ts';
import { bloxbergFlavour } from './flavour.ts';

export const bloxbergChecker = makeCertificateChecker(bloxbergFlavour);
