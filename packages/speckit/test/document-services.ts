/** Small services, one for each language that is read, and a large one. */

export const spec = (name: string, more = "") => `# ${name} Specification

## Service Overview

### Service Name
${name}

### Service Boundary
**Responsible for:**
- Orders and their state

## User Scenarios

### P1: Order Placement
**Given** a signed-in customer
**When** they place an order
**Then** system returns the order ID
${more}`;

const operation = (id: string, summary: string, more = "") =>
  `      operationId: ${id}\n      summary: ${summary}\n${more}      responses:\n        '200':\n          description: Good\n          content:\n            application/json:\n              schema:\n                type: object\n                properties:\n                  data:\n                    type: object\n                    properties:\n                      orderId:\n                        type: string\n        '404':\n          description: Missing\n`;

const body =
  "      requestBody:\n        content:\n          application/json:\n            schema:\n              type: object\n              required: [sku]\n              properties:\n                sku:\n                  type: string\n                note:\n                  type: string\n";

export const api = `openapi: 3.0.0
info:
  title: Orders
  version: v1
paths:
  /api/v1/orders:
    post:
${operation("placeOrder", "Place an order", body)}  /api/v1/orders/{orderId}:
    get:
${operation("getOrder", "Read an order")}`;

const events = JSON.stringify(
  {
    events: [
      {
        eventType: "order.created",
        version: "v1",
        description: "When an order was placed",
        schema: {
          type: "object",
          properties: { data: { type: "object", properties: { orderId: { type: "string" } } } },
        },
        consumers: ["mail-service"],
      },
    ],
  },
  null,
  2,
);

const typescript = {
  "src/routes/orders.ts": `import { Router } from "express";
import { placeOrder } from "../domain/orders.js";

export const orders = Router();

export async function postOrder(req, res) {
  res.json(await placeOrder(req.body));
}

orders.post("/api/v1/orders", postOrder);
orders.get("/api/v1/orders/:orderId", async (req, res) => res.json({}));
`,
  "src/domain/orders.ts": `/** Decides what becomes of an order. */
export function placeOrder(order: Order) {
  return bus.publish("order.created", { type: "order.created", data: order });
}
`,
  "src/main.ts": `// Starts the service.

listen(process.env.PORT, process.env.DATABASE_URL);
`,
  "test/orders.test.ts": `describe("Order Placement", () => {
  test("a signed-in customer places an order and gets the order ID", () => {});
});
`,
  "package.json":
    '{ "scripts": { "start": "node dist/main.js", "test": "vitest" }, "dependencies": { "express": "^5.0.0" } }',
};

const python = {
  "src/api/orders.py": `"""Order endpoints."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/v1/orders")


@router.post(
    "",
    status_code=202,
)
async def place_order(order: dict):
    return await publisher.publish("order.created", order)


@router.get("/{order_id}")
def read_order(order_id: str):
    """Reads one order."""
`,
  "src/services/order_service.py": `import os


def place(order):
    """Decides what becomes of an order.

    It is stored first.
    """
    return os.environ["DATABASE_URL"]
`,
  "tests/test_orders.py": `def test_signed_in_customer_places_order_and_gets_order_id():
    pass
`,
  "requirements.txt": "fastapi==0.110\nuvicorn\npytest\n",
};

const go = {
  "go.mod": "module shop/orders\n\nrequire github.com/gin-gonic/gin v1.9.1\n",
  "main.go": `// Command orders takes orders.
package main

import (
	"os"

	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.Default()
	r.POST("/api/v1/orders", PlaceOrder)
	r.GET("/api/v1/orders/:orderId", GetOrder)
	r.Run(os.Getenv("PORT"))
}
`,
  "handlers/orders.go": `package handlers

// PlaceOrder takes an order and tells of it.
func PlaceOrder(c *gin.Context) {
	publisher.Publish("order.created", nil)
}

// GetOrder reads one order.
func GetOrder(c *gin.Context) {
}
`,
  "handlers/orders_test.go": `package handlers

func TestSignedInCustomerPlacesOrderAndGetsOrderID(t *testing.T) {
}
`,
};

const java = {
  "pom.xml":
    "<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>\n",
  "src/main/java/shop/OrderController.java": `package shop;

/**
 * Answers for orders.
 */
@RestController
@RequestMapping("/api/v1/orders")
public class OrderController {
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  public Order placeOrder(@RequestBody Order order) {
    kafkaTemplate.send("order.created", order);
    return order;
  }

  @GetMapping("/{orderId}")
  public Order getOrder(@PathVariable String orderId) {
    return null;
  }
}
`,
  "src/main/java/shop/OrderService.java": `package shop;

/** Decides what becomes of an order. */
public class OrderService {
  private final String url = System.getenv("DATABASE_URL");
}
`,
  "src/test/java/shop/OrderTest.java": `class OrderTest {
  @Test
  void signedInCustomerPlacesOrderAndGetsOrderId() {}
}
`,
};

export const languages = { typescript, python, go, java } as const;

/** A service in a fleet of two, with what its code looks like in one of the languages. */
export function shopWith(
  code: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
) {
  const dir = "services/order-service";
  return {
    [`${dir}/specs/001-orders/spec.md`]: spec("order-service"),
    [`${dir}/contracts/api-spec.yaml`]: api,
    [`${dir}/contracts/events/order-events.json`]: events,
    ...Object.fromEntries(Object.entries(code).map(([file, text]) => [`${dir}/${file}`, text])),
    "services/mail-service/specs/001-mails/spec.md": spec(
      "mail-service",
      "\n## Service Dependencies\n\n### Upstream Services\n| Service | Purpose | Failure Mode |\n|---|---|---|\n| order-service | Order details (GET /api/v1/orders/{orderId}) | Try again later |\n\n## Events Consumed\n\n### Event: order.created\n**From:** order-service\n**Action:** Send a mail\n",
    ),
    ...more,
  };
}

/** A contract of so many operations, ten a resource. */
export function largeApi(count: number): string {
  const paths = Array.from({ length: count }, (_, index) => {
    const resource = `resource-${String(Math.floor(index / 10)).padStart(2, "0")}`;
    return `  /api/v1/${resource}/action-${index % 10}:\n    post:\n${operation(`act${index}`, `Do thing number ${index} with the resource`)}`;
  });
  return `openapi: 3.0.0\ninfo:\n  title: Large\n  version: v1\npaths:\n${paths.join("")}`;
}
