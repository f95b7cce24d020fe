import { joinPointer, splitPointer } from "../pointer.ts";
import { followReferences, type LoadValue, type Node, NodeBelow } from "../references.ts";
import { list, type Mapping, mapping, text } from "../values.ts";

/** One message that an application sends or receives, with what stands at it and in the traits that it takes from others. */
export interface MessageNode {
  readonly name: string;
  readonly node: Node;
  /** Message objects that it takes parts from; what it says itself goes before. */
  readonly traits: readonly Node[];
}

/** One operation on a channel. */
export interface ChannelOperation {
  readonly address: string;
  readonly role: "sends" | "receives";
  readonly messages: readonly MessageNode[];
  readonly node: Node;
}

interface Document {
  readonly file: string;
  readonly root: Mapping;
  readonly follow: (node: Node) => Node;
}

/** The version of an AsyncAPI document without its last part: `2.6`, `3.0`; empty when it gives none. */
export function asyncApiVersion(value: unknown): string {
  return /^\d+\.\d+/.exec(text(mapping(value).asyncapi) ?? "")?.[0] ?? "";
}

/**
 * What the application of an AsyncAPI document does on which channel, as the specification means it.
 * Source: https://www.asyncapi.com/docs/reference/specification/
 */
export function readChannelOperations(file: string, value: unknown, load: LoadValue): ChannelOperation[] {
  const root = mapping(value);
  const follow = (node: Node) => followReferences(node, (other) => (other === file ? value : load(other)));
  const read = asyncApiVersion(value).startsWith("2.") ? operationsOfTwo : operationsOfThree;
  return read({ file, root, follow });
}

/** Version 2: what clients `publish` the application receives, what they `subscribe` to it sends. */
const roles = { publish: "receives", subscribe: "sends" } as const;

function operationsOfTwo({ file, root, follow }: Document): ChannelOperation[] {
  return Object.entries(mapping(root.channels)).flatMap(([address, value]) => {
    const channel = follow({ file, pointer: joinPointer("/channels", address), value });
    const members = mapping(channel.value);
    return (["publish", "subscribe"] as const).flatMap((action): ChannelOperation[] => {
      if (members[action] === undefined) return [];
      const node = new NodeBelow(channel, action, members[action]);
      const messages = messagesOfTwo(node, follow).map((message) => messageOf(message, follow));
      return [{ address, role: roles[action], messages, node }];
    });
  });
}

/** An operation's `message` is one, or `oneOf` several. */
function messagesOfTwo(operation: Node, follow: (node: Node) => Node): Node[] {
  const { message } = mapping(operation.value);
  if (message === undefined) return [];
  const node = follow(new NodeBelow(operation, "message", message));
  const { oneOf } = mapping(node.value);
  if (!Array.isArray(oneOf)) return [node];
  const choices = new NodeBelow(node, "oneOf", oneOf);
  return oneOf.map((choice, index) => new NodeBelow(choices, index, choice));
}

function operationsOfThree({ file, root, follow }: Document): ChannelOperation[] {
  return Object.entries(mapping(root.operations)).flatMap(([key, value]): ChannelOperation[] => {
    const node = follow({ file, pointer: joinPointer("/operations", key), value });
    const { action, channel: reference, messages } = mapping(node.value);
    if (action !== "send" && action !== "receive") return [];
    const channel = follow(new NodeBelow(node, "channel", reference));
    const members = mapping(channel.value);
    const own = new NodeBelow(node, "messages", messages);
    const named = list(messages).map((message, index) => new NodeBelow(own, index, message));
    const all = new NodeBelow(channel, "messages", members.messages);
    const ofChannel = Object.entries(mapping(members.messages)).map(
      ([name, message]) => new NodeBelow(all, name, message),
    );
    return [
      {
        // A channel without an address gets it when the application runs; until then its key is what there is.
        address: text(members.address) ?? splitPointer(channel.pointer).at(-1) ?? key,
        role: action === "send" ? "sends" : "receives",
        messages: (named.length > 0 ? named : ofChannel).map((message) => messageOf(message, follow)),
        node,
      },
    ];
  });
}

/** A message is called by its `name`, else by the key that a reference leads to. */
function messageOf(reference: Node, follow: (node: Node) => Node): MessageNode {
  const node = follow(reference);
  const { name, traits } = mapping(node.value);
  const all = new NodeBelow(node, "traits", traits);
  return {
    name: text(name) ?? splitPointer(node.pointer).at(-1) ?? "",
    node,
    traits: list(traits).map((trait, index) => follow(new NodeBelow(all, index, trait))),
  };
}
