import { expect, test } from "vitest";
import { linkCode } from "../src/link/code.ts";
import type { CodeFile } from "../src/model/code.ts";
import { formatOf } from "../src/parse/formats.ts";

/** The routes that the files of one service answer at. */
function routesIn(files: Readonly<Record<string, string>>): string[] {
  const documents = Object.entries(files).map(([file, text]) => {
    const source = { file, text, bytes: text.length };
    return formatOf(source)?.parse(source, () => undefined) as CodeFile;
  });
  return linkCode(documents).routes.map(({ method, path }) => `${method} ${path}`);
}

const orders = [
  "GET /api/v1/orders",
  "POST /api/v1/orders",
  "DELETE /api/v1/orders/{id}",
  "GET /api/v1/orders/{id}",
  "PUT /api/v1/orders/{id}",
];

const cases: Record<string, Readonly<Record<string, string>>> = {
  "Express, routers in files of their own": {
    "src/app.ts": `import express from 'express'
import ordersRouter from './routes/orders.js'
const app = express()
app.use(express.json())
app.set('trust proxy', 1)
// app.get('/commented', handler)
app.use('/api', api)
const api = express.Router()
api.use('/v1/orders', auth, ordersRouter)
`,
    "src/routes/orders.ts": `import { Router } from 'express'
const router = Router()
router.get('/', async (req, res) => { res.json(await db.get('/not/a/route')) })
router.post('/', validate(schema), create)
router.route('/:id').get(read).put(update)
router.delete(\`/:id\`, remove)
export default router
`,
  },
  "Express with require": {
    "index.js": `const express = require('express');
const app = express();
app.use("/api/v1", require("./orders"));
`,
    "orders.js": `const { Router } = require('express');
const router = Router();
const BASE = "/orders";
router.get(BASE, list);
router.post(BASE, create);
router.get(BASE + "/:id", read);
router.put(\`\${BASE}/:id(\\\\d+)\`, update);
router.delete("/orders/:id", remove);
module.exports = router;
`,
  },
  "Fastify, plugins with prefixes": {
    "src/server.ts": `import Fastify from 'fastify'
import { orderRoutes } from './order-routes.js'
const server = Fastify({ logger: true })
await server.register(orderRoutes, { prefix: '/api/v1/orders' })
const axios = {}
`,
    "src/order-routes.ts": `import type { FastifyInstance } from 'fastify'
export async function orderRoutes(fastify: FastifyInstance) {
  fastify.get<{ Params: { id: string } }>('/:id', { schema: {} }, async (request) => request.params.id)
  fastify.route({ method: ['GET'], url: '/', handler: async () => [] })
  fastify.post('/', create)
  fastify.put('/:id', update)
  fastify.delete('/:id', async (request, reply) => reply.code(204).send())
}
`,
  },
  "Fastify, plugins where they are registered": {
    "app.ts": `const app = fastify()
app.register(async (instance) => {
  instance.get('/orders', list)
  instance.post('/orders', create)
  instance.register(async (inner) => {
    inner.get('/', read)
    inner.put('/', update)
    inner.delete('/', remove)
  }, { prefix: '/orders/:id' })
}, { prefix: '/api/v1' })
`,
  },
  Nest: {
    "src/main.ts": `const app = await NestFactory.create(AppModule); app.setGlobalPrefix('api');`,
    "src/orders.controller.ts": `import { Controller, Get } from '@nestjs/common';
@ApiTags('orders')
@Controller({ path: 'orders', version: '1' })
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}
  @Get() findAll() { return []; }
  @Post() @HttpCode(201) create(@Body() body: CreateOrder) {}
  @Get(':id') findOne(@Param('id') id: string) {}
  @Put(':id') update() {}
  @Delete(':id')
  remove() {}
}
`,
  },
  Hono: {
    "src/index.ts": `import { Hono } from 'hono'
import { orders } from './orders'
const app = new Hono().basePath('/api')
app.route('/v1/orders', orders)
export default app
`,
    "src/orders.ts": `import { Hono } from 'hono'
export const orders = new Hono()
  .get('/', (c) => c.json([]))
  .post('/', async (c) => { const a = c.req.header('x'); return c.json(a) })
orders.on(['GET'], '/:id', read)
orders.put('/:id', update).delete('/:id', remove)
`,
  },
  FastAPI: {
    "app/main.py": `from fastapi import FastAPI
from app.routers import orders
from .api import api_router
app = FastAPI()
app.include_router(api_router, prefix="/api")
`,
    "app/api.py": `from fastapi import APIRouter
from app.routers import orders
api_router = APIRouter(prefix="/v1")
api_router.include_router(orders.router)
`,
    "app/routers/orders.py": `from fastapi import APIRouter, Depends
router = APIRouter(prefix="/orders", tags=["orders"])

@router.get("", response_model=list[Order])
async def list_orders(client: Client = Depends()):
    """Lists. @router.get("/in/a/docstring")"""
    return client.get("x")

@router.post("", status_code=201)
def create(): ...

@router.api_route("/{order_id}", methods=["GET", "PUT"])
def read(order_id: str): ...

# @router.patch("/{order_id}")
@router.delete("/{order_id:path}")
def remove(order_id: str): ...
`,
  },
  Flask: {
    "orders/__init__.py": `from flask import Flask
from .views import bp
def create_app():
    app = Flask(__name__)
    app.register_blueprint(bp, url_prefix="/api/v1/orders")
    return app
`,
    "orders/views.py": `from flask import Blueprint
bp = Blueprint("orders", __name__, url_prefix="/replaced")

@bp.route("/", methods=["GET", "POST"])
def orders(): pass

@bp.get("/<int:order_id>")
def read(order_id): pass

@bp.route("/<order_id>", methods=("PUT",))
@login_required
def update(order_id): pass

bp.add_url_rule("/<order_id>", view_func=remove, methods=["DELETE"])
`,
  },
  gin: {
    "main.go": `package main
func main() {
	r := gin.Default()
	api := r.Group("/api")
	v1 := api.Group("/v1", auth())
	{
		v1.GET("/orders", list)
		v1.POST("/orders", create)
	}
	registerOrder(v1.Group("/orders"))
	http.Get("https://elsewhere.example/x")
}
`,
    "orders.go": `package main
func registerOrder(g *gin.RouterGroup) {
	g.GET("/:id", read)
	g.Handle(http.MethodPut, "/:id", update)
	g.DELETE("/:id", func(c *gin.Context) { c.Status(204) })
}
`,
  },
  chi: {
    "main.go": `package main
func main() {
	r := chi.NewRouter()
	r.Use(middleware.Logger)
	r.Route("/api/v1", func(r chi.Router) {
		r.Mount("/orders", ordersRouter())
	})
}
func ordersRouter() chi.Router {
	r := chi.NewRouter()
	r.Get("/", list)
	r.With(paginate).Post("/", create)
	r.Route("/{id:[0-9]+}", func(r chi.Router) {
		r.Get("/", read)
		r.Put("/", update)
		r.Method("DELETE", "/", remove)
	})
	return r
}
`,
  },
  echo: {
    "cmd/server/main.go": `package main
const prefix = "/api/v1"
func main() {
	e := echo.New()
	g := e.Group(prefix)
	g.GET("/orders", h.List)
	g.POST("/orders", h.Create)
	g.GET("/orders/:id", h.Read)
	g.Add("PUT", "/orders/:id", h.Update)
	g.DELETE("/orders/:id", h.Remove, admin)
}
`,
  },
  "net/http": {
    "main.go": `package main
func routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/v1/orders", list)
	mux.HandleFunc("POST /api/v1/orders", create)
	mux.Handle("GET /api/v1/orders/{id}", read)
	mux.HandleFunc("PUT /api/v1/orders/{id}", update)
	mux.HandleFunc("DELETE /api/v1/orders/{id}", remove)
}
`,
  },
  Spring: {
    "src/main/java/shop/OrderController.java": `package shop;
@RestController
@RequestMapping(value = "/api/v1/orders", produces = "application/json")
@Validated
public class OrderController {
  private final OrderService orders;
  @GetMapping
  public List<Order> list(@RequestParam(defaultValue = "0") int page) { return orders.list(); }
  @PostMapping(consumes = "application/json")
  @ResponseStatus(HttpStatus.CREATED)
  public Order create(@Valid @RequestBody NewOrder order) { return orders.create(order); }
  /** @GetMapping("/commented") */
  @GetMapping("/{id}")
  public Order read(@PathVariable("id") UUID id) { return orders.read(id); }
  @RequestMapping(path = "/{id}", method = RequestMethod.PUT)
  public Order update(@PathVariable UUID id) { return null; }
  @DeleteMapping({"/{id:[a-f0-9-]+}"})
  public void remove(@PathVariable UUID id) {}
}
`,
  },
  "Spring in Kotlin": {
    "src/main/kotlin/OrderController.kt": `@RestController
@RequestMapping("/api/v1/orders")
class OrderController(private val orders: OrderService) {
  @GetMapping fun list(): List<Order> = orders.list()
  @PostMapping fun create(@RequestBody order: NewOrder): Order = orders.create(order)
  @GetMapping("/{id}") fun read(@PathVariable id: UUID) = orders.read(id)
  @PutMapping("/{id}")
  fun update(@PathVariable id: UUID): Order { return orders.update(id) }
  @DeleteMapping("/{id}") fun remove(@PathVariable id: UUID) { orders.remove(id) }
}
`,
  },
  "JAX-RS": {
    "src/main/java/shop/Api.java": `@ApplicationPath("/api/v1") public class Api extends Application {}`,
    "src/main/java/shop/OrderResource.java": `package shop;
@Path("/orders")
@Produces(MediaType.APPLICATION_JSON)
public class OrderResource {
  @Inject OrderService orders;
  @GET
  public List<Order> list() { return orders.list(); }
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(NewOrder order) { return Response.created(uri).build(); }
  @GET @Path("/{id}")
  public Order read(@PathParam("id") String id) { return orders.read(id); }
  @PUT
  @Path("{id}")
  public Order update(@PathParam("id") String id) { return null; }
  @DELETE @Path("/{id : \\\\d+}")
  public void remove(@PathParam("id") String id) {}
}
`,
  },
};

const shape = (route: string) => route.replace(/\{\w+\}/, "{id}");

test.each(Object.entries(cases))("%s: all five routes, and no other", (_, files) => {
  expect(routesIn(files).map(shape)).toEqual(orders);
});

test("Django, with the view sets of its REST framework", () => {
  expect(
    routesIn({
      "shop/urls.py": `from django.urls import include, path
urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("orders.urls")),
]
`,
      "orders/urls.py": `from django.urls import path, re_path, include
from rest_framework.routers import DefaultRouter
router = DefaultRouter()
router.register(r"invoices", InvoiceViewSet, basename="invoice")
urlpatterns = [
    path("orders/", views.OrderList.as_view()),
    path("orders/<uuid:id>/", views.OrderDetail.as_view({"get": "retrieve", "delete": "destroy"})),
    re_path(r"^orders/(?P<year>[0-9]{4})/$", views.by_year),
    path("", include(router.urls)),
]
`,
    }),
  ).toEqual([
    "ANY /admin",
    "GET /api/v1/invoices",
    "POST /api/v1/invoices",
    "DELETE /api/v1/invoices/{id}",
    "GET /api/v1/invoices/{id}",
    "PATCH /api/v1/invoices/{id}",
    "PUT /api/v1/invoices/{id}",
    "ANY /api/v1/orders",
    "DELETE /api/v1/orders/{id}",
    "GET /api/v1/orders/{id}",
    "ANY /api/v1/orders/{year}",
  ]);
});

test("what is asked of others is no route, and what tests do is neither", () => {
  expect(
    routesIn({
      "src/client.ts": `const api = axios.create({ baseURL: 'http://x' })
api.get('/users', { params: {} })
cache.get('/key', 5)
`,
      "test/app.test.ts": `app.get('/only/here', handler)`,
      "main.go": `package main
func f() { resp, err := client.Get("/x", nil) }
`,
      "a.py": `@app.task("/x")\ndef f(): pass\n`,
    }),
  ).toEqual([]);
});

test("an @ that begins no annotation does not hold the reader up", () => {
  const file = "src/main/java/shop/A.java";
  const text = `@RestController class A { public Or@@@@er read() { } @GetMapping("/a") String a() { return ""; } }`;
  const source = { file, text, bytes: text.length };
  expect(formatOf(source)?.parse(source, () => undefined)).toMatchObject({
    routes: [{ method: "GET", path: "/a" }],
  });
});
