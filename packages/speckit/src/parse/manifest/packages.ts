/** By technology, the packages that a service depends on when it uses it. A name that ends in `/` or `*` stands for all that begin so. */
const packages: Readonly<Record<string, string>> = {
  Fastify: "fastify @speckit/service-kit",
  Express: "express",
  NestJS: "@nestjs/core",
  Koa: "koa",
  Hono: "hono",
  FastAPI: "fastapi",
  Flask: "flask",
  Django: "django",
  Gin: "github.com/gin-gonic/gin",
  Echo: "github.com/labstack/echo*",
  Fiber: "github.com/gofiber/fiber*",
  "Spring Boot":
    "spring-boot-starter-web spring-boot-starter-webflux org.springframework.boot:spring-boot-starter-web*",
  Quarkus: "quarkus-rest* quarkus-resteasy* io.quarkus:*",
  Micronaut: "micronaut-http-server* io.micronaut:micronaut-http-server*",
  PostgreSQL:
    "pg postgres psycopg psycopg2 psycopg2-binary psycopg[binary] asyncpg github.com/jackc/pgx* github.com/lib/pq postgresql org.postgresql:postgresql* quarkus-jdbc-postgresql quarkus-reactive-pg-client",
  MySQL:
    "mysql mysql2 mysqlclient pymysql aiomysql github.com/go-sql-driver/mysql mysql-connector-j mysql-connector-java com.mysql:mysql-connector-j* quarkus-jdbc-mysql",
  MariaDB: "mariadb mariadb-java-client org.mariadb.jdbc:*",
  MongoDB:
    "mongodb mongoose pymongo motor go.mongodb.org/mongo-driver* mongodb-driver-sync spring-boot-starter-data-mongodb org.mongodb:* quarkus-mongodb*",
  "SQL Server": "mssql pyodbc pymssql github.com/microsoft/go-mssqldb mssql-jdbc",
  DynamoDB: "@aws-sdk/client-dynamodb",
  Cassandra: "cassandra-driver github.com/gocql/gocql",
  RabbitMQ:
    "amqplib amqp-connection-manager pika aio-pika github.com/rabbitmq/amqp091-go github.com/streadway/amqp amqp-client spring-rabbit spring-boot-starter-amqp com.rabbitmq:* quarkus-messaging-rabbitmq",
  Kafka:
    "kafkajs node-rdkafka @confluentinc/kafka-javascript kafka-python aiokafka confluent-kafka github.com/segmentio/kafka-go github.com/ibm/sarama github.com/shopify/sarama github.com/confluentinc/confluent-kafka-go* spring-kafka kafka-clients org.apache.kafka:* quarkus-messaging-kafka",
  NATS: "nats @nats-io/* nats-py github.com/nats-io/nats.go",
  Redis:
    "redis ioredis github.com/redis/go-redis* github.com/go-redis/redis* jedis lettuce-core spring-boot-starter-data-redis",
  Memcached: "memjs memcached pymemcache github.com/bradfitz/gomemcache*",
};

const exact = new Map<string, string>();
const beginnings: [string, string][] = [];
for (const [technology, names] of Object.entries(packages)) {
  for (const name of names.split(" ")) {
    if (name.endsWith("*")) beginnings.push([name.slice(0, -1), technology]);
    else exact.set(name, technology);
  }
}

/** The technology that a package belongs to; undefined for the many that belong to none. */
export function technologyOfPackage(name: string): string | undefined {
  const lower = name.toLowerCase();
  return exact.get(lower) ?? beginnings.find(([beginning]) => lower.startsWith(beginning))?.[1];
}
