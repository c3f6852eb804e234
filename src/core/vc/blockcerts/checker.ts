import { makeCertificateChecker } from '../check.ts';
import { blockcertsFlavour } from './flavour.ts';

export const blockcertsChecker = makeCertificateChecker(blockcertsFlavour);
