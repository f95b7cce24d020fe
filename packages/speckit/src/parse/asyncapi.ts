import type { AsyncApiContract, ChannelUse, ReadingProblem } from "../model/contract.ts";
import { joinPointer, splitPointer } from "./pointer.ts";
import { followReferences, type LoadValue, type Node, NodeBelow } from "./references.ts";
import type { Tree } from "./tree.ts";
import { list, type Mapping, mapping, text } from "./values.ts";
import { walkReferences } from "./walk-references.ts";

/**
 * Reads an AsyncAPI document of version 2 or 3: which channels the application uses, and in which direction. Never throws; what leads nowhere
 * stands in `problems`. `load` gives the values of other files that `$ref`s lead to.
 * Source: https://www.asyncapi.com/docs/reference/specification/
 */
export function parseAsyncApi({ file, value, problems }: Tree, load: LoadValue): AsyncApiContract {
  const root = mapping(value);
  const specification = /^\d+\.\d+/.exec(text(root.asyncapi) ?? "")?.[0] ?? "";
  const { unresolved, references } = walkReferences(file, value, load);
  const follow = (node: Node) => followReferences(node, (other) => (other === file ? value : load(other)));
  const read = specification.startsWith("2.") ? usesOfTwo : usesOfThree;
  return {
    kind: "asyncapi",
    file,
    specification,
    title: text(mapping(root.info).title),
    uses: read({ file, root, follow }),
    problems: [...problems, ...knownVersion(file, specification, root), ...unresolved],
    references,
  };
}

interface Document {
  readonly file: string;
  readonly root: Mapping;
  readonly follow: (node: Node) => Node;
}

/** Version 2: what clients `publish` the application receives, what they `subscribe` to it sends. */
const roles = { publish: "receives", subscribe: "sends" } as const;

function usesOfTwo({ file, root, follow }: Document): ChannelUse[] {
  return Object.entries(mapping(root.channels)).flatMap(([address, value]) => {
    const channel = follow({ file, pointer: joinPointer("/channels", address), value });
    const members = mapping(channel.value);
    return (["publish", "subscribe"] as const).flatMap((action): ChannelUse[] => {
      if (members[action] === undefined) return [];
      const operation = new NodeBelow(channel, action, members[action]);
      const { message } = mapping(operation.value);
      const choices = list(mapping(message).oneOf);
      const nodes = choices.length > 0 ? choices : message === undefined ? [] : [message];
      return [
        {
          address,
          role: roles[action],
          messages: nodes.map((node) => messageName({ ...placeOf(operation), value: node }, follow)),
          at: placeOf(operation),
        },
      ];
    });
  });
}

function usesOfThree({ file, root, follow }: Document): ChannelUse[] {
  return Object.entries(mapping(root.operations)).flatMap(([key, value]): ChannelUse[] => {
    const operation = follow({ file, pointer: joinPointer("/operations", key), value });
    const { action, channel: reference, messages } = mapping(operation.value);
    if (action !== "send" && action !== "receive") return [];
    const channel = follow(new NodeBelow(operation, "channel", reference));
    const members = mapping(channel.value);
    const named = list(messages).map((node) => messageName({ ...placeOf(operation), value: node }, follow));
    return [
      {
        // A channel without an address gets it when the application runs; until then its key is what there is.
        address: text(members.address) ?? splitPointer(channel.pointer).at(-1) ?? key,
        role: action === "send" ? "sends" : "receives",
        messages: named.length > 0 ? named : Object.keys(mapping(members.messages)),
        at: placeOf(operation),
      },
    ];
  });
}

/** Its `name`, else the key that a reference leads to. */
function messageName(node: Node, follow: (node: Node) => Node): string {
  const message = follow(node);
  return text(mapping(message.value).name) ?? splitPointer(message.pointer).at(-1) ?? "";
}

function placeOf({ file, pointer }: Node): { file: string; pointer: string } {
  return { file, pointer };
}

function knownVersion(file: string, specification: string, root: Mapping): ReadingProblem[] {
  if (/^[23]\.\d+$/.test(specification)) return [];
  const message = `AsyncAPI '${text(root.asyncapi) ?? ""}' is not known; 2.x and 3.x are read.`;
  return [{ rule: "contract-invalid", severity: "info", message, at: { file, pointer: "/asyncapi" } }];
}
