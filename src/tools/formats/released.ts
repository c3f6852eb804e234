/** Where documents of every released version of our formats stand, as they were made then: public/samples/released/VERSION/. */
export const releasedFolder = new URL('../../../public/samples/released/', import.meta.url);

/** What is in the folder of a version: beside the folder, in which everything can be judged. */
export function releasedList(version: string): URL {
  return new URL(`released/${version}.json`, import.meta.url);
}

/** A document of a released version, the trust file beside it, and when it is judged where it has no signed time. */
export interface ReleasedFile {
  readonly name: string;
  readonly trust: string;
  /** RFC 3339. */
  readonly at?: string;
}
