const paths = new WeakMap<File, string>();

/** Remembers the path under which a file came; `File` itself has no place for it. */
export function withPath(file: File, path: string): File {
  paths.set(file, path);
  return file;
}

/** The name of a file with the folders that it came in. */
export function pathOf(file: File): string {
  return paths.get(file) ?? (file.webkitRelativePath || file.name);
}
