import type { Check } from "../check.ts";
import { documentsOf } from "./documents-of.ts";

/** Less than this says nothing that anyone could build from. The smallest of 120 real documents has 1,000 bytes. */
const ENOUGH_BYTES = 300;

export const contentThin: Check = {
  id: "content-thin",
  area: "content",
  severity: "warning",
  title: "Sufficient content",
  why: "A document this short leaves nearly everything to whoever implements it.",
  fix: "Write down what is known, or delete the file until there is something to say.",
  measured: { hits: 0, sampled: 0, right: 0 },

  *run(workspace) {
    for (const { file, bytes, sections } of documentsOf(workspace)) {
      const at = { file, line: 1, column: 1 };
      const name = file.slice(file.lastIndexOf("/") + 1);
      const isEmpty = bytes === 0 || (sections.length > 0 && sections.every(({ empty }) => empty));
      if (isEmpty) yield { message: `${name} is empty.`, at, severity: "error" };
      else if (bytes < ENOUGH_BYTES) yield { message: `${name} has only ${bytes} bytes.`, at };
    }
  },
};
