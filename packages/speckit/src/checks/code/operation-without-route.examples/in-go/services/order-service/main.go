package main

func main() {
	r := chi.NewRouter()
	r.Route("/api/v1", func(r chi.Router) {
		r.Get("/orders", list)
		r.Mount("/orders/{id}", orderRouter())
	})
	http.Get(fmt.Sprintf("%s/api/v1/users/%s", os.Getenv("USER_SERVICE_URL"), id))
	w := &kafka.Writer{Topic: "order.created"}
}

func orderRouter() chi.Router {
	r := chi.NewRouter()
	r.Get("/", read)
	return r
}
