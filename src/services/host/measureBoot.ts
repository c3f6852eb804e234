import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { utf8 } from '../../core/bytes/bytes.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import { programMeasurement } from '../sequencer/programMeasurement.ts';
import type { RuntimeLimits } from './machineClaims.ts';
import type { Tpm } from './softwareTpm.ts';

const sourceFolder = fileURLToPath(new URL('../../', import.meta.url));
const event = { separator: 0x04, version: 0x08, program: 0x0d, settings: 0x0b } as const;

/**
 * Measures what this process is made of, as firmware measures what it starts: the runtime's version into register 0, the settings into 1, every source file of the program into 4, then a
 * separator into each. What came before this process (the system's kernel, the packages) is measured only by a TPM of hardware.
 * @param entry absolute path of the program's first file
 */
export async function measureBoot(tpm: Tpm, entry: string, settings: RuntimeLimits): Promise<void> {
  tpm.extend(0, event.version, utf8(`Node ${process.version}`));
  tpm.extend(1, event.settings, utf8(canonicalJson({ ...settings })));
  const { files } = await programMeasurement(entry);
  for (const name of files) {
    // Line ends as on every system.
    const text = (await readFile(join(sourceFolder, name), 'utf8')).replaceAll('\r\n', '\n');
    tpm.extend(4, event.program, utf8(text), utf8(name));
  }
  for (let register = 0; register < 8; register++) tpm.extend(register, event.separator, new Uint8Array(4));
}
