import { FormatError } from '../../core/verdict/auditorError.ts';
import { parseXml, textOf, type XmlElement } from './xml.ts';

/** One page of names, as ListObjectsV2 answers it. */
export interface ObjectPage {
  readonly names: readonly string[];
  /** What to ask for the next page with; undefined at the end. */
  readonly next: string | undefined;
}

/** A stored version of a name, or the marker of a deletion, which has no bytes. */
export interface StoredVersion {
  readonly name: string;
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly isMarker: boolean;
}

/** One page of versions, as ListObjectVersions answers it: names in order, of each name the newest version first. */
export interface VersionPage {
  readonly versions: readonly StoredVersion[];
  readonly next: { readonly key: string; readonly versionId: string | undefined } | undefined;
}

/** Longest name and id that S3 allows. */
const longest = 1024;

/** @throws FormatError for anything but a ListBucketResult */
export function parseObjectPage(xml: string): ObjectPage {
  const root = readRoot(xml, 'ListBucketResult');
  return {
    names: root.children.filter(({ name }) => name === 'Contents').map((entry) => readText(entry, 'Key')),
    next: textOf(root, 'IsTruncated') === 'true' ? readText(root, 'NextContinuationToken') : undefined,
  };
}

/** @throws FormatError for anything but a ListVersionsResult */
export function parseVersionPage(xml: string): VersionPage {
  const root = readRoot(xml, 'ListVersionsResult');
  const entries = root.children.filter(({ name }) => name === 'Version' || name === 'DeleteMarker');
  return {
    versions: entries.map((entry) => ({
      name: readText(entry, 'Key'),
      versionId: readText(entry, 'VersionId'),
      isLatest: textOf(entry, 'IsLatest') === 'true',
      isMarker: entry.name === 'DeleteMarker',
    })),
    next:
      textOf(root, 'IsTruncated') === 'true'
        ? { key: readText(root, 'NextKeyMarker'), versionId: textOf(root, 'NextVersionIdMarker') || undefined }
        : undefined,
  };
}

function readRoot(xml: string, name: string): XmlElement {
  const root = parseXml(xml);
  if (root.name !== name) throw new FormatError(`A listing: <${name}> was expected, found <${root.name}>.`, 0);
  return root;
}

function readText(element: XmlElement, name: string): string {
  const text = textOf(element, name);
  if (text === undefined || text === '' || text.length > longest) {
    throw new FormatError(`A listing: <${element.name}> has no <${name}> of 1 to ${longest} characters.`, 0);
  }
  return text;
}
