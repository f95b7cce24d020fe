/** What Gherkin and trackers of work put before a name. */
const label =
  /^(?:feature|epic|user story|story|title|funktion|fonctionnalité|funcionalidad|funcionalidade|功能)\s*[:：]\s*/iu;
const opening =
  /^(?:(?:please\s+)?(?:create|build|write|make|add|specify|implement|design|generate|draft|develop|define)\s+|(?:bitte\s+)?(?:erstelle|erstell|baue|bau|schreibe|schreib|entwickle|entwirf|implementiere|spezifiziere)\s+|(?:crée|créer|construis|écris|développe|crea|crear|construye|desarrolla|crie|criar|desenvolva)\s+|(?:создать|создай(?:те)?|разработать|реализовать|написать|сделать)\s+|(?:请)?(?:帮我)?(?:创建|新建|构建|编写|实现|开发|设计|生成|添加)\s*)/iu;
const article =
  /^(?:(?:an?|the|our|my|new|eine?[nmrs]?|de[nrms]|das|die|une?|le|la|una?|el|uma?)\s+|(?:一个|一項|一项|新的)\s*)+/iu;
const cut =
  /\s+(?:that|which|who|where|que|qui|empf[aä]ng\p{L}*|veröffentlich\p{L}*|konsumier\p{L}*|nutzt|verwendet|consomme|reçoit|publie|consume|recibe|publica|consome|recebe|dépend|depend\w*|using|uses|so|with|via|publish\w*|emit\w*|consum\w*|lets?|letting|allow\w*|for|to|in order|including|supporting|mit|für|avec|pour|con|para|com)\s.*$|\s+만[든들]\p{L}*.*$|[,.;:!?，。；：、！？\n].*$|\s*[(（].*$/isu;
const kind =
  /(?:\s+(?:micro)?(?:service|specification|spec|feature|api|component|module)|\s*서비스[를을]?|\s*(?:微服务|服务|规范|功能|模块|接口|サービス|機能))$/iu;
const kindBefore =
  /^(?:(?:(?:micro)?service|servicio|serviço)\s+(?:de\s+|d['’])(?:l[ae]s?\s+)?|(?:микро)?сервис\s+)/iu;
const bareKind =
  /^(?:(?:micro)?services?|specification|spec|feature|api|component|module|system|dienst|servicio|serviço|微服务|服务)$/iu;
/** What such a thing does is what it is about. */
const purpose =
  /\b(?:that|which|for|to)\s+(?:(?:handles?|manages?|provides?|offers?|supports?|does|is responsible for|handling|managing|providing|offering|supporting)\s+)?(.+)$/is;

/** What a prompt is about, in its own words: `user profile` of "Create user profile service that …". Empty when it does not say. */
export function subjectOf(sentence: string): string {
  const japanese = /([\p{Script=Han}\p{Script=Katakana}ー]+)(?:サービス|機能)/u.exec(sentence)?.[1];
  if (japanese !== undefined) return japanese;
  const wanted = wish.exec(sentence)?.[2];
  const told = withoutOpening(wanted ?? sentence).replace(article, "");
  const head = told.replace(cut, "").trim();
  if (isOfOthers.test(head)) return "";
  const about = bareKind.test(head) ? aboutOf(told) : head;
  if (about !== undefined) return bared(about);
  return bareKind.test(head) && head !== told.trim() ? "" : head;
}

/** What it has to do with others says nothing of what it is. */
const isOfOthers =
  /^(?:it\s+)?(?:depends?|depending|uses?|using|calls?|publish(?:es)?|emits?|consumes?|listens?|receives?)\s/i;

/** "As a customer, I want to return an order so that …": who, and what. */
export const wish =
  /^as an? ([^,]+?),?\s+i\s+(?:want|need|would like|wish)\s+to\s+(.+?)(?:,?\s+so\s+(?:that|i)\b.*)?[.!]?$/i;

/** "Please create" says nothing of what. */
export function withoutOpening(sentence: string): string {
  return sentence.replace(label, "").replace(opening, "");
}

function aboutOf(told: string): string | undefined {
  const text = purpose.exec(told)?.[1]?.replace(article, "").replace(cut, "");
  return text === undefined || text.trim() === "" ? undefined : text;
}

function bared(text: string): string {
  let subject = text.trim().replace(kindBefore, "");
  while (kind.test(subject)) subject = subject.replace(kind, "");
  return subject.replace(article, "").trim();
}
