import type { Report } from "../../model/finding.ts";
import type { Marker } from "../../model/markdown.ts";
import type { Channel, ChannelEnd } from "../../model/workspace.ts";
import type { Check } from "../check.ts";

export const eventTopicMismatch: Check = {
  id: "event-topic-mismatch",
  area: "events",
  severity: "warning",
  title: "Every event has one topic, named after it",
  why: "Messages published to one topic never reach a consumer that listens to another.",
  fix: "Use the publisher's topic on both sides, and let it end in the event's name.",

  *run({ channels }) {
    for (const channel of channels) {
      const published = channel.producers.flatMap(topicOf);
      const wrong = published.filter(({ topic }) => namesAnotherEvent(topic.text, channel));
      yield* wrong.map(({ topic }) => misnamed(topic, channel));
      // Consumers are held against the publisher, unless it is the publisher that is wrong.
      if (wrong.length > 0) continue;
      for (const { service, topic } of channel.consumers.flatMap(topicOf)) {
        const [first] = published;
        if (first && !published.some((end) => plain(end.topic) === plain(topic))) {
          yield {
            message: `${service} listens to the topic '${topic.text}', but ${first.service} publishes '${channel.event}' to '${first.topic.text}'.`,
            at: topic.at,
            related: [{ message: `the topic of ${first.service}`, at: first.topic.at }],
          };
        } else if (!first && namesAnotherEvent(topic.text, channel)) yield misnamed(topic, channel);
      }
    }
  },
};

function topicOf({ service, section }: ChannelEnd): { service: string; topic: Marker }[] {
  return section?.topic ? [{ service, topic: section.topic }] : [];
}

function misnamed({ text, at }: Marker, { event }: Channel): Report {
  return { message: `The topic '${text}' does not end in the name of its event, '${event}'.`, at };
}

function plain({ text }: Marker): string {
  return text.trim().toLowerCase();
}

/** A topic as fine as the event, that ends in something else. One topic for many events (`orders`, `shop.order-events`) is another way to do it. */
function namesAnotherEvent(topic: string, { event }: Channel): boolean {
  if (
    topic.endsWith(event) ||
    !topic.includes(".") ||
    /(?:events?|topic|stream|queue|exchange|bus)$/i.test(topic)
  )
    return false;
  const words = wordsOf(topic);
  const own = wordsOf(event);
  // `events.order.created.v1`: a version may follow.
  const last = /^v\d+$/.test(words.at(-1) ?? "") ? words.slice(0, -1) : words;
  return last.length >= own.length && last.slice(-own.length).join(".") !== own.join(".");
}

function wordsOf(name: string): string[] {
  return name
    .trim()
    .toLowerCase()
    .split(/[.:/_-]+/)
    .filter(Boolean);
}
