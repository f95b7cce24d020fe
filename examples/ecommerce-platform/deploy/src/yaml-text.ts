import { Document, isCollection, isMap, isScalar, type Node } from "yaml";

/** One document of a YAML file. */
export interface YamlDocument {
  readonly value: object;
  /** Comments by JSON Pointer of what they stand above; the empty pointer is the document. */
  readonly why?: Readonly<Record<string, string>>;
}

const widest = 110;

/** Writes documents with their comments. Throws when a comment stands above nothing. */
export function yamlText(header: string, ...documents: readonly YamlDocument[]): string {
  const texts = documents.map(({ value, why = {} }) => {
    const document = new Document(value, { aliasDuplicateObjects: false, compat: "yaml-1.1" });
    for (const [pointer, comment] of Object.entries(why)) commentOn(document, pointer, comment);
    return document.toString({ lineWidth: 0, flowCollectionPadding: true });
  });
  return `${commentLines(header)}\n\n${texts.join("---\n")}`;
}

function commentOn(document: Document, pointer: string, comment: string): void {
  const keys = pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = keys.pop();
  const text = commentLines(comment, 2 * keys.length).replaceAll(/^#/gm, "");
  if (last === undefined) {
    if (isMap<Node>(document.contents)) {
      const [first] = document.contents.items;
      if (first) first.key.commentBefore = text;
    }
    return;
  }
  const parent = keys.length === 0 ? document.contents : document.getIn(keys.map(asIndex), true);
  const node = isMap(parent)
    ? parent.items.map(({ key }) => key).find((key) => isScalar(key) && String(key.value) === last)
    : isCollection(parent) && (parent.get(asIndex(last), true) as Node | undefined);
  if (!node) throw new Error(`A comment stands above ${pointer}, which is not there.`);
  (node as Node).commentBefore = text;
}

const asIndex = (key: string) => (/^\d+$/.test(key) ? Number(key) : key);

/** Breaks a text into lines of a comment. */
export function commentLines(text: string, indent = 0): string {
  return text
    .split("\n")
    .flatMap((paragraph) => wrap(paragraph, widest - indent))
    .map((line) => (line === "" ? "#" : `# ${line}`))
    .join("\n");
}

function wrap(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + 1 + word.length > width - 2) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}
