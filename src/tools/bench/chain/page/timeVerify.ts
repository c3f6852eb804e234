import { answerTotals, timeVerify } from './verifyTimes.ts';

// Loaded into a worker before the product's own module, so that every signature that it verifies is counted with its time.
answerTotals(timeVerify());
