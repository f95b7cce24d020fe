@Controller({ path: "orders", version: "1" })
export class OrdersController {
  @Get() list() {}
  @Get(":id") read(@Param("id") id: string) { return this.http.get(`${process.env.USER_SERVICE_URL}/api/v1/users/${id}`); }
  @EventPattern("order.paid") onPaid() {}
}
const app = await NestFactory.create(AppModule);
app.setGlobalPrefix("api");
