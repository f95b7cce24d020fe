import type { AsyncApiContract, ReadingProblem } from "../model/contract.ts";
import { asyncApiVersion, readChannelOperations } from "./asyncapi/channel-operations.ts";
import { validateAsyncApi } from "./official-schema.ts";
import type { LoadValue } from "./references.ts";
import type { Tree } from "./tree.ts";
import { type Mapping, mapping, text } from "./values.ts";
import { walkReferences } from "./walk-references.ts";

/**
 * Reads an AsyncAPI document of version 2 or 3: which channels the application uses, and in which direction. Never throws; what leads nowhere
 * stands in `problems`. `load` gives the values of other files that `$ref`s lead to.
 * Source: https://www.asyncapi.com/docs/reference/specification/
 */
export function parseAsyncApi({ file, value, problems }: Tree, load: LoadValue): AsyncApiContract {
  const root = mapping(value);
  const specification = asyncApiVersion(value);
  const { unresolved, references } = walkReferences(file, value, load);
  return {
    kind: "asyncapi",
    file,
    specification,
    title: text(mapping(root.info).title),
    uses: readChannelOperations(file, value, load).map(({ address, role, messages, node }) => ({
      address,
      role,
      messages: messages.map(({ name }) => name),
      at: { file: node.file, pointer: node.pointer },
    })),
    problems: [
      ...problems,
      ...knownVersion(file, specification, root),
      ...validateAsyncApi(file, value, specification),
      ...unresolved,
    ],
    references,
  };
}

function knownVersion(file: string, specification: string, root: Mapping): ReadingProblem[] {
  if (/^[23]\.\d+$/.test(specification)) return [];
  const message = `AsyncAPI '${text(root.asyncapi) ?? ""}' is not known; 2.x and 3.x are read.`;
  return [{ rule: "contract-invalid", severity: "info", message, at: { file, pointer: "/asyncapi" } }];
}
