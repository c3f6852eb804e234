/** Modules of a code as path data, one unit each, behind a quiet zone of four; `side` is that of the square with it. */
export function qrPath(rows: readonly (readonly boolean[])[]): { readonly side: number; readonly path: string } {
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : ''))).join('');
  return { side: rows.length + 8, path };
}
