/** The parts of the house (DESIGN §4), by the folder that they are. */
export type Zone =
  | 'core'
  | 'contracts'
  | 'circuits'
  | 'audit'
  | 'services'
  | 'ui'
  | 'embed'
  | 'cli'
  | 'tools'
  | 'workers'
  | 'e2e'
  | 'top';

const folders: Readonly<Record<string, Zone>> = {
  'src/core/': 'core',
  'src/contracts/': 'contracts',
  'src/circuits/': 'circuits',
  'src/audit/': 'audit',
  'src/services/': 'services',
  'src/ui/': 'ui',
  'src/embed/': 'embed',
  'src/cli/': 'cli',
  'src/tools/': 'tools',
  'workers/': 'workers',
  'e2e/': 'e2e',
};

/** Whom each zone may import beside itself. The page, the widget and the command line never import each other. */
export const mayImport: Readonly<Record<Zone, readonly Zone[]>> = {
  core: ['contracts'],
  contracts: [],
  circuits: [],
  audit: ['core', 'contracts'],
  services: ['audit', 'core', 'contracts', 'circuits'],
  ui: ['audit', 'core', 'contracts'],
  embed: ['audit', 'core', 'contracts'],
  cli: ['audit', 'core', 'contracts', 'services'],
  tools: ['audit', 'core', 'contracts', 'services', 'circuits', 'e2e'],
  workers: ['core'],
  e2e: ['audit', 'core', 'contracts', 'services'],
  // Configuration at the top level belongs to the build, which sees everything.
  top: ['core', 'contracts', 'circuits', 'audit', 'services', 'ui', 'embed', 'cli', 'tools', 'workers', 'e2e'],
};

/** The zone of a path relative to the top; `top` for files that lie there, undefined for folders that the house has not. */
export function zoneOf(path: string): Zone | undefined {
  for (const [folder, zone] of Object.entries(folders)) if (path.startsWith(folder)) return zone;
  return path.includes('/') ? undefined : 'top';
}
