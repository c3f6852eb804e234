const tokens = 'src/ui/tokens.css';
/** What has its sizes from the tokens alone: letters, distances, corners. Widths and heights of columns, pictures and lines are their sheet's own. */
const sized =
  /^(font|font-size|line-height|letter-spacing|(row-|column-)?gap|(margin|padding)(-(block|inline|top|bottom|left|right)(-(start|end))?)?|border(-[a-z]+)*-radius)$/;
/** Lengths of a screen. What is printed is measured in points and millimetres, and letters in `em` go with the text around them. */
const length = /(?<![\w.-])-?(\d*\.)?\d+(px|rem)\b/g;
/** A hairline, and what lies on one. */
const hairline = /^-?1px$/;
/** Names of a sheet's own that may stand for a width or height of its layout, so that what lies in it or beside it can go by it. */
const layoutWidths = ['--lanes', '--row'];

/** Lines of a style sheet of page or widget that name a size which `src/ui/tokens.css` should. Words of comments do not count. */
export function sizeFaults(path: string, source: string): readonly (readonly [line: number, size: string])[] {
  if (path === tokens || !/^src\/(ui|embed)\/.*\.css$/.test(path)) return [];
  const said = source.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  const faults: (readonly [number, string])[] = [];
  for (const { 0: whole, 1: name = '', 2: value = '', index } of said.matchAll(/([\w-]+)\s*:\s*([^;{}]*)[;}]/g)) {
    if (!sized.test(name) && !(name.startsWith('--') && !layoutWidths.includes(name))) continue;
    const from = index + whole.indexOf(value, name.length);
    for (const found of value.matchAll(length)) {
      if (hairline.test(found[0]) || Number.parseFloat(found[0]) === 0) continue;
      faults.push([said.slice(0, from + found.index).split('\n').length, found[0]]);
    }
  }
  return faults;
}
