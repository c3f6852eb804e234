import { execFile } from 'node:child_process';

/** What npm knows of faults in what is installed; undefined where it could not be asked. */
export interface Advisories {
  readonly total: number;
  readonly found: readonly { readonly name: string; readonly severity: string; readonly range: string }[];
}

/** Asks npm for published faults in everything that the lock file installs: what builds the page could change it, too. */
export function askAdvisories(folder: string): Promise<Advisories | undefined> {
  return new Promise((resolve) => {
    const windows = process.platform === 'win32';
    execFile('npm', ['audit', '--json'], { cwd: folder, shell: windows }, (_error, stdout) =>
      resolve(readAdvisories(stdout)),
    );
  });
}

/** `npm audit --json`, version 2 of its form. Anything else is no answer, which is not the same as a good one. */
export function readAdvisories(stdout: string): Advisories | undefined {
  try {
    const { auditReportVersion, vulnerabilities, metadata } = JSON.parse(stdout) as {
      auditReportVersion?: number;
      vulnerabilities?: Record<string, { severity: string; range: string }>;
      metadata?: { vulnerabilities?: { total?: number } };
    };
    const total = metadata?.vulnerabilities?.total;
    if (auditReportVersion !== 2 || !vulnerabilities || total === undefined) return undefined;
    return {
      total,
      found: Object.entries(vulnerabilities).map(([name, { severity, range }]) => ({ name, severity, range })),
    };
  } catch {
    return undefined;
  }
}
