/** What may stand inside an element: text is always text, never markup. */
export type Content = Node | string | undefined | false | readonly Content[];

type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>>;

const svgNamespace = 'http://www.w3.org/2000/svg';

/** An element of HTML. Functions become listeners; `true` sets an attribute without a value, `false` and `undefined` none. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  fit(element, attributes);
  put(element, content);
  return element;
}

/** An element of SVG that is hidden from screen readers: what it shows stands beside it in words. */
export function picture(size: number, box: string, attributes: Attributes, ...content: readonly Element[]): SVGElement {
  const svg = s('svg', {
    width: size,
    height: size,
    viewBox: box,
    'aria-hidden': 'true',
    focusable: 'false',
    ...attributes,
  });
  svg.append(...content);
  return svg;
}

export function s(name: string, attributes: Attributes): SVGElement {
  const element = document.createElementNS(svgNamespace, name) as SVGElement;
  fit(element, attributes);
  return element;
}

function fit(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
}

function put(element: Element, content: readonly Content[]): void {
  for (const each of content) {
    if (Array.isArray(each)) put(element, each as readonly Content[]);
    else if (each !== undefined && each !== false) element.append(each as Node | string);
  }
}
