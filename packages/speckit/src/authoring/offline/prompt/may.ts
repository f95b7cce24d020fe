import type { Asked } from "../prompt.ts";
import { bared } from "./lists.ts";

/** How a language says that somebody may do something. */
interface Language {
  /** Who, and what they may do. */
  readonly says: RegExp;
  readonly between: RegExp;
  /** Whether a piece of the enumeration is a deed of its own; else it belongs to its neighbour. */
  readonly isDeed: (piece: string) => boolean;
  /** Where the verb stands when deeds share what they are done to. */
  readonly verb: "first" | "last" | "alone";
}

const who = "((?:\\p{L}[\\p{L}’'-]*\\s+){0,3}\\p{L}+)";
const end =
  "(?=[.;](?:\\s|$)|,?\\s(?:und|et|y|e)\\s+(?:er|il|elle|ele|ela|él)\\s|,\\s*(?:dépend|depende|abhängig|publi|veröffentlicht|consomme|consume|consome)|$)";
const says = (may: string) =>
  new RegExp(`(?:^|[,;:]\\s*(?:und\\s+|et\\s+|y\\s+|e\\s+)?)${who}\\s+(?:${may})\\s+(.+?)${end}`, "iu");
const startsWith = (verb: RegExp) => (piece: string) => verb.test(piece.split(/\s/, 1)[0] ?? "");

const languages: readonly Language[] = [
  {
    says: says("können|kann|dürfen|darf|sollen|soll"),
    between: /(\s*,\s*(?:und\s+|oder\s+)?|\s+(?:und|oder|sowie)\s+)/iu,
    isDeed: (piece) => /(?:^|\s)\p{Ll}+n$/u.test(piece),
    verb: "last",
  },
  {
    says: says("peuvent|peut|pourront|pourra"),
    between: /(\s*,\s*(?:et\s+|ou\s+)?|\s+(?:et|ou)\s+)/iu,
    isDeed: startsWith(/^(?:s['’])?\p{L}+(?:er|ir|re)$|^se$/iu),
    verb: "first",
  },
  {
    says: says("pueden|puede|podrán|podrá|podem|pode|poderão|poderá"),
    between: /(\s*,\s*(?:[yeo]\s+|ou\s+)?|\s+(?:y|e|o|u|ou)\s+)/iu,
    isDeed: startsWith(/^\p{L}+[aeiáéí]r(?:se|l[aeo]s?)?$/iu),
    verb: "first",
  },
  {
    says: /(?:^|[,，;；])\s*([\p{Script=Han}\p{L}]{1,12}?)(?:可以|能够|可)\s*(.+?)(?=[。；;]|[,，]\s*(?:并且?|而且|且)?(?:依赖|调用|发布|订阅|消费|监听|使用)(?:于)?\s*[a-z]|$)/u,
    between: /(\s*[,，、]\s*(?:和|与|及|以及|或|并)?\s*|以及|并且|[和与及或并])/u,
    isDeed: (piece) =>
      /^(?:下单|下订单|[创新]建|取消|撤销|查[看询找]|搜索|浏览|修改|更[新改]|删除|添加|增加|登[录出]|注[册销]|提交|支付|付款|退[款货]|申请|上传|下载|管理|购买|发[送布]|接收|选择|编辑|导[出入]|重置|验证|评[价论]|收藏|分享|绑定|跟踪|审[批核])/u.test(
        piece,
      ),
    verb: "alone",
  },
];

/** What a service does itself, or what may happen, is no deed of its users. */
const isItself =
  /^(?:er|es|sie|man|wir|ich|da[sz]|dies\p{L}*|hier\p{L}*|il|elle|on|nous|ça|cela|él|ella|ele|ela|est[eoa]|eso|nosotros|nós|isso|它|我们|这|那|(?:该|本|此)?(?:服务|系统)|.*(?<!\p{L})(?:\p{L}*dienst|\p{L}*service|system|système|sistema|servicio|serviço))$/iu;

/** Deeds that a sentence in another language than English allows, and the sentence without them. */
export function mayIn(text: string): { asked: Asked[]; rest: string } | undefined {
  for (const language of languages) {
    const [whole, actor = "", wanted = ""] = language.says.exec(text) ?? [];
    if (whole === undefined || isItself.test(actor.trim())) continue;
    const deeds = deedsOf(wanted.replace(/\s+(?:können|dürfen)$/iu, ""), language);
    if (deeds.length === 0) continue;
    const asked = deeds.map((name): Asked => ({ kind: "part", name, by: actor.trim() }));
    return { asked, rest: text.replace(whole, " ") };
  }
  return undefined;
}

/** "Bestellungen aufgeben und stornieren": both are done to orders. */
function deedsOf(wanted: string, { between, isDeed, verb }: Language): string[] {
  const parts = wanted.split(between);
  const deeds: string[] = [];
  let open = "";
  for (let index = 0; index < parts.length; index += 2) {
    const piece = bared(parts[index] ?? "");
    const separator = parts[index - 1] ?? "";
    const last = deeds.at(-1);
    // Where the verb comes last, what stands before it waits for it; else what has none belongs to the one before.
    if (verb === "last" && !isDeed(piece)) open += `${open === "" ? "" : separator}${piece}`;
    else if (verb !== "last" && !isDeed(piece) && last !== undefined)
      deeds[deeds.length - 1] = `${last}${separator}${piece}`;
    else {
      deeds.push(open === "" ? piece : `${open}${separator}${piece}`);
      open = "";
    }
  }
  const whole = open === "" ? deeds : [...deeds, open];
  return withObjects(
    whole.filter((deed) => deed !== ""),
    verb,
  );
}

function withObjects(deeds: readonly string[], verb: Language["verb"]): string[] {
  const isBare = (deed: string) => !/\s/.test(deed);
  if (verb === "first") {
    const object = / (.+)$/.exec(deeds.at(-1) ?? "")?.[1];
    return deeds.map((deed) => (isBare(deed) && object !== undefined ? `${deed} ${object}` : deed));
  }
  if (verb === "alone") return [...deeds];
  let object: string | undefined;
  return deeds.map((deed) => {
    if (isBare(deed)) return object === undefined ? deed : `${object} ${deed}`;
    object = deed.replace(/\s+\S+$/, "");
    return deed;
  });
}
