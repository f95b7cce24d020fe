import type { IDeployment, IStatefulSet } from "kubernetes-models/apps/v1";
import type { IContainer, IPodTemplateSpec, IService } from "kubernetes-models/v1";
import { images, ports } from "../choices.ts";
import { redisCommand } from "../compose-servers.ts";
import type { Server } from "../environment.ts";
import { type GeneratedFile, header } from "../generated-file.ts";
import { type YamlDocument, yamlText } from "../yaml-text.ts";
import { labelsOf, selectorOf } from "./labels.ts";

/** The servers that a development cluster runs itself. Production has better ones. */
export function serverFiles(): GeneratedFile[] {
  const why = {
    "/configMapGenerator": "The same script as on one machine.",
  };
  return [
    {
      path: "deploy/servers/kustomization.yaml",
      text: yamlText(header("PostgreSQL, RabbitMQ, Redis and a mail server for development."), {
        value: {
          apiVersion: "kustomize.config.k8s.io/v1beta1",
          kind: "Kustomization",
          resources: ["servers.yaml"],
          configMapGenerator: [{ name: "init-postgresql", files: ["init-postgresql.sh"] }],
        },
        why,
      }),
    },
    {
      path: "deploy/servers/servers.yaml",
      text: yamlText(
        header("Servers for development: one instance, small, no copies of their data."),
        ...documents(),
      ),
    },
  ];
}

/** Who runs a server in its image, and where it keeps data. */
interface Plan {
  readonly server: Server;
  readonly user: number;
  readonly port: number;
  readonly container: Partial<IContainer>;
  readonly data?: string;
}

const fromSecret = (name: string, key = name) => ({
  name,
  valueFrom: { secretKeyRef: { name: "servers", key } },
});
const asks = (...command: string[]) => ({ exec: { command }, periodSeconds: 10, timeoutSeconds: 10 });

const plans: readonly Plan[] = [
  {
    server: "postgresql",
    user: 999,
    port: ports.postgresql,
    data: "/var/lib/postgresql",
    container: {
      image: images.postgresql,
      envFrom: [{ secretRef: { name: "servers" } }],
      readinessProbe: asks("pg_isready", "--host=127.0.0.1", "--username=postgres"),
      volumeMounts: [{ name: "init", mountPath: "/docker-entrypoint-initdb.d" }],
    },
  },
  {
    server: "rabbitmq",
    user: 999,
    port: ports.rabbitmq,
    data: "/var/lib/rabbitmq",
    container: {
      image: images.rabbitmq,
      env: [
        { name: "RABBITMQ_DEFAULT_USER", value: "shop" },
        fromSecret("RABBITMQ_DEFAULT_PASS", "RABBITMQ_PASSWORD"),
      ],
      readinessProbe: asks("rabbitmq-diagnostics", "--quiet", "check_port_connectivity"),
    },
  },
  {
    server: "redis",
    user: 999,
    port: ports.redis,
    container: {
      image: images.redis,
      args: redisCommand("$(REDIS_PASSWORD)"),
      env: [fromSecret("REDIS_PASSWORD"), fromSecret("REDISCLI_AUTH", "REDIS_PASSWORD")],
      readinessProbe: asks("redis-cli", "ping"),
    },
  },
  {
    server: "mailpit",
    user: 10_001,
    port: ports.smtp,
    container: {
      image: images.mailpit,
      readinessProbe: { httpGet: { path: "/readyz", port: 8025 } },
    },
  },
];

function documents(): YamlDocument[] {
  return plans.flatMap((plan) => [
    { value: plan.data ? stateful(plan) : stateless(plan) },
    { value: service(plan) },
  ]);
}

function template({ server, user, port, container, data }: Plan): IPodTemplateSpec {
  const mounts = [
    ...(container.volumeMounts ?? []),
    { name: "tmp", mountPath: "/tmp" },
    ...(data ? [{ name: "data", mountPath: data }] : []),
  ];
  return {
    metadata: { labels: labelsOf(server) },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 60,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: user,
        runAsGroup: user,
        fsGroup: user,
        // Otherwise a restart makes RabbitMQ's cookie readable for the group, and RabbitMQ refuses it.
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name: server,
          ports: [{ name: server, containerPort: port }],
          resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "1", memory: "512Mi" } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          ...container,
          volumeMounts: mounts,
        },
      ],
      volumes: [
        { name: "tmp", emptyDir: {} },
        ...(server === "postgresql" ? [{ name: "init", configMap: { name: "init-postgresql" } }] : []),
      ],
    },
  };
}

function stateful(plan: Plan): IStatefulSet {
  const { server } = plan;
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: server, labels: labelsOf(server) },
    spec: {
      replicas: 1,
      serviceName: server,
      selector: selectorOf(server),
      template: template(plan),
      volumeClaimTemplates: [
        {
          apiVersion: "v1",
          kind: "PersistentVolumeClaim",
          metadata: { name: "data" },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "2Gi" } } },
        },
      ],
    },
  };
}

function stateless(plan: Plan): IDeployment {
  const { server } = plan;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: server, labels: labelsOf(server) },
    spec: { replicas: 1, selector: selectorOf(server), template: template(plan) },
  };
}

function service({ server, port }: Plan): IService {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: server, labels: labelsOf(server) },
    spec: {
      selector: selectorOf(server).matchLabels,
      ports: [
        { name: server === "mailpit" ? "smtp" : server, port, targetPort: server },
        ...(server === "mailpit" ? [{ name: "http", port: 8025, targetPort: 8025 }] : []),
      ],
    },
  };
}
