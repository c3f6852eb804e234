const tokens = 'src/ui/tokens.css';
const colour = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(/gi;

/** Lines of a style sheet of page or widget that name a colour by themselves: `src/ui/tokens.css` alone does. Words of comments do not count. */
export function colourFaults(path: string, source: string): readonly (readonly [line: number, colour: string])[] {
  if (path === tokens || !/^src\/(ui|embed)\/.*\.css$/.test(path)) return [];
  const said = source.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  return said
    .split('\n')
    .flatMap((line, index) =>
      line.includes(':')
        ? [...line.slice(line.indexOf(':')).matchAll(colour)].map(([found]) => [index + 1, found] as const)
        : [],
    );
}
