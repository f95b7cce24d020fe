import type { Statement } from "../../model/constitution.ts";
import { demands, labelled, plainText, sentencesOf } from "./statement-text.ts";

const isAboutHealth =
  /\bhealth[- ]?(?:check|endpoint|probe)s?\b|\b(?:liveness|readiness)[- ](?:check|endpoint|probe)s?\b|\/health|健康检查|健康檢查|ヘルスチェック/i;
/** Sentences in which health checks are the exception to another rule. */
const isException = /\b(?:except|excluding|other than|besides|apart from|but not)\b[^.]*\bhealth/i;
const healthPath =
  /(?<![\w.])\/(?:[\w.-]+\/)*(?:health|live|ready|alive|startup|status|ping)[\w-]*(?:\/[\w-]+)*/gi;

/** Finds the paths at which every service answers for its health; `/health` when none is named. */
export function healthChecks(statement: Statement) {
  const text = sentencesOf(plainText(statement.text)).find(
    (sentence) => isAboutHealth.test(sentence) && !isException.test(sentence),
  );
  if (text === undefined) return undefined;
  const paths = [...new Set([...text.matchAll(healthPath)].map(([path]) => path))];
  if (paths.length === 0 && !demands(text) && !/health/i.test(labelled(text)?.label ?? "")) return undefined;
  return { kind: "health-checks" as const, paths: paths.length > 0 ? paths : ["/health"], statement };
}
