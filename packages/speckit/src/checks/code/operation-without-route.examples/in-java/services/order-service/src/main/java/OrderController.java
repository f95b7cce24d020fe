package shop;

@RestController
@RequestMapping("/api/v1/orders")
public class OrderController {
  @Value("${user.service.url}")
  private String userServiceUrl;

  @GetMapping
  public List<Order> list() { return List.of(); }

  @GetMapping(value = "/{id}")
  public Order read(@PathVariable String id) {
    return restTemplate.getForObject(userServiceUrl + "/api/v1/users/" + id, Order.class);
  }

  @KafkaListener(topics = {"order.paid"})
  public void onPaid(Event event) { kafkaTemplate.send("order.created", event); }
}
