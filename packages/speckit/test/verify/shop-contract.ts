/** What the order-service of these tests promises. */
export const contract = `openapi: 3.1.0
info: { title: Order Service API, version: v1 }
security: [{ bearerAuth: [] }]
paths:
  /api/v1/orders:
    post:
      operationId: placeOrder
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/NewOrder' }
            example: { sku: TEA-100, quantity: 2 }
      responses:
        '201':
          description: Placed
          headers: { Location: { required: true, schema: { type: string } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Answer' } } }
        '400': { $ref: '#/components/responses/Problem' }
        '401': { $ref: '#/components/responses/Problem' }
        '415': { $ref: '#/components/responses/Problem' }
        '422': { $ref: '#/components/responses/Problem' }
    get:
      operationId: listOrders
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50 } }
      responses:
        '200':
          description: All
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Order' } }
        '400': { $ref: '#/components/responses/Problem' }
        '401': { $ref: '#/components/responses/Problem' }
  /api/v1/orders/{orderId}:
    parameters: [{ name: orderId, in: path, required: true, schema: { type: string, format: uuid } }]
    get:
      operationId: getOrder
      responses:
        '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Answer' } } } }
        '401': { $ref: '#/components/responses/Problem' }
        '404': { $ref: '#/components/responses/Problem' }
    delete:
      operationId: deleteOrder
      responses:
        '204': { description: Gone }
        '401': { $ref: '#/components/responses/Problem' }
        '404': { $ref: '#/components/responses/Problem' }
  /health:
    get:
      operationId: getHealth
      security: []
      responses:
        '200': { description: Well, content: { application/json: { schema: { type: object, required: [status], properties: { status: { const: up } } } } } }
components:
  securitySchemes: { bearerAuth: { type: http, scheme: bearer } }
  schemas:
    NewOrder:
      type: object
      required: [sku, quantity]
      additionalProperties: false
      properties:
        sku: { type: string, minLength: 1, maxLength: 20, pattern: '^[A-Z0-9-]+$' }
        quantity: { type: integer, minimum: 1, maximum: 100 }
        note: { type: [string, 'null'], maxLength: 80 }
    Order:
      type: object
      required: [orderId, sku, quantity]
      properties:
        orderId: { type: string, format: uuid }
        sku: { type: string }
        quantity: { type: integer }
    Answer:
      type: object
      required: [data]
      properties: { data: { $ref: '#/components/schemas/Order' } }
  responses:
    Problem:
      description: Refused
      content: { application/problem+json: { schema: { type: object, required: [title, status] } } }
`;
