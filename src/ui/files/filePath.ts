const paths = new WeakMap<File, string>();

/** Remembers the path under which a file came; `File` itself has no place for it. */
export function withPath(file: File, path: string): File {
  paths.set(file, path);
  return file;
}

const pasted = new WeakSet<File>();

/** Text that was pasted, as a file. */
export function pastedFile(text: string, name: string): File {
  const file = new File([text], name);
  pasted.add(file);
  return file;
}

export function isPasted(file: File): boolean {
  return pasted.has(file);
}

/** The name of a file with the folders that it came in. */
export function pathOf(file: File): string {
  return paths.get(file) ?? (file.webkitRelativePath || file.name);
}
