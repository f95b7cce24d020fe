/** Text that is HTML already; only `markup` makes it. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** HTML with values in it: each is escaped unless it is `Markup` itself. This is the only way by which a value enters a mail's HTML. */
export function markup(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Markup | readonly Markup[])[]
): Markup {
  const written = values.map((value) => {
    if (value instanceof Markup) return value.html;
    if (typeof value === "object") return value.map(({ html }) => html).join("");
    return escaped(String(value));
  });
  return new Markup(String.raw({ raw: parts }, ...written));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
