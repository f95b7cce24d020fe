import type { Topic } from "../../model/spec.ts";

/** The first pattern that matches a title decides; more special ones come first. */
const patterns: readonly (readonly [Topic, RegExp])[] = [
  ["service-name", /^(?:service name|サービス名|服务名称|服務名稱|nombre del servicio|nom du service)$/i],
  ["boundary", /service boundar|^boundar(?:y|ies)$|^scope and boundar|服务边界|サービス境界/i],
  ["upstream", /upstream|depends on$|^dependencies on\b|^consumes from\b/i],
  ["downstream", /downstream|^dependents\b|^consumers$|who uses/i],
  [
    "published",
    /events? (?:published|produced|emitted)|^published events?|^produces$|^publishes$|^outbound events?|发布的?事件|発行イベント/i,
  ],
  [
    "consumed",
    /events? (?:consumed|received|subscribed|handled)|^consumed events?|^subscribes(?: to)?$|^inbound events?|消费的?事件|購読イベント/i,
  ],
  ["data", /data ownership|^owned (?:data|entities)|^data owned|数据所有权|データ所有/i],
  ["dependencies", /service dependenc|^dependencies$|服务依赖|依存サービス/i],
  [
    "story",
    /^(?:user stor(?:y|ies)|stor(?:y|ies)|us)[\s#-]*\d|^us-?\d|^(?:用户故事|用戶故事|使用者故事|ユーザーストーリー|사용자 스토리|사용자 시나리오|historia de usuario|história de usuário|récit utilisateur|user scenario|szenario|пользовательск\S+ (?:история|сценарий)|история|nutzergeschichte|benutzergeschichte)\s*#?\s*[-:]?\s*\d/i,
  ],
  [
    "edge-cases",
    /edge cases?|corner cases?|边界(?:情况|场景|条件)|边缘(?:情况|场景|案例)|邊界(?:情況|條件|案例)|邊緣(?:情況|案例)|エッジケース|例外ケース|엣지 ?케이스|예외|casos? (?:límite|limite|de borda|extremos?|borde)|cas (?:limites?|particuliers)|randfälle|grenzfälle|sonderfälle|граничные|пограничные|крайние случаи/i,
  ],
  [
    "criteria",
    /success criteria|success metrics|measurable outcomes|成功(?:标准|標準|准则|指标|指標|基準|条件)|可(?:衡量|量测|量測)|衡量|성공 (?:기준|지표)|criterios? de [ée]xito|crit[ée]rios? de sucesso|critères de (?:succès|réussite)|erfolgskriterien|критерии (?:успеха|успешности)|критерий успеха/i,
  ],
  [
    "scenarios",
    /user scenario|scenarios?\b|acceptance|user stor(?:y|ies)|use cases?|user journeys?|用户场景|用户故事|用戶故事|使用者(?:情境|場景|故事)|场景|場景|情境|シナリオ|ユーザーストーリー|受け入れ|시나리오|스토리|escenarios?|cenários?|historias? de usuario|scénarios?|szenarien|szenario|benutzer|сценари|пользовательск/i,
  ],
  [
    "requirements",
    /requirements?\b|需求|要求|要件|요구 ?사항|기능|requisitos?|requerimientos?|exigences|anforderung|требовани/i,
  ],
  ["overview", /overview|summary|introduction|概述|概要|개요|resumen|resumo|résumé|überblick|обзор/i],
];

/** What a section with that title is about; undefined when it is something else. */
export function topicOf(title: string): Topic | undefined {
  return patterns.find(([, pattern]) => pattern.test(title))?.[0];
}
