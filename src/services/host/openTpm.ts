import { AuditorError } from '../../core/verdict/auditorError.ts';
import { findSwtpm, openSwtpm } from './openSwtpm.ts';
import { openSoftwareTpm, type Tpm } from './softwareTpm.ts';

/** swtpm where it is installed, else this project's own; both are software, and say so. What keeps swtpm from starting is said, and the host goes on without it. */
export async function openTpm(folder: string, onTrouble: (words: string) => void): Promise<Tpm> {
  const program = await findSwtpm();
  if (program === undefined) return openSoftwareTpm(folder);
  try {
    return await openSwtpm(program, folder);
  } catch (error) {
    if (!(error instanceof AuditorError) || error.code !== 'TPM_PROGRAM') throw error;
    onTrouble(`${error.message} The host uses the TPM of this project.`);
    return openSoftwareTpm(folder);
  }
}
