/** A line of AMD processors with SEV-SNP: each has a root of its own (AMD document 57230, chapter 4). */
export type AmdProduct = 'Milan' | 'Genoa' | 'Turin';

export const amdProducts: readonly AmdProduct[] = ['Milan', 'Genoa', 'Turin'];

/**
 * The product of a processor by CPUID family and model (extended parts added): Milan 19h/0–Fh; Genoa 19h/10–1Fh and A0–AFh (Bergamo and Siena are of
 * its line); Turin 1Ah/0–11h. Undefined for any other: a later one may have a TCB of another layout.
 */
export function productOfCpu(family: number, model: number): AmdProduct | undefined {
  if (family === 0x19 && model <= 0x0f) return 'Milan';
  if (family === 0x19 && ((model >= 0x10 && model <= 0x1f) || (model >= 0xa0 && model <= 0xaf))) return 'Genoa';
  if (family === 0x1a && model <= 0x11) return 'Turin';
  return undefined;
}

/** The product behind a certificate's product name: `Milan-B0`, `Genoa`, `Siena-B1`; the part behind the hyphen is the stepping. */
export function productOfName(name: string): AmdProduct | undefined {
  const line = /^([A-Za-z]+)(-[A-Z][0-9])?$/.exec(name)?.[1];
  if (line === 'Bergamo' || line === 'Siena') return 'Genoa';
  return amdProducts.find((product) => product === line);
}
