import { type Markup, markup } from "./markup.ts";

/** What a mail says, apart from how it looks. Texts are inert already. */
export interface Letter {
  readonly title: string;
  readonly paragraphs: readonly Paragraph[];
}

export type Paragraph =
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "token"; readonly token: string }
  | {
      readonly kind: "lines";
      readonly lines: readonly { readonly name: string; readonly quantity: string; readonly price: string }[];
      readonly total: string;
    };

export function textOf({ paragraphs }: Letter): string {
  return `${paragraphs.map(paragraphText).join("\n\n")}\n\nThe shop\n`;
}

function paragraphText(paragraph: Paragraph): string {
  switch (paragraph.kind) {
    case "words":
      return paragraph.text;
    case "token":
      return `    ${paragraph.token}`;
    case "lines": {
      const lines = paragraph.lines.map(
        ({ name, quantity, price }) => `    ${quantity} × ${name} at ${price}`,
      );
      return [...lines, `    Total: ${paragraph.total}`].join("\n");
    }
  }
}

/** A whole document without scripts, pictures or links: nothing is fetched when it is read. */
export function htmlOf({ title, paragraphs }: Letter): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
</head>
<body style="margin:0;padding:24px;font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<div style="max-width:560px;margin:0 auto">
<h1 style="font-size:22px;line-height:1.3;margin:0 0 20px"><bdi>${title}</bdi></h1>
${paragraphs.map(paragraphHtml)}<p style="margin:28px 0 0;opacity:.7">The shop</p>
</div>
</body>
</html>
`.html;
}

function paragraphHtml(paragraph: Paragraph): Markup {
  switch (paragraph.kind) {
    case "words":
      return markup`<p style="margin:0 0 14px">${paragraph.text}</p>
`;
    case "token":
      return markup`<p style="margin:0 0 14px;padding:12px 16px;border:1px solid #8888;border-radius:8px;font:15px/1.5 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere">${paragraph.token}</p>
`;
    case "lines":
      return markup`<table style="width:100%;border-collapse:collapse;margin:0 0 14px">
${paragraph.lines.map(lineHtml)}<tr><td colspan="2" style="${cell}">Total</td><td style="${cell};text-align:right;font-weight:600">${paragraph.total}</td></tr>
</table>
`;
  }
}

const cell = "padding:8px 4px;border-top:1px solid #8884";

function lineHtml({ name, quantity, price }: { name: string; quantity: string; price: string }): Markup {
  return markup`<tr><td style="${cell};width:1%;white-space:nowrap">${quantity} ×</td><td style="${cell}"><bdi>${name}</bdi></td><td style="${cell};text-align:right;white-space:nowrap">at ${price}</td></tr>
`;
}
