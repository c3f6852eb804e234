import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, networkInterfaces, platform, release, totalmem } from 'node:os';
import type { HostSubject } from '../../core/host/hostCredential.ts';

/** What a host gives to an isolated machine; left out: all that this machine has. */
export interface RuntimeLimits {
  readonly memoryMiB?: number;
  readonly vcpus?: number;
}

export type MachineClaims = Pick<HostSubject, 'hypervisor' | 'runtime'>;

/** Devices that matter to who trusts a machine: of encrypted memory, virtual machines and TPMs. */
const notable = ['/dev/kvm', '/dev/nsm', '/dev/sev', '/dev/sev-guest', '/dev/tdx_guest', '/dev/tpm0', '/dev/tpmrm0'];
const maximumEntries = 64;

/**
 * What this machine is, as its system tells it: the hypervisor that it says it runs under, or that it is a development machine; memory and processors that this process may use;
 * network interfaces; disks and notable devices. Nothing is made up: what cannot be read is left out or said.
 */
export async function machineClaims(limits: RuntimeLimits = {}): Promise<MachineClaims> {
  return {
    hypervisor: await hypervisor(),
    runtime: {
      memoryMiB: Math.min(limits.memoryMiB ?? Infinity, memoryMiB()),
      vcpus: Math.min(limits.vcpus ?? Infinity, availableParallelism()),
      network: interfaces(),
      devices: await devices(),
    },
  };
}

async function hypervisor(): Promise<MachineClaims['hypervisor']> {
  const read = async (path: string): Promise<string> => (await readFile(path, 'utf8').catch(() => '')).trim();
  const flagged = /^flags\s*:.*\bhypervisor\b/m.test(await read('/proc/cpuinfo'));
  if (!flagged) return { name: 'development machine', version: `${platform()} ${release()}` };
  const [vendor, product, version] = await Promise.all(
    ['sys_vendor', 'product_name', 'product_version'].map((name) => read(`/sys/class/dmi/id/${name}`)),
  );
  const name = [vendor, product].filter((each) => each !== '').join(' ');
  return {
    name: (name === '' ? 'hypervisor that does not name itself' : name).slice(0, 200),
    version: (version === '' || version === undefined ? 'not stated' : version).slice(0, 200),
  };
}

function memoryMiB(): number {
  // A container's bound counts, where there is one: absurdly large numbers mean that there is none.
  const bound = process.constrainedMemory?.() ?? 0;
  const bytes = bound > 0 && bound < totalmem() ? bound : totalmem();
  return Math.max(1, Math.floor(bytes / 1024 / 1024));
}

function interfaces(): string[] {
  const entries = Object.entries(networkInterfaces()).map(([name, addresses = []]) =>
    addresses.every(({ internal }) => internal) ? `${name}: this machine only` : `${name}: network`,
  );
  return entries.toSorted().slice(0, maximumEntries);
}

async function devices(): Promise<string[]> {
  const blocks = await readdir('/sys/block').catch((): string[] => []);
  const disks = blocks.filter((name) => !/^(loop|ram|zram|dm-|nbd|sr)/.test(name)).map((name) => `disk ${name}`);
  return [...disks.toSorted(), ...notable.filter((path) => existsSync(path))].slice(0, maximumEntries);
}
