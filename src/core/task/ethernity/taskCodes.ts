/** How an enclave says that a task ended. Up to 39 it is the customer's affair, from 40 to 49 the operator's. */
const words: Readonly<Record<number, string>> = {
  0: 'success',
  1: 'an error of the system',
  2: 'a key that was not found',
  3: 'a warning of the program’s syntax',
  4: 'an exception of the program',
  5: 'no program was given',
  6: 'the program has another checksum than the request says',
  7: 'the input has another checksum than the request says',
  21: 'the program took too long',
  28: 'the program could not be imported in the enclave',
  40: 'the enclave was not started',
  41: 'the enclave gave no result',
  42: 'the enclave’s result was malformed',
  43: 'an error of the signature',
  44: 'an error of the storage',
  45: 'an internal error',
};

export interface TaskCode {
  readonly code: number;
  readonly words: string;
  readonly whose: 'nobody' | 'customer' | 'operator' | 'unknown';
}

export function readTaskCode(code: number): TaskCode {
  const whose = code === 0 ? 'nobody' : code <= 39 ? 'customer' : code <= 49 ? 'operator' : 'unknown';
  return { code, words: words[code] ?? `a code that is not known here (${code})`, whose };
}
