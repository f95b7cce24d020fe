import type { Cause } from "../cause.ts";
import { operationText } from "../operation-text.ts";
import { hasWord } from "../touched.ts";

export const answerAsSpecified: Cause = {
  id: "answer-as-specified",
  kind: "contract",
  title: "The contract foresees this answer",
  why: "The service does what it promised for this case; what has to change, if anything, is what the caller does with the answer.",
  check: "Read the scenario that names the status: it says when the service answers so.",

  find({ error: { status, rules }, operations }) {
    if (status === undefined || status < 400 || rules.length > 0) return [];
    return operations.slice(0, 2).flatMap((one) => {
      const response = one.operation.responses.find((answer) => answer.status === String(status));
      if (!response) return [];
      const scenarios = one.service.features
        .flatMap(({ spec }) => spec?.stories ?? [])
        .flatMap((story) =>
          story.scenarios
            .filter(({ whole }) => hasWord(whole, String(status)))
            .map(({ at }) => ({ text: `scenario ${story.id}: ${story.title}`, at })),
        );
      return [
        { text: `${operationText(one)} may answer ${status}`, at: response.at },
        ...scenarios.slice(0, 3),
      ];
    });
  },
};
