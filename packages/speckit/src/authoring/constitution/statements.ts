/** A bullet of a constitution: a statement that holds by itself. */
export interface StatementItem {
  /** In one line, without its bullet. */
  readonly text: string;
  /** Its lines, counted from 0; `to` is behind the last. */
  readonly from: number;
  readonly to: number;
}

export interface StatementSection {
  /** Empty for what stands before the first section. */
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly items: readonly StatementItem[];
}

/** Sections with their statements, as a person sees them: what stands in fences and comments is neither. */
export function sectionsOf(lines: readonly string[]): StatementSection[] {
  const hidden = hiddenLines(lines);
  const starts = lines.flatMap((line, index) =>
    !hidden.has(index) && /^#{1,3}\s+\S/.test(line)
      ? [{ index, title: line.replace(/^#+\s+/, "").trim() }]
      : [],
  );
  return [{ index: 0, title: "" }, ...starts].flatMap(({ index: from, title }, at, all) => {
    const to = all[at + 1]?.index ?? lines.length;
    return title === "" && to === 0 ? [] : [{ title, from, to, items: itemsIn(lines, from, to, hidden) }];
  });
}

function itemsIn(
  lines: readonly string[],
  from: number,
  to: number,
  hidden: ReadonlySet<number>,
): StatementItem[] {
  const items: { texts: string[]; from: number; to: number }[] = [];
  for (let index = from; index < to; index++) {
    const line = lines[index] ?? "";
    if (hidden.has(index)) continue;
    const bullet = /^\s{0,3}[-*+]\s+(.+)$/.exec(line)?.[1];
    const last = items.at(-1);
    if (bullet !== undefined) items.push({ texts: [bullet], from: index, to: index + 1 });
    else if (last?.to === index && /^\s+\S/.test(line)) {
      last.texts.push(line.trim());
      last.to = index + 1;
    }
  }
  return items.map(({ texts, ...place }) => ({ ...place, text: texts.join(" ").trim() }));
}

function hiddenLines(lines: readonly string[]): ReadonlySet<number> {
  const hidden = new Set<number>();
  let until: RegExp | undefined;
  for (const [index, line] of lines.entries()) {
    if (until) {
      hidden.add(index);
      if (until.test(line)) until = undefined;
    } else if (/^\s*(?:```|~~~)/.test(line)) {
      hidden.add(index);
      until = /^\s*(?:```|~~~)/;
    } else if (/<!--/.test(line)) {
      hidden.add(index);
      if (!/-->/.test(line)) until = /-->/;
    }
  }
  return hidden;
}

/** What stands before the colon of `Message Bus: RabbitMQ`, as a name to compare; undefined where a statement has none. */
export function labelOf(text: string): string | undefined {
  const [, label = ""] = /^\**([\p{L}][\p{L}\p{N} /&-]{0,40}?)\**\s*[:：]\**\s*\S/u.exec(text) ?? [];
  return label === "" || label.split(" ").length > 4 ? undefined : normal(label);
}

/** Two statements with the same words are the same, whatever their marks. */
export function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}/]+/gu, " ")
    .trim();
}
