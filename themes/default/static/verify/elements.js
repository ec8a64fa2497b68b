// Elements of the page. What is put into them is text, never markup.

/** An element with text and other elements in it. @type {(name: string, className?: string, ...children: (Node | string | null | undefined | false)[]) => HTMLElement} */
export const make = (name, className = "", ...children) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

const SHAPES = { pass: "M5 12.5 10 18 19.5 7", fail: "M6 6 18 18M18 6 6 18", unknown: "M9 9.2a3 3 0 1 1 4.2 2.8c-.8.4-1.2.9-1.2 2M12 17.6v.2", none: "M6 12h12" };
/** @type {(shape: keyof typeof SHAPES) => SVGElement} */
export const icon = (shape) => {
  const [svg, path] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[shape]);
  svg.append(path);
  return /** @type {SVGElement} */ (svg);
};
