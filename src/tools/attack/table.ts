import type { Attack } from './attack.ts';

const namedAtMost = 6;

/** The matrix as the tables of the README, in Markdown. */
export function table(attacks: readonly Attack[]): string {
  const lines: string[] = [];
  let section = '';
  for (const attack of attacks) {
    if (attack.section !== section) {
      section = attack.section;
      lines.push('', `### ${section.charAt(0).toUpperCase()}${section.slice(1)}`, '');
      lines.push('| row | what is done | what is found | the check that it proves |', '| - | - | - | - |');
    }
    lines.push(`| \`${attack.name}\` | ${attack.does} | ${found(attack)} | ${attack.proves}${guards(attack)} |`);
  }
  return `${lines.join('\n').trim()}\n`;
}

function found({ expected }: Attack): string {
  const { verdict, stop, forks, codes, junk, storage } = expected;
  const all = [...codes, ...junk.map((each) => `junk ${each}`), ...storage];
  const named = all.length > namedAtMost ? [...all.slice(0, 2), `${all.length - 2} more`] : all;
  const fork = forks.length > 0 ? [`fork of ${forks.join(', ')}`] : [];
  return [verdict, ...(stop === null ? [] : [stop]), ...fork, ...named].join('; ');
}

function guards({ guard }: Attack): string {
  return guard.length > 1 ? ` (Up to ${guard.length} checks in a row.)` : '';
}
