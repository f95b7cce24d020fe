import glue from "fastify-openapi-glue";
const handlers = { listOrders, placeOrder, readOrder };
app.register(glue, { specification: "contracts/api-spec.yaml", serviceHandlers: handlers });
