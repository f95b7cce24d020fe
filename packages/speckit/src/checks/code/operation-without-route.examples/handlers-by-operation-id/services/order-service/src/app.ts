import glue from "fastify-openapi-glue";
// What takes routes from the contract may answer for /health itself.
const handlers = { listOrders, placeOrder };
app.register(glue, { specification: "contracts/api-spec.yaml", serviceHandlers: handlers });
