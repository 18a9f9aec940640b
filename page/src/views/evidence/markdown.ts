/** The pages of the documentation that the studio shows, read into blocks: what Markdown our own pages use, and no more. */
export type Span = { kind: "text" | "code" | "strong" | "em"; text: string } | { kind: "link"; text: string; to: string };

export type Block =
  | { kind: "heading"; level: number; spans: Span[]; id: string }
  | { kind: "paragraph"; spans: Span[] }
  | { kind: "list"; items: Span[][] }
  | { kind: "table"; head: Span[][]; rows: Span[][][] };

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)]+)\)/g;

export function spans(text: string): Span[] {
  const found: Span[] = [];
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > last) found.push({ kind: "text", text: text.slice(last, match.index) });
    const [, code, strong, em, label, to] = match;
    if (code !== undefined) found.push({ kind: "code", text: code });
    else if (strong !== undefined) found.push({ kind: "strong", text: strong.replaceAll("`", "") });
    else if (em !== undefined) found.push({ kind: "em", text: em.replaceAll("`", "") });
    else if (label !== undefined && to !== undefined) found.push({ kind: "link", text: label.replaceAll("`", ""), to });
    last = match.index + match[0].length;
  }
  if (last < text.length) found.push({ kind: "text", text: text.slice(last) });
  return found;
}

const cells = (line: string) => line.replace(/^\||\|$/g, "").split("|").map((one) => spans(one.trim()));
const slug = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

export function blocks(text: string): Block[] {
  const lines = text.replace(/<!--[\s\S]*?-->/g, "").split("\n");
  const found: Block[] = [];
  let place = 0;
  const next = () => lines[place] ?? "";
  const blank = () => next().trim() === "";
  const begins = () => /^(#{1,6} |- |\|)/.test(next());
  while (place < lines.length) {
    const line = next();
    const heading = /^(#{1,6}) (.*)$/.exec(line);
    if (blank()) {
      place += 1;
    } else if (heading) {
      found.push({ kind: "heading", level: (heading[1] ?? "#").length, spans: spans(heading[2] ?? ""), id: slug(heading[2] ?? "") });
      place += 1;
    } else if (line.startsWith("|")) {
      const rows: string[] = [];
      for (; next().startsWith("|"); place += 1) rows.push(next());
      found.push({ kind: "table", head: cells(rows[0] ?? ""), rows: rows.slice(2).map(cells) });
    } else if (line.startsWith("- ")) {
      const items: string[] = [];
      for (; place < lines.length && !blank() && (next().startsWith("- ") || !begins()); place += 1) {
        if (next().startsWith("- ")) items.push(next().slice(2));
        else items[items.length - 1] += ` ${next().trim()}`;
      }
      found.push({ kind: "list", items: items.map(spans) });
    } else {
      const parts: string[] = [];
      for (; place < lines.length && !blank() && (parts.length === 0 || !begins()); place += 1) parts.push(next().trim());
      found.push({ kind: "paragraph", spans: spans(parts.join(" ")) });
    }
  }
  return found;
}
