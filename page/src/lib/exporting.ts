/** What a view shows, in a form from which every export is made: a title, sentences, tables, and the whole as data. */
export interface Table {
  caption?: string;
  head: string[];
  rows: string[][];
}

export interface Shown {
  title: string;
  words: string[];
  tables: Table[];
  /** The command that gives the same, and the link that shows it. */
  again?: string;
  data: unknown;
}

export function markdown(shown: Shown, link: string): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  const table = (one: Table) => [
    ...(one.caption ? [`**${one.caption}**`, ""] : []),
    `| ${one.head.map(cell).join(" | ")} |`,
    `|${one.head.map(() => " --- |").join("")}`,
    ...one.rows.map((row) => `| ${row.map(cell).join(" | ")} |`),
  ].join("\n");
  const parts = [`# ${shown.title}`, ...shown.words, ...shown.tables.map(table)];
  if (shown.again) parts.push(`Again: \`${shown.again}\``);
  return `${[...parts, `<${link}>`].join("\n\n")}\n`;
}

/** For forums. */
export function bbcode(shown: Shown, link: string): string {
  const row = (cells: string[], tag: string) => `[tr]${cells.map((one) => `[${tag}]${one}[/${tag}]`).join("")}[/tr]`;
  const table = (one: Table) => [
    ...(one.caption ? [`[b]${one.caption}[/b]`] : []),
    `[table]${row(one.head, "th")}`, ...one.rows.map((cells) => row(cells, "td")), "[/table]",
  ].join("\n");
  const parts = [`[size=5][b]${shown.title}[/b][/size]`, ...shown.words, ...shown.tables.map(table)];
  if (shown.again) parts.push(`Again: [icode]${shown.again}[/icode]`);
  return `${[...parts, `[url]${link}[/url]`].join("\n\n")}\n`;
}

/** All tables, one below the other; a spreadsheet's own quoting. A cell never begins a formula. */
export function csv(shown: Shown): string {
  const cell = (text: string) => {
    const safe = /^[=@\t]|^[+-](?![\d.])/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const line = (cells: string[]) => cells.map(cell).join(",");
  return `${shown.tables.map((one) => [...(one.caption ? [line([one.caption])] : []), line(one.head), ...one.rows.map(line)].join("\n")).join("\n\n")}\n`;
}

const STYLED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "fill-opacity", "font-family", "font-size", "font-weight", "text-anchor"] as const;

/** A chart as a file that looks the same without this page: what the stylesheet says is written into it. */
export function svgFile(chart: SVGSVGElement): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const from = [chart, ...chart.querySelectorAll<SVGElement>("*")];
  [copy, ...copy.querySelectorAll<SVGElement>("*")].forEach((one, place) => {
    const original = from[place];
    if (!original) return;
    const styles = getComputedStyle(original);
    for (const name of STYLED) one.style.setProperty(name, styles.getPropertyValue(name));
    one.removeAttribute("class");
  });
  const box = chart.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(Math.round(box.width)));
  copy.setAttribute("height", String(Math.round(box.height)));
  copy.style.background = getComputedStyle(document.documentElement).getPropertyValue("--paper");
  return new XMLSerializer().serializeToString(copy);
}

/** A file name of a title: small letters, digits, hyphens. */
export function fileName(title: string): string {
  return title.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "allohistory";
}
