import { groupBy } from "../../model/group-by.ts";
import { normalise } from "../../model/service-names.ts";
import type { Spec } from "../../model/spec.ts";
import type { Edge, Service, Workspace } from "../../model/workspace.ts";

export function specsOf({ features }: Service): Spec[] {
  const specs: Spec[] = [];
  for (const { spec } of features) if (spec) specs.push(spec);
  return specs;
}

/** Specs that describe a whole service. Only these say whom it depends on and what it consumes; what they do not say is then known not to be so. */
export function serviceSpecsOf(service: Service): Spec[] {
  return specsOf(service).filter(({ form }) => form === "service");
}

export function hasServiceSpec({ features }: Service): boolean {
  return features.some(({ spec }) => spec?.form === "service");
}

/** A repository that is one service: the services around it live elsewhere, so that a name nobody knows here is no mistake. */
export function isAlone({ services }: Workspace): boolean {
  return services.length === 1 && services[0]?.dir === ".";
}

/** Products and suppliers that tables of dependencies name beside services. */
const bought = new Set(
  [
    "postgres postgresql mysql mariadb mongodb mongo dynamodb cassandra sqlite oracle elasticsearch opensearch solr redis valkey memcached",
    "kafka rabbitmq nats pulsar activemq sqs sns kinesis eventbridge pubsub mqtt zookeeper",
    "s3 minio gcs blob-storage cdn cloudfront cloudflare dns smtp smtp-server email-provider sms-provider mail-server ldap active-directory",
    "keycloak auth0 okta cognito firebase vault consul etcd kong traefik nginx envoy istio api-gateway kubernetes docker",
    "stripe paypal adyen braintree klarna sendgrid mailgun mailchimp twilio slack github gitlab google aws azure gcp openai anthropic",
    "prometheus grafana jaeger datadog sentry new-relic opentelemetry logstash kibana loki zipkin",
    "none n-a na all-services everyone clients browser users",
  ].flatMap((line) => line.split(" ")),
);

/**
 * Whether a name in a table is meant to be a service of this fleet. Names of other forms are products, suppliers and people, which nobody expects
 * to find here.
 */
export function fleetNaming({ services }: Workspace): (name: string) => boolean {
  const endings = new Set(services.flatMap(({ name }) => ending(normalise(name)) ?? []));
  const isBare =
    services.filter(({ name }) => !/-(?:micro)?service$|-svc$/.test(normalise(name))).length * 2 >
    services.length;
  return (text) => {
    const name = normalise(text);
    if (bought.has(name) || /\b(?:external|third[- ]party|3rd[- ]party|saas|vendor)\b/i.test(text))
      return false;
    const last = ending(name);
    if (last !== undefined && (/^(?:micro-?)?service$|^svc$/.test(last) || endings.has(last))) return true;
    return isBare && /^[a-z][a-z\d_-]*$/.test(text.trim());
  };
}

function ending(name: string): string | undefined {
  const dash = name.lastIndexOf("-");
  return dash === -1 ? undefined : name.slice(dash + 1);
}

/** Calls between services, by the service that calls. */
export function callsByCaller(edges: readonly Edge[]): ReadonlyMap<string, readonly Edge[]> {
  return groupBy(
    edges.filter(({ kind }) => kind === "calls"),
    ({ from }) => from,
  );
}
