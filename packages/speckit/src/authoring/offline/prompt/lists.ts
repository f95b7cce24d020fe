import { technologiesIn } from "../../../model/technology.ts";

/** What begins a list of what a service does, and what stands between its last two items, by language. */
const languages: readonly { readonly begins: string; readonly and: string }[] = [
  {
    begins:
      "with(?: support for)?|includ(?:es?|ing)|offer(?:s|ing)|provid(?:es|ing)|support(?:s|ing)|handl(?:es|ing)|cover(?:s|ing)|manag(?:es|ing)|such as|namely",
    and: "and|or|as well as|plus",
  },
  { begins: "mit|inklusive|einschließlich|samt|bietet|unterstützt|umfasst", and: "und|oder|sowie" },
  {
    begins:
      "avec|y compris|comprenant|propose|gère|qui permet(?:tent)?(?: aux? \\p{L}+)? de|permettant de|qui envoie",
    and: "et|ou",
  },
  {
    begins:
      "con|incluyendo|incluye|com|incluindo|inclui|que (?:permit[ae]n?|gestion[ae]n?|gerenci[ae]m?|ofre(?:c[ae]n?|zcan?)|env[ií][ae]m?n?|oferece[mn]?)",
    and: "y|e|o|ou",
  },
  { begins: "включая|с поддержкой|с функциями", and: "и|или" },
];
const begins = languages.map((language) => language.begins).join("|");
const and = languages.map((language) => language.and).join("|");

/** Another thing that the prompt asks for ends the list. */
const ends =
  /[.;:!?](?=\s|$)|\n|[,，、]?\s*(?:并且?|而且|且)?(?:依赖|调用|发布|订阅|消费|监听|使用)(?:于)?\s*(?=[a-z])|,?\s+(?:(?:et|y|e|und|que|qui)\s+)?(?:dépend\w*|depende\w*|hängt|publi\w+|consomme|consume|consome|reçoit|recibe|recebe|utilise|utiliza|usa|nutzt|verwendet|veröffentlicht|empfängt)\s|,?\s+(?:(?:and|that|which|then|but|while)\s+)?(?:it\s+)?(?:depends?|depending|uses?|using|calls?|publish\w*|emit\w*|sends?|consumes?|listens?|receives?|lets?|letting|allows?|needs?|via|based on|so that|in order)\s/i;
const list = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:${begins})\\s+(.+)|(?:支持|包括|包含|提供|具有|带有)\\s*(.+)|[(（]([^()（）]*[,、，][^()（）]*)[)）]|[:：]\\s*(.*[,、，].*)|([^。]+)を(?:備え|含|サポート|提供|持)`,
  "isu",
);
/** Who is one stands behind "service for"; more than one are what it does. */
const forList = /(?<![-\w])(?:service|api|component|module|feature)\s+for\s+(.*(?:,|\sand\s).*)/is;
const between = new RegExp(`\\s*[,、，]\\s*(?:(?:${and})\\s+)?|\\s+(?:${and})\\s+`, "iu");
const betweenChinese =
  /\s*[,、，]\s*(?:和|与|及|以及|或)?|(?<=\p{Script=Han})(?:以及|[和与及或])(?=\p{Script=Han})/u;
const article =
  /^(?:(?:and|an?|the|its|their|eine?[nmrs]?|de[nrms]|das|die|une?|le|la|les|una?|el|los?)\s+)+/i;
const MOST_WORDS = 9;

/** What is a means or a measure, and nothing that anybody asks the service for. */
const noPart =
  /^(?:jwt|rest|graphql|grpc|json|https?|tls|docker|kubernetes|openapi|swagger|(?:(?:rest|http|json|graphql)(?:ful)? )?(?:apis?|endpoints?)|tests?|everything|it|them|authentication tokens?)$|\d|\b(?:must|should|shall|when|if)\b/i;

/** An enumeration, the names in it, and where it stands. */
export interface NamedParts {
  readonly parts: readonly string[];
  readonly start: number;
  readonly end: number;
  /** What stands between the names and is none: "(locked after 5 tries)". */
  readonly besides: string;
}

/** The things that a sentence enumerates as those that the service does: "with login, token validation and refresh". */
export function partsIn(sentence: string, isOther: (text: string) => boolean): NamedParts | undefined {
  const match = list.exec(sentence) ?? forList.exec(sentence);
  const whole = match?.slice(1).find((group) => group !== undefined);
  if (!match || whole === undefined || isMeans(sentence, match)) return undefined;
  const start = match.index + match[0].indexOf(whole);
  const told = whole.split(ends, 1)[0] ?? "";
  const separator = /\p{Script=Han}/u.test(told) ? betweenChinese : between;
  const pieces = splitOutside(told, separator).map((piece) => {
    const [, head = piece, remark = ""] = /^(.*?[^\s(（])\s*([(（].*)$/s.exec(piece) ?? [];
    const name = bared(head);
    return { piece, name, remark, isPart: isPart(name) && !isOther(name) };
  });
  const parts = pieces.filter((piece) => piece.isPart).map(({ name }) => name);
  if (parts.length === 0) return undefined;
  const last = sentence.lastIndexOf(parts.at(-1) ?? "", start + told.length) + (parts.at(-1) ?? "").length;
  const besides = pieces.map(({ piece, remark, ...one }) => (one.isPart ? remark : piece)).join(" ");
  return { parts: [...new Set(parts)], start: match.index, end: last, besides };
}

/** "must be hashed with bcrypt and salt": how something is done, not what. */
function isMeans(sentence: string, { 0: text, index }: RegExpExecArray): boolean {
  return /^with\b/i.test(text) && /\b(?:must|shall|should)\b/i.test(sentence.slice(0, index));
}

/** Splits a text, but not within brackets. */
export function splitOutside(text: string, separator: RegExp): string[] {
  const inner: string[] = [];
  const masked = text.replace(/[(（][^()（）]*[)）]/g, (whole) => `\0${inner.push(whole) - 1}\0`);
  return masked
    .split(separator)
    .map((part) => part.replace(/\0(\d+)\0/g, (_, index: string) => inner[Number(index)] ?? ""));
}

/** A name without its article and the marks around it. */
export function bared(text: string): string {
  const bare = text
    .trim()
    .replace(/[\s.,;:!?。，；：！？)"'`）]+$/u, "")
    .replace(/^[("'`（]+/u, "")
    .replace(article, "")
    .trim();
  const [opened] = /[(（](?=[^)）]*$)/.exec(bare) ?? [];
  return opened === undefined ? bare : `${bare}${opened === "(" ? ")" : "）"}`;
}

export function isPart(text: string): boolean {
  const words = text.split(/\s+/);
  return text !== "" && words.length <= MOST_WORDS && !noPart.test(text) && technologiesIn(text).length === 0;
}
