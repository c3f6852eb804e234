/** What a lock file of npm (version 3) says of one package. */
interface Locked {
  readonly name?: string;
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface Lock {
  readonly name: string;
  readonly version: string;
  readonly packages: Readonly<Record<string, Locked>>;
}

export interface Component {
  readonly type: 'library';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  /** `required` in the package or the page, `optional` for some of its commands; `excluded`: builds, tests and the services alone have it. */
  readonly scope: 'required' | 'optional' | 'excluded';
  readonly licenses?: readonly object[];
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}

export interface BillOfMaterials {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly version: 1;
  readonly metadata: object;
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/**
 * The software bill of materials of what the lock file installs, as CycloneDX 1.6. npm's own has a time and a random number in it, so that two builds of one source would
 * differ; this one says the same for the same lock file.
 * @param bundled names of what the page is made of beside what the package needs: installed for the build alone, and shipped in it
 */
export function billOfMaterials(lock: Lock, licence: string, bundled: readonly string[]): BillOfMaterials {
  const packages = Object.entries(lock.packages).filter(([path, { version }]) => path !== '' && version !== undefined);
  const refs = new Map(packages.map(([path, found]) => [path, purlOf(nameOf(path, found), found.version as string)]));
  const own = purlOf(lock.name, lock.version);
  const top = lock.packages[''] ?? {};
  const edges = new Map<string, readonly string[]>();
  for (const [path, found] of [['', top] as const, ...packages]) {
    const names = Object.keys({ ...found.dependencies, ...found.optionalDependencies, ...found.peerDependencies });
    edges.set(
      path,
      names.flatMap((name) => installed(path, name, refs) ?? []),
    );
  }
  const needed = reachable(
    [...Object.keys(top.dependencies ?? {}), ...bundled].map((name) => `node_modules/${name}`),
    edges,
  );
  const useful = reachable(
    Object.keys(top.optionalDependencies ?? {}).map((name) => `node_modules/${name}`),
    edges,
  );
  const components = new Map<string, Component>();
  const dependsOn = new Map<string, Set<string>>([[own, new Set()]]);
  for (const [path, found] of packages) {
    const ref = refs.get(path) as string;
    const scope = needed.has(path) ? 'required' : useful.has(path) ? 'optional' : 'excluded';
    const component = componentOf(ref, nameOf(path, found), found, scope);
    const other = components.get(ref);
    // Installed twice: what needs it more says what it is.
    if (!other || rank(component) < rank(other)) components.set(ref, component);
    if (!dependsOn.has(ref)) dependsOn.set(ref, new Set());
  }
  for (const [path, all] of edges)
    for (const each of all) dependsOn.get(refs.get(path) ?? own)?.add(refs.get(each) as string);
  const byRef = (a: string, b: string): number => (a < b ? -1 : 1);
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name: lock.name,
        version: lock.version,
        purl: own,
        licenses: [{ license: { id: licence } }],
      },
    },
    components: [...components.values()].sort((a, b) => byRef(a.purl, b.purl)),
    dependencies: [...dependsOn]
      .sort(([a], [b]) => byRef(a, b))
      .map(([ref, others]) => ({ ref, dependsOn: [...others].sort(byRef) })),
  };
}

/** All folders that are reached from these. */
function reachable(from: readonly string[], edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const left = from.filter((path) => edges.has(path));
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    left.push(...(edges.get(path) ?? []));
  }
  return found;
}

function rank({ scope }: Component): number {
  return ['required', 'optional', 'excluded'].indexOf(scope);
}

function nameOf(path: string, { name }: Locked): string {
  return name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** https://github.com/package-url/purl-spec, type npm. */
function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}

/** The folder that Node finds for a name in the folder of a package: the nearest above it. */
function installed(from: string, name: string, refs: ReadonlyMap<string, string>): string | undefined {
  for (let folder = from; folder !== ''; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (refs.has(`${folder}/node_modules/${name}`)) return `${folder}/node_modules/${name}`;
  }
  return refs.has(`node_modules/${name}`) ? `node_modules/${name}` : undefined;
}

function componentOf(
  purl: string,
  name: string,
  { version, license, integrity }: Locked,
  scope: Component['scope'],
): Component {
  const hashes = (integrity ?? '').split(/\s+/).flatMap((each) => {
    const match = /^sha(512|384|256|1)-(.+)$/.exec(each);
    if (!match) return [];
    const content = Buffer.from(match[2] as string, 'base64').toString('hex');
    return [{ alg: `SHA-${match[1]}`, content }];
  });
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version: version as string,
    purl,
    scope,
    ...(license === undefined ? {} : { licenses: [licenceOf(license)] }),
    ...(hashes.length > 0 && { hashes }),
  };
}

function licenceOf(text: string): object {
  return /[\s()]/.test(text) ? { expression: text } : { license: { id: text } };
}
