import { allowedContent, baseType } from "../allowed-answers.ts";
import { listed } from "../listed.ts";
import type { AnswerRule } from "./answer-rule.ts";
import { contentTypeOf, described, mayHaveBody } from "./answered.ts";

export const mediaTypeUndeclared: AnswerRule = {
  id: "media-type-undeclared",
  severity: "error",
  title: "Bodies have the media types that the contract describes",
  why: "Consumers choose their reader by the media type; of another one they can read nothing.",
  fix: "Set the Content-Type that the contract describes, or describe this one there.",

  *run(exchanges) {
    for (const { operation, request, answer, allowed, said } of described(exchanges)) {
      if (!mayHaveBody(operation, answer.status) || answer.body === "" || allowed.contents.length === 0)
        continue;
      const mediaType = contentTypeOf(answer);
      if (mediaType !== "" && allowedContent(allowed, mediaType)) continue;
      const types = allowed.contents.map((content) => content.mediaType);
      const shown = mediaType === "" ? "a body without Content-Type" : baseType(mediaType);
      yield {
        message: `${said} with ${shown}, and the contract describes ${listed(types, "or")}`,
        at: allowed.at,
        request,
      };
    }
  },
};
