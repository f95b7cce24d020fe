import type { TopicUse } from "../../../model/code.ts";
import type { Source, Span } from "../source.ts";
import { writtenText } from "../written-text.ts";
import { textsOf } from "./mappings.ts";

/** Topics and queues of Kafka, RabbitMQ, JMS, SQS and reactive messaging. */
export function topics(source: Source): TopicUse[] {
  const text = (span: Span | undefined) => span && writtenText(source, span)?.text;
  const use = (role: TopicUse["role"], offset: number, topic: string | undefined): TopicUse[] =>
    topic !== undefined && /^[\w.*#{}/:-]+$/.test(topic) ? [{ topic, role, at: source.at(offset) }] : [];
  const listened = [
    ...source.matches(/@(KafkaListener|RabbitListener|Incoming|JmsListener|SqsListener)\s*\(/g),
  ].flatMap(({ 1: name = "", index, end }) => {
    const annotation = { name, open: end - 1 };
    const topics = textsOf(source, annotation, "topics", "queues", "value", "destination");
    return topics.flatMap((topic) => use("receives", index, topic));
  });
  const outgoing = [...source.matches(/@(?:Outgoing|Channel)\s*\(/g)].flatMap(({ index, end }) =>
    use("sends", index, source.literalAt(end)?.content),
  );
  const sent = [
    ...source.matches(
      /(?<![\w.])\w*(?:[kK]afkaTemplate|[rR]abbitTemplate|amqpTemplate|jmsTemplate|streamBridge|[pP]roducer)\s*\.\s*(?:send|convertAndSend)\s*\(/g,
    ),
  ].flatMap(({ index, end }) => {
    const parts = source.parts(end - 1);
    const record = parts[0] && /^new\s+ProducerRecord\s*(?:<[^>]*>)?\s*\(/.exec(source.codeOf(parts[0]));
    if (record && parts[0]) {
      const open = source.code.indexOf("(", parts[0].start);
      return use("sends", index, text(source.parts(open)[0]));
    }
    const isRabbit = /[rR]abbit|amqp/.test(source.code.slice(index, end));
    return use("sends", index, isRabbit && parts.length > 2 ? text(parts[1]) : text(parts[0]));
  });
  return [...listened, ...outgoing, ...sent];
}
